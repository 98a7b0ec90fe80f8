/**
 * A quantity that swings with the cycle, sorted by phase. Above 1x one tick falls somewhere in every cycle or two; in
 * time such samples alias, by their phase they draw the cycle as it is.
 */
export class PhaseFold {
  readonly #bins: Float32Array;
  #filled = 0;

  constructor(binCount: number) {
    this.#bins = new Float32Array(binCount).fill(Number.NaN);
  }

  add(phase: number, value: number): void {
    if (!(phase >= 0 && phase < 1) || Number.isNaN(value)) return;
    const bin = Math.floor(phase * this.#bins.length);
    if (Number.isNaN(this.#bins[bin])) this.#filled++;
    this.#bins[bin] = value;
  }

  /** True once most of the cycle has been seen. */
  get isKnown(): boolean {
    return this.#filled >= 0.75 * this.#bins.length;
  }

  /** The newest value seen at this phase; NaN until most of the cycle has been seen. */
  at(phase: number): number {
    const count = this.#bins.length;
    if (!this.isKnown) return Number.NaN;
    const bin = Math.floor((phase - Math.floor(phase)) * count);
    const value = this.#bins[bin];
    return Number.isNaN(value) ? this.#bins[(bin + count - 1) % count] : value;
  }

  clear(): void {
    this.#bins.fill(Number.NaN);
    this.#filled = 0;
  }
}
