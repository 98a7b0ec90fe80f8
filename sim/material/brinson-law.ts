/**
 * The cosine law as published, for comparison: L. C. Brinson (1993), doi 10.1177/1045389X9300400213, its part for
 * stress-induced martensite above M_s, with the heat equation of constant latent heat that device models put beside
 * such kinetics (qian-2015; its form is recalled, not read again). Pressing and shortening positive, as everywhere.
 *
 *   stress     σ = E(ξ) (ε − ε_L ξ) + Θ (T−T0),   E = E_A + ξ (E_M − E_A)
 *   to M       ξ = ½(1−ξ_0) cos{π/(σ_s−σ_f) [σ − σ_f − C_M (T−M_s)]} + ½(1+ξ_0)   between σ_s and σ_f + C_M (T−M_s)
 *   to A       ξ = ½ ξ_0 {cos[π/(A_f−A_s) (T − A_s − σ/C_A)] + 1}                  between C_A (T−A_s) and C_A (T−A_f)
 *   heat       ρc dT = ρL dξ + Y |dξ| + heat received
 *
 * ξ_0 is the fraction at which the present transformation began. It is kept for both directions: a rest inside a
 * transformation goes on where it stopped, only a real return begins a new one. ξ and T are solved together: the
 * equation is monotone, since the heat of the transformation holds it back; Newton inside a bracket. Twinned martensite
 * ξ_T is left out: it forms below M_s without stress, where no cooler of this kind works; below M_s the critical
 * stresses are constant, as published.
 *
 * The direction is decided by stress and temperature alone, as published. After much heat in one step ξ may lie beyond
 * the branch of the other direction; the strain then jumps at the stress at which the direction turns, no force may
 * balance the stroke, and the load train counts the step as unbalanced.
 *
 * What is inconsistent, and measured by the conformance suite: latent heat and slopes C are constants of their own, Θ
 * has no counterpart in the heat equation, Y is booked apart from the loop that the kinetics enclose. So the first law
 * has a defect. `storedEnergy` is what the law itself accounts for: ρc (T−T0) + σ²/2E − ρL ξ.
 */
import type { Law } from './law.ts';
import { type SuperelasticParameters, branchStress, clausiusClapeyron } from './superelastic.ts';

export interface BrinsonParameters {
  /** ρc, J/(m³ K). */
  readonly heatCapacity: number;
  /** E_A, E_M, Pa. */
  readonly austeniteModulus: number;
  readonly martensiteModulus: number;
  /** Θ, Pa/K; negative where the alloy is pulled. */
  readonly thermalModulus: number;
  /** ε_L, 1. */
  readonly transformationStrain: number;
  /** M_s, K. */
  readonly martensiteStart: number;
  /** σ_s and σ_f at and below M_s, Pa. */
  readonly criticalStart: number;
  readonly criticalFinish: number;
  /** C_M and C_A, Pa/K. */
  readonly martensiteSlope: number;
  readonly austeniteSlope: number;
  /** A_s and A_f, K. */
  readonly austeniteStart: number;
  readonly austeniteFinish: number;
  /** ρL, J/m³. */
  readonly latentHeat: number;
  /** Y, J/m³: heat of hysteresis per transformed fraction. */
  readonly dissipation: number;
  /** T0, K. */
  readonly referenceTemperature: number;
  readonly poissonRatio: number;
  readonly lateralShare: number;
}

/** σ_s of Brinson's own NiTi, Pa (recalled, M): where M_s is put; above M_s nothing depends on it. */
const CRITICAL_START = 100e6;
/** Largest width of a transformation, as a share of the distance of the two: they must not overlap. */
const MOST_WIDTH = 0.95;
/** Passes after which every second one halves the bracket. */
const NEWTON_PASSES = 10;
const MAX_PASSES = 100;
const FRACTION_TOLERANCE = 1e-12;

/**
 * The cosine law that has the branches of `p` at T0: the stresses at ξ = ¼, ½ and ¾ of both directions (a cosine
 * passes ¼ and ¾ at a third and two thirds of its width), and their slopes dσ/dT at ξ = ½.
 */
export function brinsonFrom(p: SuperelasticParameters): BrinsonParameters {
  const t = p.referenceTemperature;
  const up = (xi: number) => branchStress(p, p.dissipation, t, xi);
  const down = (xi: number) => branchStress(p, -p.dissipation, t, xi);
  const room = MOST_WIDTH * (up(0.5) - down(0.5));
  const upWidth = Math.min(3 * (up(0.75) - up(0.25)), room);
  const downWidth = Math.min(3 * (down(0.75) - down(0.25)), room);
  const martensiteSlope = clausiusClapeyron(p, up(0.5));
  const austeniteSlope = clausiusClapeyron(p, down(0.5));
  return {
    heatCapacity: p.heatCapacity,
    austeniteModulus: 1 / p.austeniteCompliance,
    martensiteModulus: 1 / (p.austeniteCompliance + p.complianceChange),
    thermalModulus: p.thermalExpansion / p.austeniteCompliance,
    transformationStrain: p.transformationStrain,
    martensiteStart: t - (up(0.5) - 0.5 * upWidth - CRITICAL_START) / martensiteSlope,
    criticalStart: CRITICAL_START,
    criticalFinish: CRITICAL_START + upWidth,
    martensiteSlope,
    austeniteSlope,
    austeniteStart: t - (down(0.5) + 0.5 * downWidth) / austeniteSlope,
    austeniteFinish: t - (down(0.5) - 0.5 * downWidth) / austeniteSlope,
    latentHeat: p.entropyChange * t,
    dissipation: p.dissipation,
    referenceTemperature: t,
    poissonRatio: p.poissonRatio,
    lateralShare: p.lateralShare,
  };
}

export class BrinsonLaw implements Law {
  readonly temperature: Float64Array;
  readonly fraction: Float64Array;
  readonly memory: readonly Float64Array[];
  readonly heatCapacity: number;
  readonly latentTemperature: number;
  readonly conservesEnergy = false;
  stress = 0;
  strainSum = 0;
  strainSlope = 0;
  solved = true;
  entropyProduced = 0;
  dissipated = 0;

  private readonly p: BrinsonParameters;
  /** ξ_0 of the transformation to martensite and to austenite. */
  private readonly loadingStart: Float64Array;
  private readonly returnStart: Float64Array;
  readonly balanced: Float64Array;
  private readonly nextTemperature: Float64Array;
  private readonly nextFraction: Float64Array;
  private oldStress = 0;

  constructor(parameters: BrinsonParameters, nodes: number, temperature: number) {
    this.p = parameters;
    this.heatCapacity = parameters.heatCapacity;
    this.latentTemperature = parameters.latentHeat / parameters.heatCapacity;
    this.temperature = new Float64Array(nodes).fill(temperature);
    this.fraction = new Float64Array(nodes);
    this.loadingStart = new Float64Array(nodes);
    this.returnStart = new Float64Array(nodes);
    this.memory = [this.fraction, this.loadingStart, this.returnStart];
    this.balanced = new Float64Array(nodes).fill(temperature);
    this.nextTemperature = new Float64Array(nodes);
    this.nextFraction = new Float64Array(nodes);
  }

  restart(): void {
    const { fraction, loadingStart, returnStart } = this;
    // a transformation cannot have begun beyond where it stands
    for (let i = 0; i < fraction.length; i++) {
      loadingStart[i] = Math.min(loadingStart[i], fraction[i]);
      returnStart[i] = Math.max(returnStart[i], fraction[i]);
    }
  }

  begin(): void {
    this.oldStress = this.stress;
  }

  attempt(): void {
    const { stress } = this;
    const { p, temperature, fraction, balanced, loadingStart, returnStart } = this;
    const moved = stress - this.oldStress;
    const width = p.criticalStart - p.criticalFinish;
    const perKelvin = Math.PI / (p.austeniteFinish - p.austeniteStart);
    const warmUp = (p.latentHeat + p.dissipation) / p.heatCapacity;
    const warmDown = (p.latentHeat - p.dissipation) / p.heatCapacity;
    const modulusChange = p.martensiteModulus - p.austeniteModulus;
    let sum = 0;
    let gradient = 0;
    let solved = true;
    for (let i = 0; i < fraction.length; i++) {
      const old = fraction[i];
      const t = temperature[i];
      const slope = t > p.martensiteStart ? p.martensiteSlope : 0;
      // ξ = base + half cos θ, θ in [0,π] turning with ξ by the heat of the transformation, and with the stress
      let base = old;
      let half = 0;
      let angle = 0;
      let turn = 0;
      let warm = 0;
      let anglePerStress = 0;
      if (moved > slope * (t - balanced[i])) {
        half = 0.5 * (1 - loadingStart[i]);
        base = 1 - half;
        warm = warmUp;
        anglePerStress = Math.PI / width;
        angle = anglePerStress * (stress - p.criticalFinish - slope * (t - p.martensiteStart));
        turn = -anglePerStress * slope * warm;
      } else {
        half = 0.5 * returnStart[i];
        base = half;
        warm = warmDown;
        anglePerStress = -perKelvin / p.austeniteSlope;
        angle = perKelvin * (t - p.austeniteStart) + anglePerStress * stress;
        turn = perKelvin * warm;
      }
      let xi = old;
      let perStress = 0;
      const isothermal = base + half * Math.cos(angle < 0 ? 0 : angle > Math.PI ? Math.PI : angle);
      const growing = warm === warmUp;
      if (growing ? isothermal > old : isothermal < old) {
        let isFound = false;
        let low = growing ? old : isothermal;
        let high = growing ? isothermal : old;
        for (let pass = 0; pass < MAX_PASSES; pass++) {
          const free = angle + turn * (xi - old);
          const theta = free < 0 ? 0 : free > Math.PI ? Math.PI : free;
          const sine = theta === free ? half * Math.sin(theta) : 0;
          const residual = xi - base - half * Math.cos(theta);
          if (residual > 0) high = xi;
          else low = xi;
          perStress = (-sine * anglePerStress) / (1 + sine * turn);
          const step = residual / (1 + sine * turn);
          if (Math.abs(step) < FRACTION_TOLERANCE || high - low < FRACTION_TOLERANCE) {
            isFound = true;
            break;
          }
          const next = xi - step;
          const isNewton = pass < NEWTON_PASSES || pass % 2 === 0;
          xi = next > low && next < high && isNewton ? next : 0.5 * (low + high);
        }
        if (!isFound) solved = false;
      }
      const next = t + warm * (xi - old);
      const modulus = p.austeniteModulus + xi * modulusChange;
      const elastic = (stress - p.thermalModulus * (next - p.referenceTemperature)) / modulus;
      this.nextFraction[i] = xi;
      this.nextTemperature[i] = next;
      sum += elastic + p.transformationStrain * xi;
      gradient +=
        (1 +
          perStress *
            (modulus * p.transformationStrain - elastic * modulusChange - p.thermalModulus * warm)) /
        modulus;
    }
    this.solved = solved;
    this.strainSum = sum;
    this.strainSlope = gradient;
  }

  accept(): void {
    const { fraction, temperature, balanced, nextFraction, nextTemperature } = this;
    let entropy = 0;
    let moves = 0;
    for (let i = 0; i < fraction.length; i++) {
      const moved = nextFraction[i] - fraction[i];
      if (moved !== 0) {
        moves += Math.abs(moved);
        entropy += (Math.abs(moved) * this.p.dissipation) / nextTemperature[i];
        (moved > 0 ? this.returnStart : this.loadingStart)[i] = nextFraction[i];
      }
      fraction[i] = nextFraction[i];
      temperature[i] = nextTemperature[i];
      balanced[i] = nextTemperature[i];
    }
    this.entropyProduced += entropy;
    this.dissipated += moves * this.p.dissipation;
  }

  strainAt(stress: number): number {
    const { fraction, balanced } = this;
    let sum = 0;
    for (let i = 0; i < fraction.length; i++) {
      sum += this.strainOf(stress, balanced[i], fraction[i]);
    }
    return sum;
  }

  storedEnergy(stress: number): number {
    const { p, fraction, temperature } = this;
    let sum = 0;
    for (let i = 0; i < fraction.length; i++) {
      sum +=
        p.heatCapacity * (temperature[i] - p.referenceTemperature) +
        (0.5 * stress * stress) / this.modulus(fraction[i]) -
        p.latentHeat * fraction[i];
    }
    return sum;
  }

  strainOf(stress: number, temperature: number, fraction: number): number {
    const { thermalModulus, referenceTemperature, transformationStrain } = this.p;
    const elastic = (stress - thermalModulus * (temperature - referenceTemperature)) / this.modulus(fraction);
    return elastic + transformationStrain * fraction;
  }

  /** The law has no potential; this is the entropy to which its latent heat belongs at T0, and it knows no stress. */
  entropyOf(_stress: number, temperature: number, fraction: number): number {
    const { heatCapacity, latentHeat, referenceTemperature } = this.p;
    return (
      heatCapacity * Math.log(temperature / referenceTemperature) -
      (latentHeat / referenceTemperature) * fraction
    );
  }

  lateralStrain(stress: number, fraction: number): number {
    const { poissonRatio, lateralShare, transformationStrain } = this.p;
    return (poissonRatio * stress) / this.modulus(fraction) + lateralShare * transformationStrain * fraction;
  }

  private modulus(xi: number): number {
    return this.p.austeniteModulus + xi * (this.p.martensiteModulus - this.p.austeniteModulus);
  }
}
