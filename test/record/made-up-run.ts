/** Frames and messages of a machine that is not there; every value of frame `n` follows from `n`. */
import { CHANNELS, type GroupName } from '../../controller/wire/channels.ts';
import { encodeFrame } from '../../controller/wire/frame.ts';
import type { ServerMessage, State } from '../../controller/wire/messages.ts';
import { Recorder } from '../../controller/record/recorder.ts';

export const FACTS = {
  rig: 'made up',
  preset: 'hkust-kilowatt-2025',
  version: '0.0.0',
  port: 'memory',
  operator: 'nobody',
  note: 'a test',
};

/** What stands in row `row`, column `i` of frame `n`: a number that f32 holds exactly, and NaN now and then. */
export const valueOf = (n: number, row: number, i: number): number =>
  (n + i) % 17 === 0 ? Number.NaN : n + row / 128 + i / 4;

export function frameOf(group: GroupName, n: number, rows = 1): Uint8Array<ArrayBuffer> {
  return encodeFrame({
    group,
    sequence: n,
    startS: n * 0.02,
    cycle: group === 'tick' ? 0 : n,
    rows,
    offsetS: Float32Array.from({ length: rows }, (_, row) => row / 512),
    columns: CHANNELS[group].map((_, i) =>
      Float32Array.from({ length: rows }, (_x, row) => valueOf(n, row, i)),
    ),
  });
}

export const tickFrame = (n: number): Uint8Array<ArrayBuffer> => frameOf('tick', n);

export const stateOf = (state: State): ServerMessage => ({
  type: 'state',
  state,
  mode: 'simulation',
  sentence: 'It is made up.',
  allowed: [],
  faults: [],
  bypasses: [],
  proof: { link: 'up', enabled: true, forceKN: 1, watchdog: 'armed', dataAgeMs: 1 },
  setpointC: 21,
  acceleration: 1,
  recipe: { frequencyHz: 3.5, strainPercent: 4, blowFlowKgPerS: 0.1, blowDuty: 0.3 },
  refused: {},
  recipeProgress: null,
  recipeRefused: null,
  people: [],
  controlHeardMs: null,
});

/** A recorder with a clock of the test's own. */
export class MadeUpRun {
  readonly announced: string[] = [];
  readonly recorder: Recorder;
  nowMs = Date.UTC(2026, 0, 1);

  /** `laterMs`: how much later than others it begins. */
  constructor(folder: string, rigText = 'name: made up\n', laterMs = 0) {
    this.nowMs += laterMs;
    this.recorder = new Recorder({
      folder,
      facts: FACTS,
      attachments: [{ name: 'rig.yaml', mediaType: 'application/yaml', text: rigText }],
      announce: (severity, sentence) => this.announced.push(`${severity}: ${sentence}`),
      wallMs: () => this.nowMs,
      reserveBytes: 0,
    });
  }

  /** Ticks `from` to `to`, 20 ms each; a summary and a waveform every 15th. */
  ticks(from: number, to: number): void {
    for (let n = from; n <= to; n++) {
      this.nowMs += 20;
      this.recorder.frame('tick', n, tickFrame(n));
      if (n % 15 === 0) {
        this.recorder.frame('cycle', n / 15, frameOf('cycle', n / 15));
        this.recorder.frame('waveform', n / 15, frameOf('waveform', n / 15, 128));
      }
      if (n % 20 === 0) this.recorder.flush();
    }
  }

  state(state: State): void {
    this.recorder.message(stateOf(state));
  }
}
