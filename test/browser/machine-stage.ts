/** A page before a machine whose every reading is the test's own: no physics, no clock but the test's. */
import { join } from 'node:path';
import { Hub } from '../../controller/server/hub.ts';
import { type WebServer, startWebServer } from '../../controller/server/web-server.ts';
import { CHANNELS, type GroupName } from '../../controller/wire/channels.ts';
import { encodeFrame } from '../../controller/wire/frame.ts';
import type { Fault, ServerMessage } from '../../controller/wire/messages.ts';
import { ROOT } from '../house/source-files.ts';
import { stateOf } from '../record/made-up-run.ts';
import { FakeControl } from '../server/fake-control.ts';
import { buildPage } from './build-page.ts';

type Values = Readonly<Record<string, number>>;

const TICK_S = 0.02;
/** Shorter than the second after which a page calls its readings old. */
const STATE_EVERY_MS = 400;

/** What a rig at rest would say; a test overrides what it is about. */
const REST: Values = {
  phase: 0,
  force_kN: 0,
  stress_MPa: 0,
  stroke_mm: 0,
  flow_kg_per_s: 0,
  pressure_bar: 0,
  cold_inlet_C: 21,
  hot_inlet_C: 31,
  cold_outlet_C: 17,
  hot_outlet_C: 38,
  room_C: 21.5,
  outdoor_C: 31,
  setpoint_C: 21.5,
  link_age_ms: 4,
  round_trip_ms: 5,
  drive_state: 1,
  ...Object.fromEntries(Array.from({ length: 10 }, (_, i) => [`cell_${i + 1}_C`, 22 + i])),
};

export class MachineStage {
  readonly #hub = new Hub();
  readonly #control = new FakeControl();
  #server: WebServer | undefined;
  #timers: ReturnType<typeof setInterval>[] = [];
  #ticks = 0;
  #sequence = 0;
  /** What every reading says from now on; null: nothing is read any more. */
  values: Values | null = {};
  faults: readonly Fault[] = [];

  async start(): Promise<string> {
    buildPage();
    this.#hub.attach(this.#control);
    this.#timers = [
      setInterval(() => this.#tick(), 1000 * TICK_S),
      setInterval(() => this.tellState(), STATE_EVERY_MS),
    ];
    this.#server = await startWebServer({
      hub: this.#hub,
      pageFolder: join(ROOT, 'dist', 'ui'),
      port: 0,
      tokenRequired: false,
      audit: () => {},
    });
    return `http://127.0.0.1:${this.#server.port}/`;
  }

  tellState(): void {
    this.#control.say({
      ...(stateOf('EXECUTE') as Extract<ServerMessage, { type: 'state' }>),
      faults: [...this.faults],
    });
  }

  #tick(): void {
    this.#ticks++;
    if (this.values !== null) this.#publish('tick', { ...REST, ...this.values });
  }

  #publish(group: GroupName, values: Values): void {
    const bytes = encodeFrame({
      group,
      sequence: this.#sequence++,
      startS: this.#ticks * TICK_S,
      cycle: 0,
      rows: 1,
      offsetS: new Float32Array(1),
      columns: CHANNELS[group].map(({ name }) => Float32Array.of(values[name] ?? Number.NaN)),
    });
    this.#hub.publish(group, bytes);
  }

  async stop(): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer);
    await this.#server?.close();
  }
}
