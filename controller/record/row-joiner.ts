/** Rows that a record holds one by one, in frames of some: a frame for each would cost every client more than its values. */
import type { Frame } from '../wire/frame.ts';

/** 20 ms of a stream at 1 kHz. */
const ROWS = 20;
/** Farther apart the first would wait too long, s. */
const MOST_APART_S = 0.1;

export class RowJoiner {
  readonly #send: (frame: Frame) => void;
  #rows: Frame[] = [];

  constructor(send: (frame: Frame) => void) {
    this.#send = send;
  }

  /** A frame of one row. */
  add(row: Frame): void {
    const last = this.#rows.at(-1);
    const joins =
      last !== undefined &&
      row.sequence === last.sequence + 1 &&
      row.columns.length === last.columns.length &&
      Math.abs(row.startS - last.startS) < MOST_APART_S;
    if (!joins) this.#flush();
    this.#rows.push(row);
    if (this.#rows.length === ROWS) this.#flush();
  }

  /** What waits is of another time. */
  drop(): void {
    this.#rows = [];
  }

  #flush(): void {
    const rows = this.#rows;
    this.#rows = [];
    const [first, last] = [rows[0], rows.at(-1)];
    if (first === undefined || last === undefined) return;
    this.#send({
      ...last,
      rows: rows.length,
      startS: first.startS,
      offsetS: Float32Array.from(rows, ({ startS }) => startS - first.startS),
      columns: first.columns.map((_, c) => Float32Array.from(rows, ({ columns }) => columns[c][0])),
    });
  }
}
