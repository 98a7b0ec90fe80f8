/**
 * The law of superelastic.ts, stepped: ξ implicit with its own temperature (a lagged one would chatter), T from the
 * discrete first law. The formulas are written out here because this loop is where the time goes.
 *
 * With T eliminated by the energy balance, the driving force of a node is a polynomial in z = 2ξ−1,
 * X(z) = c0 + c1 z + c2 z² + c3 z³ + c4 z⁴, of which only c0 differs from node to node.
 */
import type { Law } from './law.ts';
import {
  type SuperelasticParameters,
  internalEnergy,
  lateralStrain,
  strain,
  volumetricEntropy,
} from './superelastic.ts';

/** Change of z = 2ξ−1 in an iteration below which the next one, about a cube of it, would be below 1e-8. */
const LAST_STEP = 2e-3;
/** One to three as a rule; nine were seen where `endHardening` is hundreds of times `linearHardening`. */
const MAX_ITERATIONS = 40;

export class SmoothLaw implements Law {
  readonly temperature: Float64Array;
  readonly fraction: Float64Array;
  readonly memory: readonly Float64Array[];
  readonly heatCapacity: number;
  readonly latentTemperature: number;
  readonly conservesEnergy = true;
  stress = 0;
  strainSum = 0;
  strainSlope = 0;
  solved = true;
  entropyProduced = 0;
  dissipated = 0;

  private readonly p: SuperelasticParameters;
  readonly balanced: Float64Array;
  private readonly nextTemperature: Float64Array;
  private readonly nextFraction: Float64Array;
  /** Where the last attempt left z: the start of the next one. */
  private readonly guess: Float64Array;
  /** Per node, the parts of the energy balance that do not change within a step. */
  private readonly store: Float64Array;
  private readonly slope: Float64Array;
  /** Nodes that transform in an attempt; and of each, in their order: energy and X ∓ Y without what z adds, ... */
  private readonly moving: Int32Array;
  private readonly energy: Float64Array;
  private readonly excess: Float64Array;
  /** ... z, and −dz/dX there. */
  private readonly root: Float64Array;
  private readonly softness: Float64Array;
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
    this.moving = new Int32Array(nodes);
    this.energy = new Float64Array(nodes);
    this.excess = new Float64Array(nodes);
    this.root = new Float64Array(nodes);
    this.softness = new Float64Array(nodes);
  }

  restart(): void {
    for (let i = 0; i < this.guess.length; i++) this.guess[i] = 2 * this.fraction[i] - 1;
  }

  begin(): void {
    this.oldStress = this.stress;
    const { p, stress, temperature, fraction, balanced, store, slope } = this;
    const c = p.heatCapacity;
    const latent = p.entropyChange * p.equilibriumTemperature;
    const alpha = p.thermalExpansion;
    for (let i = 0; i < temperature.length; i++) {
      const xi = fraction[i];
      const elastic = (p.austeniteCompliance + xi * p.complianceChange) * stress;
      const expanded = alpha * balanced[i];
      // α T0 − ε at the last balance
      const offset = expanded - elastic - p.transformationStrain * xi;
      // u + heat + ρc T0 + ½ σ (α T0 − ε) − f(ξ)
      store[i] = c * temperature[i] + stress * (0.5 * elastic - expanded + 0.5 * offset) - latent * xi;
      slope[i] = 0.5 * offset;
    }
  }

  attempt(): void {
    const { p, stress } = this;
    const { fraction, store, slope, nextTemperature, nextFraction, guess } = this;
    const { moving, energy, excess, root, softness } = this;
    const old = this.oldStress;
    const nodes = store.length;
    const sA = p.austeniteCompliance;
    const dS = p.complianceChange;
    const alpha = p.thermalExpansion;
    const eT = p.transformationStrain;
    const a = p.linearHardening;
    const b = p.endHardening;
    const y = p.dissipation;
    const entropy = p.entropyChange;
    const inverse = 1 / (p.heatCapacity - 0.5 * alpha * (stress - old));
    const common = 0.5 * sA * old * stress;
    const latent = entropy * p.equilibriumTemperature;
    const perXi = 0.5 * dS * old * stress + 0.5 * (old + stress) * eT + latent;
    const drive = 0.5 * dS * stress * stress + eT * stress + latent;
    const r = entropy * inverse;
    const c1 = -0.5 * r * perXi - a;
    const c2 = 0.25 * r * a;
    const c3 = -b;
    const c4 = 0.125 * r * b;
    const slopeSum = 0.5 * sA * old;
    const slopePerXi = 0.5 * (dS * old + eT);
    const strainPerXi = dS * stress + eT;
    // Σ ε and its slope are linear in ξ, T and the slopes, so that their sums suffice for nodes at rest
    let fractions = 0;
    let temperatures = 0;
    let slopes = 0;
    let count = 0;

    // every node as if ξ rested: f(ξ) before and after cancel
    for (let i = 0; i < nodes; i++) {
      const xi = fraction[i];
      const z = 2 * xi - 1;
      const own = store[i] + slope[i] * stress + common;
      const t = (own + perXi * xi) * inverse;
      const driving = drive - entropy * t - z * (a + b * z * z);
      nextFraction[i] = xi;
      nextTemperature[i] = t;
      slopes += slope[i];
      if (driving > y ? z < 1 : driving < -y && z > -1) {
        const whole = own + 0.25 * z * z * (a + 0.5 * b * z * z);
        moving[count] = i;
        energy[count] = whole;
        excess[count] = drive - r * (whole + 0.5 * perXi) - (driving > y ? y : -y);
        root[count] = guess[i];
        count++;
      } else {
        fractions += xi;
        temperatures += t;
      }
    }

    // X(z) = ±Y of those that transform, all of them an iteration at a time: a division of one waits for no other
    let largest = count > 0 ? 1 : 0;
    for (let k = 0; k < MAX_ITERATIONS && largest > LAST_STEP; k++) {
      largest = 0;
      for (let j = 0; j < count; j++) {
        const z = root[j];
        const zz = z * z;
        const soft = -1 / (c1 + 2 * c2 * z + zz * (3 * c3 + 4 * c4 * z));
        const newton = (excess[j] + c1 * z + zz * (c2 + c3 * z + c4 * zz)) * soft;
        // Chebyshev: with the curvature, each iteration cubes the error; but far from the root the curvature would
        // outweigh the slope and turn the step round, and Newton's own step, cut at ±1, finds the way from anywhere
        const bend = newton * (c2 + 3 * c3 * z + 6 * c4 * zz) * soft;
        let next = z + newton * (bend > -0.5 && bend < 0.5 ? 1 + bend : 1);
        if (next > 1) next = 1;
        else if (next < -1) next = -1;
        root[j] = next;
        softness[j] = soft;
        const step = Math.abs(next - z);
        if (step > largest) largest = step;
      }
    }

    this.solved = largest <= LAST_STEP;

    let transforming = 0;
    for (let j = 0; j < count; j++) {
      const i = moving[j];
      const z = root[j];
      const zz = z * z;
      const xi = 0.5 * z + 0.5;
      const t = (energy[j] + perXi * xi - 0.25 * zz * (a + 0.5 * b * zz)) * inverse;
      guess[i] = z;
      nextFraction[i] = xi;
      nextTemperature[i] = t;
      fractions += xi;
      temperatures += t;
      if (zz < 1) {
        const tPerXi = (perXi - z * (a + b * zz)) * inverse;
        const tSlope = (slope[i] + slopeSum + slopePerXi * xi + 0.5 * alpha * t) * inverse;
        transforming += (strainPerXi - alpha * tPerXi) * (strainPerXi - entropy * tSlope) * softness[j];
      }
    }

    const tSlopes =
      (slopes + nodes * slopeSum + slopePerXi * fractions + 0.5 * alpha * temperatures) * inverse;
    this.strainSum =
      nodes * (sA * stress + alpha * p.referenceTemperature) + strainPerXi * fractions - alpha * temperatures;
    this.strainSlope = nodes * sA + dS * fractions - alpha * tSlopes + 0.5 * transforming;
  }

  accept(): void {
    const { dissipation } = this.p;
    const { temperature, fraction, balanced, nextTemperature, nextFraction, guess } = this;
    let produced = 0;
    let moves = 0;
    for (let i = 0; i < temperature.length; i++) {
      const xi = nextFraction[i];
      const moved = xi - fraction[i];
      if (moved !== 0) {
        produced += (Math.abs(moved) * dissipation) / nextTemperature[i];
        moves += Math.abs(moved);
      }
      fraction[i] = xi;
      guess[i] = 2 * xi - 1;
      temperature[i] = nextTemperature[i];
      balanced[i] = nextTemperature[i];
    }
    this.entropyProduced += produced;
    this.dissipated += moves * dissipation;
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

  strainOf(stress: number, temperature: number, fraction: number): number {
    return strain(this.p, stress, temperature, fraction);
  }

  entropyOf(stress: number, temperature: number, fraction: number): number {
    return volumetricEntropy(this.p, stress, temperature, fraction);
  }

  lateralStrain(stress: number, fraction: number): number {
    return lateralStrain(this.p, stress, fraction);
  }
}
