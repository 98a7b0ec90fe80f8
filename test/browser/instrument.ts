/**
 * The real server and the real relay in front of readings that a test knows by heart: every channel is a function of
 * device time. A minute is there when it starts, and it goes on at the pace of the wall; some of it was never heard.
 */
import { fileURLToPath } from 'node:url';
import type { ControlToWeb, WebToControl } from '../../controller/control/ipc.ts';
import { Relay } from '../../controller/control/relay.ts';
import { Hub } from '../../controller/server/hub.ts';
import { startWebServer, type WebServer } from '../../controller/server/web-server.ts';
import { CHANNELS } from '../../controller/wire/channels.ts';
import { encodeFrame } from '../../controller/wire/frame.ts';
import { Bench } from '../control/bench.ts';
import { RIG_TEXT, readRig } from '../control/observation.ts';

export const BEFORE_S = 60;
/** Nothing was heard in between. */
export const UNHEARD_S = { from: 30, to: 33 } as const;
const TICK_S = 0.02;
/** Rows a frame of what is there at the start. */
const CYCLE_S = 0.25;

/** What the channels of `tick` read; all others read 0. */
export const READINGS: Readonly<Record<string, (timeS: number) => number>> = {
  room_C: (timeS) => 20 + timeS / 8,
  setpoint_C: () => 21.5,
  outdoor_C: () => 31,
  force_kN: (timeS) => 10 * Math.sin(timeS),
  link_age_ms: () => 3,
};
/** What those of `cycle` read. */
export const SUMMARIES: Readonly<Record<string, (timeS: number) => number>> = {
  cycle_number: (timeS) => Math.round(timeS / CYCLE_S),
  period_ms: () => 1000 * CYCLE_S,
  cooling_power_W: (timeS) => 500 + timeS,
  peak_pressure_bar: () => 0.7321,
};

export interface Instrument {
  readonly address: string;
  close(): Promise<void>;
}

export async function startInstrument(port: number): Promise<Instrument> {
  const { link, say, publish } = await controlOf();
  const hub = new Hub();
  hub.attach(link);
  for (let timeS = 0; timeS < BEFORE_S; timeS = grown(timeS)) say(timeS);
  const begunMs = performance.now();
  let nextS = BEFORE_S;
  const timer = setInterval(() => {
    for (; nextS < BEFORE_S + (performance.now() - begunMs) / 1000; nextS = grown(nextS)) say(nextS);
  }, 1000 * TICK_S);
  const states = setInterval(publish, 400);
  const pageFolder = fileURLToPath(new URL('../../dist/ui', import.meta.url));
  const server: WebServer = await startWebServer({ hub, pageFolder, port, tokenRequired: false });
  return {
    address: `http://127.0.0.1:${server.port}/`,
    close: async () => {
      clearInterval(timer);
      clearInterval(states);
      await server.close();
    },
  };
}

/** The next tick, on a whole multiple of its length. */
const grown = (timeS: number): number => Math.round(timeS / TICK_S + 1) * TICK_S;

async function controlOf() {
  const bench = new Bench();
  let listener: (message: ControlToWeb) => void = () => {};
  const relay = new Relay({
    rig: readRig(RIG_TEXT),
    clock: bench.clock,
    port: 'memory',
    version: '0.0.0',
    smaMassG: 104,
    isVirtual: true,
    send: (message) => listener(message),
    wallTime: () => new Date().toISOString(),
  });
  relay.attach(bench.supervisor);
  await bench.connect();
  const sequences = { tick: 0, cycle: 0 };
  const frame = (group: 'tick' | 'cycle', timeS: number, of: typeof READINGS): void => {
    const sequence = sequences[group]++;
    const columns = CHANNELS[group].map(({ name }) => Float32Array.of(of[name]?.(timeS) ?? 0));
    const offsetS = new Float32Array(1);
    const bytes = encodeFrame({ group, sequence, startS: timeS, cycle: sequence, rows: 1, offsetS, columns });
    listener({ kind: 'frame', group, sequence, bytes });
  };
  const say = (timeS: number): void => {
    if (timeS > UNHEARD_S.from && timeS < UNHEARD_S.to) return;
    frame('tick', timeS, READINGS);
    const isCycleEnd = Math.abs(timeS / CYCLE_S - Math.round(timeS / CYCLE_S)) < 1e-6;
    if (isCycleEnd) frame('cycle', timeS, SUMMARIES);
  };
  const link = {
    send: (message: WebToControl) => relay.receive(message),
    onMessage: (given: typeof listener) => {
      listener = given;
    },
  };
  return { link, say, publish: relay.publish };
}
