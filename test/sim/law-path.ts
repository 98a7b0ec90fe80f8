/** Paths of stress that the tests of the laws walk, on one node. */
import { loadAlloy } from '../../sim/command/alloy-file.ts';
import { superelasticParameters } from '../../sim/machine/geometry.ts';
import type { Law } from '../../sim/material/law.ts';
import type { SuperelasticParameters } from '../../sim/material/superelastic.ts';

export const T = 293.15;
/** Pa: completes the transformation of both alloys, adiabatically too. */
export const FULL = 900e6;

export const alloy = (key: string): SuperelasticParameters => superelasticParameters(loadAlloy(key));

export class Path {
  readonly law: Law;
  stress = 0;
  strain: number;
  /** ∫ σ dε, J/m³. */
  work = 0;
  /** Temperature above the start at the end of the last step, before it was put back, K. */
  private heat = 0;
  private readonly isothermal: boolean;
  private readonly start: number;

  /** @param isothermal the temperature is put back after every step: an adiabatic step, then heat */
  constructor(law: Law, isothermal: boolean) {
    this.law = law;
    this.isothermal = isothermal;
    this.start = law.temperature[0];
    this.strain = law.strainAt(0);
  }

  to(stress: number): void {
    const { law } = this;
    law.stress = this.stress;
    law.begin();
    law.stress = stress;
    law.attempt();
    law.accept();
    this.work += 0.5 * (this.stress + stress) * (law.strainSum - this.strain);
    this.stress = stress;
    this.strain = law.strainSum;
    this.heat = law.temperature[0] - this.start;
    if (this.isothermal) law.temperature.fill(this.start);
  }

  /** To this stress in equal steps; `each` after every one. */
  walk(goal: number, steps: number, each: (path: Path) => void = () => undefined): this {
    const from = this.stress;
    for (let k = 1; k <= steps; k++) {
      this.to(from + ((goal - from) * k) / steps);
      each(this);
    }
    return this;
  }

  /** Waits at the same stress until a wait brings no more heat than 1e-10 K: strain within 1e-12. */
  settle(): this {
    for (let k = 0; k < 20_000; k++) {
      this.to(this.stress);
      if (Math.abs(this.heat) < 1e-10) return this;
    }
    throw new Error(`heat of ${this.heat} K comes without end at ${this.stress} Pa`);
  }
}
