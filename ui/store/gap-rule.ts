/**
 * Decides from the spacing of rows alone whether something is missing between two of them. The usual spacing is
 * learnt, because acceleration changes it: 20 ms of device time a tick at 1x, 400 ms at 20x.
 */
const TIMES_USUAL = 8;

export class GapRule {
  readonly #atLeastS: number;
  #usualS = 0;
  #previousS = Number.NaN;

  /** `atLeastS`: spacings up to here are never a gap; nor are those up to TIMES_USUAL usual ones. */
  constructor(atLeastS: number) {
    this.#atLeastS = atLeastS;
  }

  /** True where the row at `timeS` does not join the previous one. */
  breaksAt(timeS: number): boolean {
    const spacing = timeS - this.#previousS;
    this.#previousS = timeS;
    if (Number.isNaN(spacing)) return false;
    const limit = Math.max(this.#atLeastS, TIMES_USUAL * this.#usualS);
    // One long gap must not teach much, a lasting change must.
    this.#usualS += 0.25 * (Math.min(spacing, 2 * limit) - this.#usualS);
    return spacing > limit;
  }

  clear(): void {
    this.#previousS = Number.NaN;
    this.#usualS = 0;
  }
}
