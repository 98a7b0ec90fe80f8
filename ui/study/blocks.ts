/**
 * Rows of one group of a record in blocks of so many rows, lowest and highest of each channel in every block: a record of
 * hours takes a few MB, and no peak is lost. A record with few rows has blocks of one row: nothing is merged then.
 */
import type { View } from '../store/decimate.ts';
import { GapRule } from '../store/gap-rule.ts';
import { PixelStrokes } from '../store/pixel-strokes.ts';
import type { Polyline } from '../store/polyline.ts';

/** Plain arrays, so that a worker can hand them over. */
export interface Blocks {
  readonly length: number;
  readonly rowsEach: number;
  /** Of the first row of each block: time of the record in s, and wall time in ms since 1970. */
  readonly firstS: Float64Array;
  readonly firstMs: Float64Array;
  /** 1: something is missing before the first row of this block; inside it. */
  readonly gapBefore: Uint8Array;
  readonly gapInside: Uint8Array;
  /** Time of the last row of all in s. */
  readonly lastS: number;
  /** By channel; infinite where all rows of the block are absent. */
  readonly low: readonly Float32Array[];
  readonly high: readonly Float32Array[];
  /** 1: an absence is among the rows. */
  readonly broken: readonly Uint8Array[];
}

export const MOST_BLOCKS = 4096;

export class BlockBuilder {
  readonly #capacity: number;
  readonly #firstS: Float64Array;
  readonly #firstMs: Float64Array;
  readonly #gapBefore: Uint8Array;
  readonly #gapInside: Uint8Array;
  readonly #low: readonly Float32Array[];
  readonly #high: readonly Float32Array[];
  readonly #broken: readonly Uint8Array[];
  readonly #gaps: GapRule;
  #length = 0;
  #rowsEach = 1;
  #rowsInLast = 0;
  #lastS = Number.NEGATIVE_INFINITY;

  /** `leastGapS`: rows nearer than this are never apart; `capacity` is even. */
  constructor(columns: number, leastGapS: number, capacity = MOST_BLOCKS) {
    this.#capacity = capacity;
    this.#firstS = new Float64Array(capacity);
    this.#firstMs = new Float64Array(capacity);
    this.#gapBefore = new Uint8Array(capacity);
    this.#gapInside = new Uint8Array(capacity);
    const each = <T>(make: () => T): T[] => Array.from({ length: columns }, make);
    this.#low = each(() => new Float32Array(capacity));
    this.#high = each(() => new Float32Array(capacity));
    this.#broken = each(() => new Uint8Array(capacity));
    this.#gaps = new GapRule(leastGapS);
  }

  /** Row `row` of `columns`; rows out of order are left out. A column that is not there is absent. */
  add(timeS: number, atMs: number, columns: readonly (Float32Array | undefined)[], row: number): void {
    if (!(timeS >= this.#lastS)) return;
    const isGap = this.#gaps.breaksAt(timeS);
    this.#lastS = timeS;
    if (this.#length === 0 || this.#rowsInLast === this.#rowsEach) this.#begin(timeS, atMs, isGap);
    else if (isGap) this.#gapInside[this.#length - 1] = 1;
    this.#rowsInLast++;
    const at = this.#length - 1;
    for (let c = 0; c < this.#low.length; c++) {
      const value = columns[c]?.[row] ?? Number.NaN;
      if (Number.isNaN(value)) this.#broken[c][at] = 1;
      else {
        if (value < this.#low[c][at]) this.#low[c][at] = value;
        if (value > this.#high[c][at]) this.#high[c][at] = value;
      }
    }
  }

  #begin(timeS: number, atMs: number, isGap: boolean): void {
    if (this.#length === this.#capacity) this.#mergePairs();
    const at = this.#length++;
    this.#rowsInLast = 0;
    this.#firstS[at] = timeS;
    this.#firstMs[at] = atMs;
    this.#gapBefore[at] = isGap ? 1 : 0;
    this.#gapInside[at] = 0;
    for (let c = 0; c < this.#low.length; c++) {
      this.#low[c][at] = Number.POSITIVE_INFINITY;
      this.#high[c][at] = Number.NEGATIVE_INFINITY;
      this.#broken[c][at] = 0;
    }
  }

  /** All blocks are full when this is called. */
  #mergePairs(): void {
    this.#length = this.#capacity / 2;
    this.#rowsEach *= 2;
    for (let at = 0; at < this.#length; at++) {
      const [one, other] = [2 * at, 2 * at + 1];
      this.#firstS[at] = this.#firstS[one];
      this.#firstMs[at] = this.#firstMs[one];
      this.#gapInside[at] = this.#gapInside[one] | this.#gapInside[other] | this.#gapBefore[other];
      this.#gapBefore[at] = this.#gapBefore[one];
      for (let c = 0; c < this.#low.length; c++) {
        this.#low[c][at] = Math.min(this.#low[c][one], this.#low[c][other]);
        this.#high[c][at] = Math.max(this.#high[c][one], this.#high[c][other]);
        this.#broken[c][at] = this.#broken[c][one] | this.#broken[c][other];
      }
    }
  }

  finish(): Blocks {
    const n = this.#length;
    return {
      length: n,
      rowsEach: this.#rowsEach,
      firstS: this.#firstS.slice(0, n),
      firstMs: this.#firstMs.slice(0, n),
      gapBefore: this.#gapBefore.slice(0, n),
      gapInside: this.#gapInside.slice(0, n),
      lastS: n === 0 ? Number.NaN : this.#lastS,
      low: this.#low.map((one) => one.slice(0, n)),
      high: this.#high.map((one) => one.slice(0, n)),
      broken: this.#broken.map((one) => one.slice(0, n)),
    };
  }
}

/** Its memory, to be handed over instead of copied. */
export const buffersOf = (blocks: Blocks): ArrayBuffer[] =>
  [
    blocks.firstS,
    blocks.firstMs,
    blocks.gapBefore,
    blocks.gapInside,
    ...blocks.low,
    ...blocks.high,
    ...blocks.broken,
  ].map(({ buffer }) => buffer as ArrayBuffer);

/** Number of the first block that begins after `timeS`. */
function firstAfter({ firstS, length }: Blocks, timeS: number): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (firstS[middle] <= timeS) low = middle + 1;
    else high = middle;
  }
  return low;
}

const strokes = new PixelStrokes();

/** The curve of one channel in `view`; `out` is cleared. */
export function traceBlocks(blocks: Blocks, column: number, view: View, out: Polyline): void {
  out.clear();
  const [low, high, broken] = [blocks.low[column], blocks.high[column], blocks.broken[column]];
  if (low === undefined) return;
  // One block beyond each edge, so that the line runs out of the picture instead of ending inside it.
  const first = Math.max(0, firstAfter(blocks, view.fromS) - 1);
  const last = Math.min(blocks.length - 1, firstAfter(blocks, view.toS));
  strokes.begin(out, view.bucketS);
  for (let at = first; at <= last; at++) {
    const timeS = blocks.firstS[at];
    if (blocks.gapBefore[at] === 1) strokes.value(timeS, Number.NaN);
    strokes.block(timeS, low[at], high[at], (broken[at] | blocks.gapInside[at]) === 1);
  }
  strokes.end();
}

/** Lowest and highest of a channel in the block that is in force; the same where a block is a row. */
export interface Reading {
  readonly low: number;
  readonly high: number;
}

/** Undefined in a gap, before the first row, and longer than `freshS` after the last. */
export function readBlocks(
  blocks: Blocks,
  column: number,
  timeS: number,
  freshS: number,
): Reading | undefined {
  const at = firstAfter(blocks, timeS) - 1;
  const low = blocks.low[column]?.[at];
  const high = blocks.high[column]?.[at];
  if (low === undefined || high === undefined || low > high) return undefined;
  const untilS = at + 1 < blocks.length && blocks.gapBefore[at + 1] === 0 ? blocks.firstS[at + 1] : 0;
  const endS = Math.max(untilS, (at + 1 === blocks.length ? blocks.lastS : blocks.firstS[at]) + freshS);
  return timeS > endS ? undefined : { low, high };
}

/** Wall time in ms at a time of the record: from the blocks around it, as far as they reach. */
export function wallMsAt({ firstS, firstMs, length }: Blocks, timeS: number): number {
  if (length < 2) return firstMs[0] ?? Number.NaN;
  let at = 1;
  let high = length - 1;
  while (at < high) {
    const middle = (at + high) >> 1;
    if (firstS[middle] < timeS) at = middle + 1;
    else high = middle;
  }
  const spanS = firstS[at] - firstS[at - 1];
  const share = spanS > 0 ? (timeS - firstS[at - 1]) / spanS : 0;
  return firstMs[at - 1] + share * (firstMs[at] - firstMs[at - 1]);
}
