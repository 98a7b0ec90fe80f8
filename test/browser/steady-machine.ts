/** A machine of which nothing is known but that it runs: ticks by its own clock, a state, and who is who. */
import type { WebToControl } from '../../controller/control/ipc.ts';
import type { Hub } from '../../controller/server/hub.ts';
import { stateOf } from '../record/made-up-run.ts';
import { FakeControl } from '../server/fake-control.ts';
import { rowFrame } from '../ui/frames.ts';
import { encodeFrame } from '../../controller/wire/frame.ts';

const TICK_MS = 20;
/** As a machine says its state. */
const STATE_MS = 400;

/** Tells pages who they are, as the real control process does. */
class Control extends FakeControl {
  override send(message: WebToControl): void {
    super.send(message);
    if (message.kind === 'welcome') this.say({ type: 'you', person: message.person }, message.client);
  }
}

export class SteadyMachine {
  /** What the clock of the machine is ahead of this process's, s: it ran on while nobody listened. */
  aheadS = 0;
  control = new Control();
  #hub: Hub | null = null;
  readonly #timers: readonly NodeJS.Timeout[];

  constructor() {
    this.#timers = [
      setInterval(() => this.#tick(), TICK_MS),
      setInterval(() => this.control.say(stateOf('EXECUTE')), STATE_MS),
    ];
  }

  /** From now on it is heard through this hub, by a control process of its own. */
  speakThrough(hub: Hub): void {
    this.control = new Control();
    hub.attach(this.control);
    this.#hub = hub;
  }

  stop(): void {
    for (const timer of this.#timers) clearInterval(timer);
  }

  #tick(): void {
    const time_s = performance.now() / 1000 + this.aheadS;
    const values = { room_C: 27 + Math.sin(time_s), outdoor_C: 31, setpoint_C: 24, link_age_ms: 1 };
    this.#hub?.publish('tick', encodeFrame(rowFrame('tick', 0, time_s, values)));
  }
}
