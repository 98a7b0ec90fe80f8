/**
 * Decides from the spacing of rows alone whether something is missing between two of them. The usual spacing is
 * learnt, because acceleration changes it: 20 ms of device time a tick at 1x, 400 ms at 20x.
 */
export class GapRule {
  readonly #atLeastS: number;
  readonly #timesUsual: number;
  #usualS = 0;
  #previousS = Number.NaN;

  /** `atLeastS`: spacings up to here are never a gap; `timesUsual`: nor are those up to this many usual ones. */
  constructor(atLeastS: number, timesUsual = 8) {
    this.#atLeastS = atLeastS;
    this.#timesUsual = timesUsual;
  }

  /** True where the row at `timeS` does not join the previous one. */
  breaksAt(timeS: number): boolean {
    const spacing = timeS - this.#previousS;
    this.#previousS = timeS;
    if (Number.isNaN(spacing)) return false;
    const limit = Math.max(this.#atLeastS, this.#timesUsual * this.#usualS);
    // One long gap must not teach much, a lasting change must.
    this.#usualS += 0.25 * (Math.min(spacing, 2 * limit) - this.#usualS);
    return spacing > limit;
  }

  clear(): void {
    this.#previousS = Number.NaN;
    this.#usualS = 0;
  }
}
