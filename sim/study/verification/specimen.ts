/** One node of alloy in a rigid frame: what the checks of the law and of the ideal cycles strain. */
import type { SuperelasticParameters } from '../../material/superelastic.ts';
import { strain } from '../../material/superelastic.ts';
import { LoadTrain } from '../../machine/load-train.ts';
import { SmoothLaw } from '../../material/smooth-law.ts';

const LENGTH = 0.1;
const AREA = 16e-6;

export class Specimen {
  readonly law: SmoothLaw;
  readonly train: LoadTrain;
  /** Net work and the part of it that was put in, J/m³. */
  work = 0;
  loadingWork = 0;
  /** Shortening without force at the start, m: not 0 where it is not at the reference temperature. */
  private readonly free: number;

  constructor(parameters: SuperelasticParameters, temperatureK: number) {
    this.law = new SmoothLaw(parameters, 1, temperatureK);
    this.train = new LoadTrain([{ law: this.law, area: AREA, nodeLength: LENGTH }], 1e12);
    this.free = this.train.shortening;
  }

  get temperatureK(): number {
    return this.law.temperature[0];
  }

  /** Exchange of heat with an ideal reservoir until both are alike; returns what the alloy received, J/m³. */
  touch(reservoirK: number): number {
    const heat = this.law.heatCapacity * (reservoirK - this.temperatureK);
    this.law.temperature[0] = reservoirK;
    return heat;
  }

  get stress(): number {
    return this.train.force / AREA;
  }

  /** Entropy that the transformation produced, J/(m³ K). */
  get produced(): number {
    return this.train.entropyProduced() / (AREA * LENGTH);
  }

  /** Adiabatic step to a share of the way from the free length at the start to the strain `full`. */
  strainTo(full: number, share: number): void {
    const { force, shortening } = this.train;
    this.train.advance(this.free + (full * LENGTH - this.free) * share);
    const work = (0.5 * (force + this.train.force) * (this.train.shortening - shortening)) / (AREA * LENGTH);
    this.work += work;
    this.loadingWork += Math.max(0, work);
  }

  /** Loading to `full` and back in n steps each; `after` sees every step. */
  loop(full: number, n: number, after?: (step: number) => void): void {
    for (let k = 1; k <= 2 * n; k++) {
      this.strainTo(full, k <= n ? k / n : 2 - k / n);
      after?.(k);
    }
  }
}

/** Temperature of an alloy from `start` on after a whole adiabatic transformation, thermal expansion left out, K. */
export const heatedBy = (p: SuperelasticParameters, start: number): number =>
  (start + p.dissipation / p.entropyChange) * Math.exp(p.entropyChange / p.heatCapacity) -
  p.dissipation / p.entropyChange;

/** Stress that completes the transformation of an alloy that has become as hot as `temperatureK`, 5 % to spare, Pa. */
export function fullStress(p: SuperelasticParameters, temperatureK: number): number {
  const wanted =
    p.entropyChange * (temperatureK - p.equilibriumTemperature) +
    p.dissipation +
    p.linearHardening +
    p.endHardening;
  const root = Math.sqrt(p.transformationStrain ** 2 + 2 * p.complianceChange * wanted);
  return (1.05 * 2 * wanted) / (p.transformationStrain + root);
}

/** Strain at that stress when all is martensite. */
export const fullStrain = (p: SuperelasticParameters, temperatureK: number): number =>
  strain(p, fullStress(p, temperatureK), temperatureK, 1);

/**
 * The wanted temperature, or one at which the alloy surely returns to austenite without stress, even when it has cooled
 * by a whole transformation before, K.
 */
export function workingTemperature(p: SuperelasticParameters, wanted: number): number {
  const barrier = (p.dissipation + p.linearHardening + p.endHardening) / p.entropyChange;
  return Math.max(
    wanted,
    (p.equilibriumTemperature + barrier + 5) * Math.exp(p.entropyChange / p.heatCapacity),
  );
}
