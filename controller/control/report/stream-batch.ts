/**
 * Rows of the device's stream, gathered into frames: a device sends some rows at a time, and a frame for each would cost
 * every client more than what is in it. What never came is one row of absence, so that nobody draws a line across.
 */
import type { StreamRows } from '../electronics/electronics.ts';

export interface StreamFrame {
  readonly startS: number;
  readonly rows: number;
  /** Time of each row after `startS`, s. */
  readonly offsetS: Float32Array;
  readonly columns: readonly Float32Array[];
}

/** A row waits for no longer than this and one message of the device, ms; at most so many rows wait. */
const WAIT_MS = 20;
const MOST_ROWS = 256;

export class StreamBatch {
  readonly #send: (frame: StreamFrame) => void;
  readonly #offsetS = new Float32Array(MOST_ROWS);
  readonly #columns: readonly Float32Array[];
  #startS = 0;
  #rows = 0;
  #lastS = Number.NaN;
  #sinceMs = 0;

  /** What `send` is given is overwritten with the next frame. */
  constructor(columns: number, send: (frame: StreamFrame) => void) {
    this.#columns = Array.from({ length: columns }, () => new Float32Array(MOST_ROWS));
    this.#send = send;
  }

  take({ columns, deviceUs, missing }: StreamRows, nowMs: number): void {
    if (this.#rows === 0) this.#sinceMs = nowMs;
    if (missing > 0 && !Number.isNaN(this.#lastS)) this.#absence();
    for (let row = 0; row < deviceUs.length; row++) {
      const at = this.#row(deviceUs[row] / 1e6);
      for (let c = 0; c < this.#columns.length; c++) this.#columns[c][at] = columns[c][row];
    }
    if (nowMs - this.#sinceMs >= WAIT_MS) this.#flush();
  }

  /** Nothing is known from the last row on. */
  #absence(): void {
    const at = this.#row(this.#lastS);
    for (const column of this.#columns) column[at] = Number.NaN;
  }

  /** Where the next row goes. */
  #row(timeS: number): number {
    if (this.#rows === MOST_ROWS) this.#flush();
    if (this.#rows === 0) this.#startS = timeS;
    this.#offsetS[this.#rows] = timeS - this.#startS;
    this.#lastS = timeS;
    return this.#rows++;
  }

  #flush(): void {
    const rows = this.#rows;
    this.#rows = 0;
    const cut = (values: Float32Array): Float32Array => values.subarray(0, rows);
    this.#send({
      startS: this.#startS,
      rows,
      offsetS: cut(this.#offsetS),
      columns: this.#columns.map(cut),
    });
  }
}
