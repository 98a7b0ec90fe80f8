/**
 * The clock of a record: device time that goes on where the device was restarted in between and began anew. The ticks say
 * when that was; all other rows follow them.
 */

export interface Restart {
  /** Wall time from which it holds, ms since 1970. */
  readonly fromMs: number;
  /** What is added to device time, s. */
  readonly addS: number;
}

/** A tick so much older than the newest is of another start, s. */
const BACK_S = 1;

export class RunningClock {
  readonly restarts: Restart[];
  #lastS = Number.NaN;
  #lastMs = 0;

  constructor(restarts: readonly Restart[] = []) {
    this.restarts = [...restarts];
  }

  /** Tells of a tick; in order. */
  tick(deviceS: number, atMs: number): void {
    const timeS = this.timeOf(deviceS, atMs);
    if (timeS < this.#lastS - BACK_S) {
      const awayS = Math.max(0, (atMs - this.#lastMs) / 1000);
      this.restarts.push({ fromMs: atMs, addS: this.#lastS + awayS - deviceS });
    }
    this.#lastS = this.timeOf(deviceS, atMs);
    this.#lastMs = atMs;
  }

  /** Time of the record in s of a device time that arrived then. */
  timeOf(deviceS: number, atMs: number): number {
    return deviceS + (this.restarts.findLast(({ fromMs }) => fromMs <= atMs)?.addS ?? 0);
  }

  /** Time of the record of the last tick in s; NaN before the first. */
  get nowS(): number {
    return this.#lastS;
  }
}
