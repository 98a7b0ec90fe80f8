/**
 * What the rig's clock says now, between two readings. Readings arrive with jitter; the estimate follows them
 * smoothly and jumps only where it is clearly wrong (history arriving, acceleration changed). Without readings it runs
 * on for a while, so that silence is seen as an empty stretch, and then stands.
 */
const JUMP_WALL_S = 0.4;

export class DeviceClock {
  #offsetS = Number.NaN;
  #rate = 1;
  #lastS = Number.NaN;
  #lastArrivalMs = 0;

  /** Device time of the newest reading. */
  get lastS(): number {
    return this.#lastS;
  }

  /** A reading of device time `timeS` arrived at `nowMs` (any steady wall clock); `rate` is the acceleration. */
  read(timeS: number, nowMs: number, rate: number): void {
    const measured = timeS - (rate * nowMs) / 1000;
    const error = measured - this.#offsetS;
    const jump = rate !== this.#rate || !(Math.abs(error) < JUMP_WALL_S * rate);
    this.#offsetS = jump ? measured : this.#offsetS + 0.05 * error;
    this.#rate = rate;
    this.#lastS = timeS;
    this.#lastArrivalMs = nowMs;
  }

  /** Never more than `aheadS` beyond the newest reading; NaN before the first. */
  nowS(nowMs: number, aheadS: number): number {
    const estimate = this.#offsetS + (this.#rate * nowMs) / 1000;
    return Math.min(Math.max(estimate, this.#lastS - this.#rate * JUMP_WALL_S), this.#lastS + aheadS);
  }

  /** Wall time since the newest reading arrived, in ms. */
  silenceMs(nowMs: number): number {
    return Number.isNaN(this.#lastS) ? Number.POSITIVE_INFINITY : nowMs - this.#lastArrivalMs;
  }

  clear(): void {
    this.#offsetS = Number.NaN;
    this.#lastS = Number.NaN;
  }
}
