/** Notes where a correlation or the fluid was used outside the range it is published for. */
import type { Fluid } from '../fluid/fluid.ts';
import type { Passage } from './passage.ts';

export class RangeWatch {
  private readonly bank: string;
  private readonly fluid: Fluid;
  /** Of one cell: the others differ in their gaps only. */
  private readonly passages: readonly Passage[];
  /** By side: highest Reynolds number, least and highest Prandtl number seen. */
  private readonly reynolds = new Float64Array(2);
  private readonly leastPrandtl = new Float64Array(2).fill(Number.POSITIVE_INFINITY);
  private readonly mostPrandtl = new Float64Array(2);
  private coldestK = Number.POSITIVE_INFINITY;
  private hottestK = 0;

  constructor(bank: string, fluid: Fluid, passages: readonly Passage[]) {
    this.bank = bank;
    this.fluid = fluid;
    this.passages = passages;
  }

  /** Forgets what it saw: a start far from the steady state says nothing about it. */
  reset(): void {
    this.reynolds.fill(0);
    this.leastPrandtl.fill(Number.POSITIVE_INFINITY);
    this.mostPrandtl.fill(0);
    this.coldestK = Number.POSITIVE_INFINITY;
    this.hottestK = 0;
  }

  sawTemperature(meanK: number): void {
    if (meanK < this.coldestK) this.coldestK = meanK;
    if (meanK > this.hottestK) this.hottestK = meanK;
  }

  sawFlow(reynolds: number, prandtl: number, side: number): void {
    if (reynolds > this.reynolds[side]) this.reynolds[side] = reynolds;
    if (prandtl < this.leastPrandtl[side]) this.leastPrandtl[side] = prandtl;
    if (prandtl > this.mostPrandtl[side]) this.mostPrandtl[side] = prandtl;
  }

  /** A sentence for each range that was left. */
  sentences(): string[] {
    const found: string[] = [];
    for (const [side, { correlation }] of this.passages.entries()) {
      const [, mostReynolds] = correlation.reynoldsRange;
      if (this.reynolds[side] > mostReynolds)
        found.push(
          `${this.bank}: the flow reaches Reynolds ${this.reynolds[side].toFixed(0)}; the formulas for heat transfer and friction (${correlation.name}) hold below ${mostReynolds}`,
        );
      const [least, most] = correlation.prandtlRange;
      if (this.leastPrandtl[side] < least || this.mostPrandtl[side] > most)
        found.push(
          `${this.bank}: Prandtl numbers of ${this.leastPrandtl[side].toFixed(1)} to ${this.mostPrandtl[side].toFixed(1)}; the formulas (${correlation.name}) hold from ${least} to ${most}`,
        );
    }
    if (this.coldestK < this.fluid.lowK || this.hottestK > this.fluid.highK)
      found.push(
        `${this.bank}: the fluid runs from ${celsius(this.coldestK)} to ${celsius(this.hottestK)} °C; its properties hold from ${celsius(this.fluid.lowK)} (where it may freeze) to ${celsius(this.fluid.highK)} °C`,
      );
    return found;
  }
}

const celsius = (kelvin: number): string => (kelvin - 273.15).toFixed(1);
