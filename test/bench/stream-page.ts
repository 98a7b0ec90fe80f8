/** What 64 channels at 1 kHz cost a page: taking frames in, and tracing every channel over windows of any length. */
import type { Frame } from '../../controller/wire/frame.ts';
import { decodeFrame, encodeFrame } from '../../controller/wire/frame.ts';
import { Polyline } from '../../ui/store/polyline.ts';
import { PyramidRing } from '../../ui/store/pyramid-ring.ts';
import { tracePyramid } from '../../ui/store/pyramid-trace.ts';
import { leastSeconds, processorSeconds } from './timing.ts';

const CHANNELS = 64;
const ROWS = 25;
const STREAM_ROWS = 600_000;
const DAY_S = 86_400;
/** A chart across a full screen. */
const PIXELS = 1920;
const ROUNDS = 3;

export interface PageCost {
  /** Processor time of decoding and storing a second of the stream, s. */
  readonly takeS: number;
  /** Of tracing all channels once, s, by window in s. */
  readonly traceS: ReadonlyMap<number, number>;
}

function frameOf(columns: number, rows: number, first: number, periodS: number): Frame {
  const value = (column: number, row: number): number => Math.sin((first + row) * 0.01 + column);
  return {
    group: 'stream',
    sequence: first + rows - 1,
    startS: first * periodS,
    cycle: 0,
    rows,
    offsetS: Float32Array.from({ length: rows }, (_, row) => row * periodS),
    columns: Array.from({ length: columns }, (_, c) =>
      Float32Array.from({ length: rows }, (_v, r) => value(c, r)),
    ),
  };
}

function filled(keep: number, columns: number, periodS: number): PyramidRing {
  const ring = new PyramidRing(keep, columns);
  for (let at = 0; at < keep; at += 2000) ring.append(frameOf(columns, 2000, at, periodS), 0);
  return ring;
}

export function pageCost(): PageCost {
  const stream = filled(STREAM_ROWS, CHANNELS, 0.001);
  const summary = filled(DAY_S, 2 * CHANNELS, 1);
  const frames = Array.from({ length: 1000 / ROWS }, (_, i) =>
    encodeFrame(frameOf(CHANNELS, ROWS, STREAM_ROWS + i * ROWS, 0.001)),
  );
  const take = (): void => {
    for (const bytes of frames) {
      const frame = decodeFrame(bytes);
      if (typeof frame !== 'string') stream.append(frame, 0);
    }
  };
  const out = new Polyline();
  const trace = (ring: PyramidRing, windowS: number, isSummary: boolean) => (): void => {
    const toS = ring.lastTimeS;
    const view = { fromS: toS - windowS, toS, bucketS: windowS / PIXELS };
    for (let c = 0; c < CHANNELS; c++) {
      out.clear();
      const [low, high] = isSummary ? [2 * c, 2 * c + 1] : [c, c];
      tracePyramid(ring, low, high, view, out);
    }
  };
  const windows = [10, 600, DAY_S];
  const works = [take, ...windows.map((s) => trace(s === DAY_S ? summary : stream, s, s === DAY_S))];
  const [takeS, ...traceS] = leastSeconds(
    ROUNDS,
    works.map((work) => () => processorSeconds(work)),
  );
  return { takeS, traceS: new Map(windows.map((windowS, i) => [windowS, traceS[i]])) };
}
