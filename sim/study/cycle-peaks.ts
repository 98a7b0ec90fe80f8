import type { Machine } from '../machine/machine.ts';

/** Extremes of a cycle. */
export class CyclePeaks {
  readonly forceN: Float64Array;
  readonly longestM: Float64Array;
  readonly shortestM: Float64Array;
  /** Mean strain of the alloy of each train, 1. */
  readonly strain: Float64Array;
  pressurePa = 0;
  /** Largest spread of the flow between the cells of a bank, relative to its mean. */
  flowSpread = 0;
  fraction = 0;
  hottestK = 0;
  coldestK = Number.POSITIVE_INFINITY;
  private readonly machine: Machine;

  constructor(machine: Machine) {
    this.machine = machine;
    this.forceN = new Float64Array(machine.trains.length);
    this.strain = new Float64Array(machine.trains.length);
    this.longestM = new Float64Array(machine.trains.length).fill(Number.NEGATIVE_INFINITY);
    this.shortestM = new Float64Array(machine.trains.length).fill(Number.POSITIVE_INFINITY);
  }

  look(): void {
    const { trains, banks, circuit } = this.machine;
    for (const [k, { force, shortening, strain }] of trains.entries()) {
      this.strain[k] = Math.max(this.strain[k], strain);
      this.forceN[k] = Math.max(this.forceN[k], force);
      this.longestM[k] = Math.max(this.longestM[k], shortening);
      this.shortestM[k] = Math.min(this.shortestM[k], shortening);
    }
    this.pressurePa = Math.max(this.pressurePa, circuit.pressurePa);
    for (const bank of banks) {
      const { law } = bank;
      this.flowSpread = Math.max(this.flowSpread, bank.flows.spread());
      for (let i = 0; i < law.fraction.length; i++) {
        this.fraction = Math.max(this.fraction, law.fraction[i]);
        this.hottestK = Math.max(this.hottestK, law.temperature[i]);
        this.coldestK = Math.min(this.coldestK, law.temperature[i]);
      }
    }
  }

  /** Peak stress of a bank, Pa. */
  stressOf(bank: Machine['banks'][number]): number {
    const { config, banks } = this.machine;
    const position = banks.indexOf(bank);
    return this.forceN[config.layout.trains.findIndex((train) => train.banks.includes(position))] / bank.area;
  }
}
