/** The newest rows of one group, column by column in typed arrays allocated once. */
import type { GroupName } from '../wire/channels.ts';
import { encodeFrame, type Frame } from '../wire/frame.ts';

/** An encoded frame and the sequence number of its last row. */
export interface Piece {
  readonly bytes: Uint8Array;
  readonly sequence: number;
}

export class RowRing {
  readonly #group: GroupName;
  readonly #capacity: number;
  readonly #sequence: Uint32Array;
  readonly #timeS: Float64Array;
  readonly #cycle: Uint32Array;
  readonly #columns: readonly Float32Array[];
  /** Rows ever pushed; row `i` stands in slot `i % capacity`. */
  #total = 0;

  constructor(group: GroupName, columnCount: number, capacity: number) {
    this.#group = group;
    this.#capacity = capacity;
    this.#sequence = new Uint32Array(capacity);
    this.#timeS = new Float64Array(capacity);
    this.#cycle = new Uint32Array(capacity);
    this.#columns = Array.from({ length: columnCount }, () => new Float32Array(capacity));
  }

  get latest(): number {
    return this.#total === 0 ? -1 : this.#sequenceOf(this.#total - 1);
  }

  clear(): void {
    this.#total = 0;
  }

  /** Returns a sentence instead where the frame is not of this group's shape. */
  push(frame: Frame): string | undefined {
    if (frame.columns.length !== this.#columns.length)
      return `a ${frame.group} frame of ${frame.columns.length} columns; the channel table has ${this.#columns.length}`;
    for (let row = 0; row < frame.rows; row++) {
      const slot = this.#total % this.#capacity;
      this.#sequence[slot] = frame.sequence;
      this.#timeS[slot] = frame.startS + frame.offsetS[row];
      this.#cycle[slot] = frame.cycle;
      for (const [i, column] of this.#columns.entries()) column[slot] = frame.columns[i][row];
      this.#total++;
    }
    return undefined;
  }

  /** The oldest rows after `sequence`, merged while their numbers follow each other, at most `maxRows`. */
  after(sequence: number, maxRows: number): Piece | undefined {
    const first = this.#firstAfter(sequence);
    if (first === this.#total) return undefined;
    let end = first + 1;
    while (end < this.#total && end - first < maxRows && this.#joins(end)) end++;
    return { bytes: this.#encode(first, end), sequence: this.#sequenceOf(end - 1) };
  }

  #joins(index: number): boolean {
    return this.#sequenceOf(index) - this.#sequenceOf(index - 1) <= 1;
  }

  #encode(first: number, end: number): Uint8Array {
    const rows = end - first;
    const startS = this.#timeS[first % this.#capacity];
    const gather = (pick: (slot: number) => number): Float32Array =>
      Float32Array.from({ length: rows }, (_, i) => pick((first + i) % this.#capacity));
    return encodeFrame({
      group: this.#group,
      sequence: this.#sequenceOf(end - 1),
      startS,
      cycle: this.#cycle[(end - 1) % this.#capacity],
      rows,
      offsetS: gather((slot) => this.#timeS[slot] - startS),
      columns: this.#columns.map((column) => gather((slot) => column[slot])),
    });
  }

  /** Index of the first row whose number is above `sequence`, by bisection. */
  #firstAfter(sequence: number): number {
    let low = Math.max(0, this.#total - this.#capacity);
    let high = this.#total;
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if (this.#sequenceOf(middle) > sequence) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  #sequenceOf(index: number): number {
    return this.#sequence[index % this.#capacity];
  }
}
