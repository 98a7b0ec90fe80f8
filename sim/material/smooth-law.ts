/**
 * The law of superelastic.ts, stepped: ξ implicit with its own temperature (a lagged one would chatter), T from the
 * discrete first law. The formulas are written out here because this loop is where the time goes.
 *
 * With T eliminated by the energy balance, the driving force of a node is a polynomial in z = 2ξ−1,
 * X(z) = c0 + c1 z + c2 z² + c3 z³ + c4 z⁴, of which only c0 differs from node to node.
 */
import type { Law } from './law.ts';
import { type SuperelasticParameters, internalEnergy, lateralStrain } from './superelastic.ts';

/** Change of z = 2ξ−1 in a Newton step below which the next one would be lost in round-off. */
const NEWTON_STEP = 3e-5;

export class SmoothLaw implements Law {
  readonly temperature: Float64Array;
  readonly fraction: Float64Array;
  readonly memory: readonly Float64Array[];
  readonly heatCapacity: number;
  readonly latentTemperature: number;
  readonly conservesEnergy = true;
  strainSum = 0;
  strainSlope = 0;
  entropyProduced = 0;

  private readonly p: SuperelasticParameters;
  /** Temperatures at the last balance: stress and strain belong to these. */
  private readonly balanced: Float64Array;
  private readonly nextTemperature: Float64Array;
  private readonly nextFraction: Float64Array;
  /** Where the last attempt left z: the start of the next one. */
  private readonly guess: Float64Array;
  /** Per node, the parts of the energy balance that do not change within a step. */
  private readonly store: Float64Array;
  private readonly slope: Float64Array;
  /** Stress at the last balance, Pa. */
  private oldStress = 0;

  constructor(parameters: SuperelasticParameters, nodes: number, temperature: number) {
    this.p = parameters;
    this.heatCapacity = parameters.heatCapacity;
    this.latentTemperature =
      (parameters.entropyChange * parameters.equilibriumTemperature) / parameters.heatCapacity;
    this.temperature = new Float64Array(nodes).fill(temperature);
    this.fraction = new Float64Array(nodes);
    this.memory = [this.fraction];
    this.balanced = new Float64Array(nodes).fill(temperature);
    this.nextTemperature = new Float64Array(nodes);
    this.nextFraction = new Float64Array(nodes);
    this.guess = new Float64Array(nodes).fill(-1);
    this.store = new Float64Array(nodes);
    this.slope = new Float64Array(nodes);
  }

  restart(): void {
    this.balanced.set(this.temperature);
  }

  begin(stress: number): void {
    this.oldStress = stress;
    const { p, temperature, fraction, balanced, store, slope } = this;
    const c = p.heatCapacity;
    const latent = p.entropyChange * p.equilibriumTemperature;
    const alpha = p.thermalExpansion;
    const a = p.linearHardening;
    const b = p.endHardening;
    for (let i = 0; i < temperature.length; i++) {
      const xi = fraction[i];
      const zz = (2 * xi - 1) * (2 * xi - 1);
      const elastic = (p.austeniteCompliance + xi * p.complianceChange) * stress;
      // α T0 − ε at the last balance
      const offset = alpha * balanced[i] - elastic - p.transformationStrain * xi;
      // u + heat + ρc T0 + ½ σ (α T0 − ε)
      store[i] =
        c * temperature[i] +
        stress * (0.5 * elastic - alpha * balanced[i] + 0.5 * offset) -
        latent * xi +
        0.25 * zz * (a + 0.5 * b * zz);
      slope[i] = 0.5 * offset;
    }
  }

  attempt(stress: number): void {
    const p = this.p;
    const { fraction, store, slope, nextTemperature, nextFraction, guess } = this;
    const old = this.oldStress;
    const sA = p.austeniteCompliance;
    const dS = p.complianceChange;
    const alpha = p.thermalExpansion;
    const eT = p.transformationStrain;
    const a = p.linearHardening;
    const b = p.endHardening;
    const y = p.dissipation;
    const inverse = 1 / (p.heatCapacity - 0.5 * alpha * (stress - old));
    const common = 0.5 * sA * old * stress;
    const latent = p.entropyChange * p.equilibriumTemperature;
    const perXi = 0.5 * dS * old * stress + 0.5 * (old + stress) * eT + latent;
    const drive = 0.5 * dS * stress * stress + eT * stress + latent;
    const r = p.entropyChange * inverse;
    const c1 = -0.5 * r * perXi - a;
    const c2 = 0.25 * r * a;
    const c3 = -b;
    const c4 = 0.125 * r * b;
    const offset = drive - 0.5 * r * perXi - r * common;
    const slopeSum = 0.5 * sA * old;
    const slopePerXi = 0.5 * (dS * old + eT);
    const strainPerXi = dS * stress + eT;
    let sum = 0;
    let gradient = 0;
    for (let i = 0; i < store.length; i++) {
      let z = 2 * fraction[i] - 1;
      const own = store[i] + slope[i] * stress;
      const c0 = offset - r * own;
      const driving = c0 + z * (c1 + z * (c2 + z * (c3 + z * c4)));
      let stiffness = 0;
      if (driving > y ? z < 1 : driving < -y && z > -1) {
        const excess = c0 - (driving > y ? y : -y);
        z = guess[i];
        for (let k = 0; k < 12; k++) {
          stiffness = -(c1 + z * (2 * c2 + z * (3 * c3 + z * (4 * c4))));
          const step = (excess + z * (c1 + z * (c2 + z * (c3 + z * c4)))) / stiffness;
          z += step;
          if (z > 1) z = 1;
          else if (z < -1) z = -1;
          // Newton doubles the digits: after a step of 1e-5 the next would be 1e-9
          if (step < NEWTON_STEP && step > -NEWTON_STEP) break;
        }
        guess[i] = z;
        if (z === 1 || z === -1) stiffness = 0;
      }
      const xi = 0.5 * z + 0.5;
      const zz = z * z;
      const t = (own + common + perXi * xi - 0.25 * zz * (a + 0.5 * b * zz)) * inverse;
      nextFraction[i] = xi;
      nextTemperature[i] = t;
      sum += xi * strainPerXi - alpha * t;
      const tSlope = (slope[i] + slopeSum + slopePerXi * xi + 0.5 * alpha * t) * inverse;
      gradient += xi * dS - alpha * tSlope;
      if (stiffness !== 0) {
        const tPerXi = (perXi - z * (a + b * zz)) * inverse;
        gradient +=
          ((strainPerXi - alpha * tPerXi) * (strainPerXi - p.entropyChange * tSlope)) / (2 * stiffness);
      }
    }
    this.strainSlope = gradient + store.length * sA;
    this.strainSum = sum + store.length * (sA * stress + alpha * p.referenceTemperature);
  }

  accept(): void {
    const { dissipation } = this.p;
    const { temperature, fraction, balanced, nextTemperature, nextFraction, guess } = this;
    let entropy = 0;
    for (let i = 0; i < temperature.length; i++) {
      const xi = nextFraction[i];
      const moved = xi - fraction[i];
      if (moved !== 0) entropy += (Math.abs(moved) * dissipation) / nextTemperature[i];
      fraction[i] = xi;
      guess[i] = 2 * xi - 1;
      temperature[i] = nextTemperature[i];
      balanced[i] = nextTemperature[i];
    }
    this.entropyProduced += entropy;
  }

  strainAt(stress: number): number {
    const p = this.p;
    let fractions = 0;
    let warmth = 0;
    for (let i = 0; i < this.fraction.length; i++) {
      fractions += this.fraction[i];
      warmth += this.balanced[i] - p.referenceTemperature;
    }
    return (
      this.fraction.length * p.austeniteCompliance * stress +
      fractions * (p.complianceChange * stress + p.transformationStrain) -
      p.thermalExpansion * warmth
    );
  }

  storedEnergy(stress: number): number {
    let sum = 0;
    for (let i = 0; i < this.temperature.length; i++) {
      sum += internalEnergy(this.p, stress, this.balanced[i], this.fraction[i]);
      sum += this.p.heatCapacity * (this.temperature[i] - this.balanced[i]);
    }
    return sum;
  }

  lateralStrain(stress: number, fraction: number): number {
    return lateralStrain(this.p, stress, fraction);
  }
}
