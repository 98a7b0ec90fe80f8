/**
 * A long time series: rows in typed arrays that are allocated once, and above them a pyramid: lowest and highest of 16
 * rows, of 256, of 4096, so that what is drawn of a window costs the same however long the window is. It grows at both
 * ends: a page that reloads is given the present first and the past piece by piece.
 *
 * Rows and blocks are addressed by a number that never changes while the row is kept; `start` is the oldest kept, `end` one
 * past the newest.
 */
import type { Frame } from '../../controller/wire/frame.ts';

export const FACTOR = 16;
/** Rows that a block of each level covers; level 0 are the rows. */
export const BLOCK_ROWS = [1, FACTOR, FACTOR ** 2, FACTOR ** 3] as const;
const LARGEST = FACTOR ** 3;

/** Lowest and highest of each block of one column, and whether an absence is among its rows. Infinite where all are absent. */
export interface Level {
  readonly low: Float32Array;
  readonly high: Float32Array;
  readonly broken: Uint8Array;
}

export class PyramidRing {
  readonly times: Float64Array;
  readonly columns: readonly Float32Array[];
  /** By column, then by level from 1 on. */
  readonly levels: readonly (readonly Level[])[];
  start: number;
  end: number;
  readonly #capacity: number;

  /** Keeps at least `rows`. */
  constructor(rows: number, columnCount: number) {
    // A block that is being written anew must not cover rows that are still kept: one block of the largest is spare.
    this.#capacity = LARGEST * (Math.ceil(rows / LARGEST) + 1);
    this.times = new Float64Array(this.#capacity);
    this.columns = Array.from({ length: columnCount }, () => new Float32Array(this.#capacity));
    this.levels = this.columns.map(() => [1, 2, 3].map((level) => this.#level(level)));
    // Room below for as much as is kept: numbers stay positive whatever is put in front.
    this.start = this.end = this.#capacity;
  }

  #level(level: number): Level {
    const blocks = this.#capacity / BLOCK_ROWS[level];
    return {
      low: new Float32Array(blocks),
      high: new Float32Array(blocks),
      broken: new Uint8Array(blocks),
    };
  }

  get length(): number {
    return this.end - this.start;
  }

  get firstTimeS(): number {
    return this.length === 0 ? Number.NaN : this.timeOf(this.start);
  }

  get lastTimeS(): number {
    return this.length === 0 ? Number.NaN : this.timeOf(this.end - 1);
  }

  /** Where row or block `number` of a level stands in its arrays. */
  slot(number: number, level = 0): number {
    return number % (this.#capacity / BLOCK_ROWS[level]);
  }

  timeOf(row: number): number {
    return this.times[row % this.#capacity];
  }

  value(column: number, row: number): number {
    return this.columns[column][row % this.#capacity];
  }

  clear(): void {
    this.start = this.end = this.#capacity;
  }

  /** Rows of a frame from `fromRow` on; the oldest make room. */
  append(frame: Frame, fromRow: number): void {
    const count = frame.rows - fromRow;
    const at = this.end;
    this.#write(frame, fromRow, count, at);
    this.end = at + count;
    this.#makeRoom();
    this.#refresh(at, this.end);
  }

  /** A row of absences, so that no curve bridges what is missing here. */
  appendGap(timeS: number): void {
    const at = this.end++;
    this.#writeGap(timeS, at);
    this.#makeRoom();
    this.#refresh(at, this.end);
  }

  /** Rows that came before all that are kept; false where there is no more room. */
  prepend(frame: Frame): boolean {
    if (this.length + frame.rows > this.#capacity - LARGEST) return false;
    this.start -= frame.rows;
    this.#write(frame, 0, frame.rows, this.start);
    this.#refresh(this.start, this.start + frame.rows);
    return true;
  }

  prependGap(timeS: number): void {
    if (this.length + 1 > this.#capacity - LARGEST) return;
    this.#writeGap(timeS, --this.start);
    this.#refresh(this.start, this.start + 1);
  }

  /** Number of the first row at or after `timeS`; `end` where there is none. */
  firstAtOrAfter(timeS: number): number {
    let low = this.start;
    let high = this.end;
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if (this.timeOf(middle) < timeS) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #makeRoom(): void {
    this.start = Math.max(this.start, this.end - (this.#capacity - LARGEST));
  }

  #write(frame: Frame, fromRow: number, count: number, at: number): void {
    const { startS, offsetS } = frame;
    for (let i = 0; i < count; i++) this.times[(at + i) % this.#capacity] = startS + offsetS[fromRow + i];
    const slot = at % this.#capacity;
    const untilEnd = Math.min(count, this.#capacity - slot);
    for (let c = 0; c < this.columns.length; c++) {
      const values = frame.columns[c];
      this.columns[c].set(values.subarray(fromRow, fromRow + untilEnd), slot);
      if (untilEnd < count) this.columns[c].set(values.subarray(fromRow + untilEnd, fromRow + count), 0);
    }
  }

  #writeGap(timeS: number, at: number): void {
    const slot = at % this.#capacity;
    this.times[slot] = timeS;
    for (const column of this.columns) column[slot] = Number.NaN;
  }

  /** Makes every block anew that covers a row of [from, to). */
  #refresh(from: number, to: number): void {
    for (let c = 0; c < this.columns.length; c++) {
      this.#blocksOfRows(this.columns[c], this.levels[c][0], from, to);
      this.#blocksOfBlocks(this.levels[c][0], this.levels[c][1], 2, from, to);
      this.#blocksOfBlocks(this.levels[c][1], this.levels[c][2], 3, from, to);
    }
  }

  #blocksOfRows(values: Float32Array, level: Level, from: number, to: number): void {
    const last = Math.floor((to - 1) / FACTOR);
    for (let block = Math.floor(from / FACTOR); block <= last; block++) {
      const first = Math.max(block * FACTOR, this.start);
      const count = Math.min((block + 1) * FACTOR, this.end) - first;
      const slot = first % this.#capacity;
      let low = Number.POSITIVE_INFINITY;
      let high = Number.NEGATIVE_INFINITY;
      let broken = 0;
      for (let i = slot; i < slot + count; i++) {
        const value = values[i];
        if (value < low) low = value;
        if (value > high) high = value;
        // Only NaN differs from itself.
        if (value !== value) broken = 1;
      }
      const at = this.slot(block, 1);
      level.low[at] = low;
      level.high[at] = high;
      level.broken[at] = broken;
    }
  }

  #blocksOfBlocks(below: Level, level: Level, number: 2 | 3, from: number, to: number): void {
    const rowsBelow = BLOCK_ROWS[number - 1];
    const oldest = Math.floor(this.start / rowsBelow);
    const newest = Math.floor((this.end - 1) / rowsBelow);
    const last = Math.floor((to - 1) / BLOCK_ROWS[number]);
    for (let block = Math.floor(from / BLOCK_ROWS[number]); block <= last; block++) {
      const first = Math.max(block * FACTOR, oldest);
      const count = Math.min(block * FACTOR + FACTOR - 1, newest) - first + 1;
      const slot = this.slot(first, number - 1);
      let low = Number.POSITIVE_INFINITY;
      let high = Number.NEGATIVE_INFINITY;
      let broken = 0;
      for (let i = slot; i < slot + count; i++) {
        if (below.low[i] < low) low = below.low[i];
        if (below.high[i] > high) high = below.high[i];
        broken |= below.broken[i];
      }
      const at = this.slot(block, number);
      level.low[at] = low;
      level.high[at] = high;
      level.broken[at] = broken;
    }
  }
}
