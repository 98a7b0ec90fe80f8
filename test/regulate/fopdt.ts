/** A first-order plant behind a dead time, integrated exactly between samples of one length. */
import type { ProcessModel } from '../../controller/control/regulate/process-model.ts';

export class DeadTimePlant {
  y: number;
  t = 0;
  readonly #keep: number;
  readonly #perStep: number;
  readonly #line: number[];
  readonly #restC: number;
  readonly dtS: number;

  /** `dead_s` must be a whole number of steps. At rest at `restC` with a total input of zero. */
  constructor({ slope_K_per_s_U, lag_s, dead_s }: ProcessModel, dtS: number, restC: number) {
    this.dtS = dtS;
    this.#restC = restC;
    this.y = restC;
    this.#keep = Math.exp(-dtS / lag_s);
    this.#perStep = slope_K_per_s_U * (lag_s === Infinity ? dtS : lag_s * (1 - this.#keep));
    this.#line = Array.from({ length: Math.round(dead_s / dtS) }, () => 0);
  }

  /** One step with this input; `load` enters at the plant's input, behind the dead time. */
  step(input: number, load = 0): number {
    this.#line.push(input);
    const arrived = (this.#line.shift() ?? 0) + load;
    this.y = this.#restC + (this.y - this.#restC) * this.#keep + this.#perStep * arrived;
    this.t += this.dtS;
    return this.y;
  }
}
