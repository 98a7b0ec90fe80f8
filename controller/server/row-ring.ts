/** The newest rows of one group, column by column in typed arrays allocated once. */
import type { GroupName } from '../wire/channels.ts';
import { encodeFrame, type Frame } from '../wire/frame.ts';

/** An encoded frame and the sequence numbers of its first and last row. */
export interface Piece {
  readonly bytes: Uint8Array;
  readonly first: number;
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

  /** Returns a sentence instead where the frame is not of this group's shape, or its numbers do not go on from the last. */
  push(frame: Frame): string | undefined {
    if (frame.columns.length !== this.#columns.length)
      return `a ${frame.group} frame of ${frame.columns.length} columns; the channel table has ${this.#columns.length}`;
    if (frame.rows > this.#capacity)
      return `a ${frame.group} frame of ${frame.rows} rows; ${this.#capacity} are kept`;
    const first = frame.sequence - frame.rows + 1;
    // out of order they could not be found again, and who asks for what came after one would ask for ever
    if (first <= this.latest)
      return `a ${frame.group} frame of rows ${first} to ${frame.sequence}; row ${this.latest} is kept already`;
    for (let row = 0; row < frame.rows; row++) {
      const slot = (this.#total + row) % this.#capacity;
      this.#sequence[slot] = first + row;
      this.#timeS[slot] = frame.startS + frame.offsetS[row];
      this.#cycle[slot] = frame.cycle;
    }
    const from = this.#total % this.#capacity;
    const untilEnd = Math.min(frame.rows, this.#capacity - from);
    for (let c = 0; c < this.#columns.length; c++) {
      const values = frame.columns[c];
      this.#columns[c].set(values.subarray(0, untilEnd), from);
      if (untilEnd < frame.rows) this.#columns[c].set(values.subarray(untilEnd), 0);
    }
    this.#total += frame.rows;
    return undefined;
  }

  /** The oldest rows after `sequence`, merged while their numbers follow each other, at most `maxRows`. */
  after(sequence: number, maxRows: number): Piece | undefined {
    const first = this.#firstAfter(sequence);
    if (first === this.#total) return undefined;
    let end = first + 1;
    while (end < this.#total && end - first < maxRows && this.#joins(end)) end++;
    return this.#piece(first, end);
  }

  /** The newest rows before `sequence`, merged while their numbers follow each other, at most `maxRows`. */
  before(sequence: number, maxRows: number): Piece | undefined {
    const end = this.#firstAfter(sequence - 1);
    const oldest = this.#oldest;
    if (end === oldest) return undefined;
    let first = end - 1;
    while (first > oldest && end - first < maxRows && this.#joins(first)) first--;
    return this.#piece(first, end);
  }

  #piece(first: number, end: number): Piece {
    return {
      bytes: this.#encode(first, end),
      first: this.#sequenceOf(first),
      sequence: this.#sequenceOf(end - 1),
    };
  }

  #joins(index: number): boolean {
    return this.#sequenceOf(index) - this.#sequenceOf(index - 1) <= 1;
  }

  #encode(first: number, end: number): Uint8Array {
    const rows = end - first;
    const startS = this.#timeS[first % this.#capacity];
    const offsetS = new Float32Array(rows);
    for (let i = 0; i < rows; i++) offsetS[i] = this.#timeS[(first + i) % this.#capacity] - startS;
    return encodeFrame({
      group: this.#group,
      sequence: this.#sequenceOf(end - 1),
      startS,
      cycle: this.#cycle[(end - 1) % this.#capacity],
      rows,
      offsetS,
      columns: this.#columns.map((column) => this.#stretch(column, first, rows)),
    });
  }

  /** In place where the rows lie in one piece. */
  #stretch(column: Float32Array, first: number, rows: number): Float32Array {
    const from = first % this.#capacity;
    const untilEnd = this.#capacity - from;
    if (rows <= untilEnd) return column.subarray(from, from + rows);
    const joined = new Float32Array(rows);
    joined.set(column.subarray(from));
    joined.set(column.subarray(0, rows - untilEnd), untilEnd);
    return joined;
  }

  get #oldest(): number {
    return Math.max(0, this.#total - this.#capacity);
  }

  /** Index of the first row whose number is above `sequence`, by bisection. */
  #firstAfter(sequence: number): number {
    let low = this.#oldest;
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
