/** Whole cycles as they come, for what is aligned by them. */
import type { Cycles } from './align.ts';

export class CycleList {
  readonly #number: number[] = [];
  readonly #endS: number[] = [];
  readonly #periodS: number[] = [];

  /** A cycle without a period cannot be placed. */
  add(number: number, endS: number, periodS: number): void {
    if (!(periodS > 0) || !(endS > (this.#endS.at(-1) ?? Number.NEGATIVE_INFINITY))) return;
    this.#number.push(number);
    this.#endS.push(endS);
    this.#periodS.push(periodS);
  }

  list = (): Cycles => ({
    number: Float64Array.from(this.#number),
    endS: Float64Array.from(this.#endS),
    periodS: Float64Array.from(this.#periodS),
  });
}
