/**
 * Decides from the spacing of rows alone whether something is missing between two of them. The usual spacing is
 * learnt, because acceleration changes it: 20 ms of device time a tick at 1x, 400 ms at 20x.
 */
export class GapRule {
  readonly #atLeastS: number;
  #usualS = 0;
  #previousS = Number.NaN;

  /** `atLeastS`: spacings up to here are never a gap. */
  constructor(atLeastS: number) {
    this.#atLeastS = atLeastS;
  }

  /** True where the row at `timeS` does not join the previous one. */
  breaksAt(timeS: number): boolean {
    const spacing = timeS - this.#previousS;
    this.#previousS = timeS;
    if (Number.isNaN(spacing)) return false;
    const breaks = spacing > Math.max(this.#atLeastS, 8 * this.#usualS);
    if (!breaks) this.#usualS += 0.1 * (spacing - this.#usualS);
    return breaks;
  }

  clear(): void {
    this.#previousS = Number.NaN;
    this.#usualS = 0;
  }
}
