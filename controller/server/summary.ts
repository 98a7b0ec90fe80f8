/**
 * Lowest and highest of every channel of tick and stream in each whole second of the device clock. NaN is a channel of
 * which nothing was heard in that second; a second in which nothing at all was heard has no row.
 */
import { type GroupName, SUMMARIZED } from '../wire/channels.ts';
import { encodeFrame, type Frame } from '../wire/frame.ts';

/** Lowest and highest so far, channel by channel; infinite where there is none. */
interface Extremes {
  readonly low: Float32Array;
  readonly high: Float32Array;
}
type Second = Record<(typeof SUMMARIZED)[number], Extremes>;

/** A second is closed when a group is this far past it: the groups do not arrive in step. Below a second. */
const PATIENCE_S = 0.5;
/** A clock that went back further than this is that of a rig which was started anew. */
const RESTART_S = 2;

export class Summarizer {
  /** The second that is closed next and the one after it; second s is in `s % 2`. */
  readonly #seconds: readonly [Second, Second];
  readonly #done: (bytes: Uint8Array) => void;
  /** The older of the two; NaN before the first row. */
  #open = Number.NaN;

  /** `columns`: how many channels each group has. `done` is given a frame of one row, not numbered yet. */
  constructor(columns: Readonly<Record<'tick' | 'stream', number>>, done: (bytes: Uint8Array) => void) {
    const second = (): Second => ({ tick: extremesOf(columns.tick), stream: extremesOf(columns.stream) });
    this.#seconds = [second(), second()];
    this.#done = done;
  }

  take(frame: Frame): void {
    if (!isSummarized(frame.group)) return;
    const secondOf = (row: number): number => Math.floor(frame.startS + frame.offsetS[row]);
    let from = 0;
    while (from < frame.rows) {
      const second = secondOf(from);
      let to = from + 1;
      while (to < frame.rows && secondOf(to) === second) to++;
      this.#enter(second, frame.startS + frame.offsetS[to - 1]);
      // What is later than the patience belongs to a second that was told already.
      if (second >= this.#open) gather(this.#at(second)[frame.group], frame.columns, from, to);
      from = to;
    }
  }

  #enter(second: number, timeS: number): void {
    if (Number.isNaN(this.#open) || second < this.#open - RESTART_S) {
      this.#seconds.forEach(empty);
      this.#open = second;
    } else if (second > this.#open + 1) {
      this.#close(this.#open);
      this.#close(this.#open + 1);
      this.#open = second;
    }
    if (timeS < this.#open + 1 + PATIENCE_S) return;
    this.#close(this.#open);
    this.#open++;
  }

  #at(second: number): Second {
    return this.#seconds[Math.abs(second % 2) as 0 | 1];
  }

  #close(startS: number): void {
    const second = this.#at(startS);
    const columns = SUMMARIZED.flatMap((group) => interleaved(second[group]));
    empty(second);
    if (columns.every(([value]) => Number.isNaN(value))) return;
    const frame = { group: 'summary', sequence: 0, startS, cycle: 0, rows: 1 } as const;
    this.#done(encodeFrame({ ...frame, offsetS: new Float32Array(1), columns }));
  }
}

const isSummarized = (group: GroupName): group is 'tick' | 'stream' =>
  (SUMMARIZED as readonly GroupName[]).includes(group);

function extremesOf(columns: number): Extremes {
  const extremes = { low: new Float32Array(columns), high: new Float32Array(columns) };
  clear(extremes);
  return extremes;
}

function clear({ low, high }: Extremes): void {
  low.fill(Number.POSITIVE_INFINITY);
  high.fill(Number.NEGATIVE_INFINITY);
}

function empty(second: Second): void {
  for (const group of SUMMARIZED) clear(second[group]);
}

/** Column by column, as the values lie; a comparison with NaN is false, so absence leaves no trace. */
function gather({ low, high }: Extremes, columns: readonly Float32Array[], from: number, to: number): void {
  for (let c = 0; c < low.length; c++) {
    const values = columns[c];
    for (let row = from; row < to; row++) {
      const value = values[row];
      if (value < low[c]) low[c] = value;
      if (value > high[c]) high[c] = value;
    }
  }
}

/** One value a column: lowest and highest of the first channel, then of the second ... */
function interleaved({ low, high }: Extremes): Float32Array[] {
  const columns: Float32Array[] = [];
  for (let c = 0; c < low.length; c++) {
    const isAbsent = low[c] > high[c];
    columns.push(
      Float32Array.of(isAbsent ? Number.NaN : low[c]),
      Float32Array.of(isAbsent ? Number.NaN : high[c]),
    );
  }
  return columns;
}
