/**
 * How fast simulated time runs against the wall: what was asked, and what this computer achieves. A machine that
 * cannot keep up falls behind and says so; it never tries to catch up in a burst.
 */
export const MOST_ACCELERATION = 20;
/** Wall time that may be owed before it is given up, ms. */
const MOST_OWED_MS = 100;
/** Wall time over which the achieved pace is measured, ms. */
const WINDOW_MS = 1000;
/** Within this share of what was asked the pace counts as kept. */
const TOLERANCE = 0.05;

export class Pace {
  private wanted: number;
  private achieved: number;
  private owed = 0;
  private lastMs: number;
  private windowStartMs: number;
  private windowS = 0;

  constructor(acceleration: number, nowMs: number) {
    this.wanted = this.achieved = acceleration;
    this.lastMs = this.windowStartMs = nowMs;
  }

  /** Simulated seconds a second that were asked for. */
  get asked(): number {
    return this.wanted;
  }

  /** Simulated seconds a second, whole: what was asked, or what was achieved where that is less. */
  get reported(): number {
    return this.achieved < this.wanted * (1 - TOLERANCE) ? Math.round(this.achieved) : this.wanted;
  }

  /** Simulated seconds still to be stepped; negative when ahead. */
  get owedS(): number {
    return this.owed;
  }

  /** Simulated time at `nowMs` of a plant that has come to `steppedS`: what a clock of its own would show. */
  clockS(steppedS: number, nowMs: number): number {
    const owed = this.owed + ((nowMs - this.lastMs) / 1000) * this.wanted;
    return steppedS + Math.min(owed, (MOST_OWED_MS / 1000) * this.wanted);
  }

  /** @returns false where `acceleration` is not a whole number from 1 to 20. */
  ask(acceleration: number): boolean {
    if (!Number.isInteger(acceleration) || acceleration < 1 || acceleration > MOST_ACCELERATION) return false;
    this.wanted = this.achieved = acceleration;
    this.windowStartMs = this.lastMs;
    this.windowS = 0;
    return true;
  }

  /** Wall time has gone on to `nowMs`. */
  accrue(nowMs: number): void {
    this.owed += ((nowMs - this.lastMs) / 1000) * this.wanted;
    this.owed = Math.min(this.owed, (MOST_OWED_MS / 1000) * this.wanted);
    this.lastMs = nowMs;
    const windowMs = nowMs - this.windowStartMs;
    if (windowMs < WINDOW_MS) return;
    this.achieved = (1000 * this.windowS) / windowMs;
    this.windowStartMs = nowMs;
    this.windowS = 0;
  }

  /** `dtS` simulated seconds were stepped. */
  pay(dtS: number): void {
    this.owed -= dtS;
    this.windowS += dtS;
  }
}
