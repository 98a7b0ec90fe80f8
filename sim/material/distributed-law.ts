/**
 * Several elements a node, with distributed equilibrium temperatures and dissipations: minor loops are narrower than
 * the outer one. All elements k = 1..K of a node share stress and temperature, have the weight 1/K each and come from
 * one Gibbs energy, that of superelastic.ts with its ξ-part split up:
 *
 *   G = −½ S_A σ² + α σ (T−T0) − ρc [T ln(T/T0) − (T−T0)]
 *       + 1/K Σ [ −½ ΔS σ² ξ_k − ε_t σ ξ_k + ρΔs (T−T_k) ξ_k + f_e(ξ_k) ]          (ΔS = 1/E_M − 1/E_A)
 *
 *   driving force    X_k = −K ∂G/∂ξ_k = D − h_k − f_e′(ξ_k),  D = ½ ΔS σ² + ε_t σ − ρΔs (T−T_eq),  h_k = ρΔs (T_eq−T_k)
 *   strain, energy   those of superelastic.ts with ξ = 1/K Σ ξ_k, and 1/K Σ (h_k ξ_k + f_e(ξ_k)) in place of f(ξ)
 *   kinetics         ξ_k grows while X_k = +Y_k, shrinks while X_k = −Y_k, rests in between
 *
 * Which h_k and Y_k. Loading, element k starts and ends around D = Y_k + h_k; unloading, around −Y_k + h_k. Let these
 * be Y + g_k and −Y + g_r(k) with the same levels g both ways, symmetric about 0, and r any order of the K: then
 *   Y_k = Y + ½ (g_k − g_r(k)),   h_k = ½ (g_k + g_r(k)),   mean of Y_k = Y,   mean of h_k = 0,
 * so the outer loop keeps its dissipation 2Y, entropy and plateaus whatever r is. Last in, first out (r(k) = k) would
 * be the smooth law: full width 2Y in every minor loop. Here the first to transform are about the first to return:
 * an element of low level has a small Y_k, goes back early and comes again early. Neighbours are exchanged in r, so
 * that the T_k differ too. The levels reproduce f′ at the middles of K equal parts; each element keeps the share of
 * f′ that they leave, so the plateau rises by as much as the smooth law's. Every Y_k stays above a fifth of Y.
 *
 * A step: T′ is the root of T′ = balance(ξ_k(T′)), the first law of the node with every element on its branch; ξ_k
 * falls with T′ and the balance grows with ξ_k, so the equation is monotone with slope ≥ 1 and its residual brackets
 * the root.
 */
import type { Law } from './law.ts';
import {
  type SuperelasticParameters,
  hardeningForce,
  lateralStrain,
  strain,
  volumetricEntropy,
} from './superelastic.ts';

/** No element dissipates less than this share of Y; beyond it the spread of the levels is cut. */
const LEAST_DISSIPATION = 0.2;
/** K: X is then within 3e-4 J/m³ of its branch, of Y in the order of 1e6. */
const TEMPERATURE_TOLERANCE = 1e-9;
/** Passes after which every second one halves the bracket: Newton may go to and fro between two kinks. */
const NEWTON_PASSES = 10;
const MAX_PASSES = 100;
/** A change of 2ξ−1 in a Newton step after which the next one is lost in round-off. */
const NEWTON_STEP = 1e-7;

export interface Elements {
  /** h_k = ρΔs (T_eq − T_k), J/m³. */
  readonly offset: Float64Array;
  /** Y_k, J/m³. */
  readonly dissipation: Float64Array;
  /** f_e′(ξ) = linear z + end z³, z = 2ξ−1, J/m³. */
  readonly linear: number;
  readonly end: number;
}

/** @param count 2 to 16 */
export function distributeElements(p: SuperelasticParameters, count: number): Elements {
  if (!Number.isInteger(count) || count < 2 || count > 16)
    throw new RangeError(`a node has 2 to 16 elements, not ${count}`);
  const rise = p.linearHardening + p.endHardening;
  const highest = hardeningForce(p, 1 - 0.5 / count);
  const spread = Math.min(rise * (1 - 1 / count), (1 - LEAST_DISSIPATION) * p.dissipation);
  const level = (k: number) => (hardeningForce(p, (k + 0.5) / count) * spread) / highest;
  const offset = new Float64Array(count);
  const dissipation = new Float64Array(count);
  for (let k = 0; k < count; k++) {
    const back = level(returnOrder(k, count));
    offset[k] = 0.5 * (level(k) + back);
    dissipation[k] = p.dissipation + 0.5 * (level(k) - back);
  }
  const kept = 1 - spread / rise;
  return { offset, dissipation, linear: p.linearHardening * kept, end: p.endHardening * kept };
}

/** r(k): the opposite of k, with neighbours of the lower half exchanged, and mirrored in the upper. */
function returnOrder(k: number, count: number): number {
  const half = Math.floor(count / 2);
  const fromEnd = Math.min(k, count - 1 - k);
  const exchanged = fromEnd < half && (fromEnd ^ 1) < half ? fromEnd ^ 1 : fromEnd;
  return k === fromEnd ? count - 1 - exchanged : exchanged;
}

/** z in [−1,1] with linear z + end z³ = force, or the nearest end; from a guess in [−1,1]. */
function position(linear: number, end: number, force: number, guess: number): number {
  if (force >= linear + end) return 1;
  if (force <= -linear - end) return -1;
  let z = guess * force > 0 ? guess : 0;
  for (let i = 0; i < 40; i++) {
    const step = (force - z * (linear + end * z * z)) / (linear + 3 * end * z * z);
    z += step;
    if (z > 1) z = 1;
    else if (z < -1) z = -1;
    if (step < NEWTON_STEP && step > -NEWTON_STEP) break;
  }
  return z;
}

export class DistributedLaw implements Law {
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
  private readonly spread: Elements;
  private readonly count: number;
  /** Fractions of the elements, node by node. */
  private readonly elements: Float64Array;
  private readonly nextElements: Float64Array;
  readonly balanced: Float64Array;
  private readonly nextTemperature: Float64Array;
  private readonly nextFraction: Float64Array;
  /** Per node, the parts of the energy balance that do not change within a step. */
  private readonly store: Float64Array;
  private readonly slope: Float64Array;
  private oldStress = 0;

  /** @param elements of a node, 2 to 16 */
  constructor(parameters: SuperelasticParameters, elements: number, nodes: number, temperature: number) {
    this.p = parameters;
    this.spread = distributeElements(parameters, elements);
    this.count = elements;
    this.heatCapacity = parameters.heatCapacity;
    this.latentTemperature =
      (parameters.entropyChange * parameters.equilibriumTemperature) / parameters.heatCapacity;
    this.temperature = new Float64Array(nodes).fill(temperature);
    this.fraction = new Float64Array(nodes);
    this.elements = new Float64Array(nodes * elements);
    this.nextElements = new Float64Array(nodes * elements);
    this.memory = [this.elements];
    this.balanced = new Float64Array(nodes).fill(temperature);
    this.nextTemperature = new Float64Array(nodes).fill(temperature);
    this.nextFraction = new Float64Array(nodes);
    this.store = new Float64Array(nodes);
    this.slope = new Float64Array(nodes);
  }

  restart(): void {
    const { count, elements, fraction } = this;
    this.nextElements.set(elements);
    for (let i = 0; i < fraction.length; i++) {
      let sum = 0;
      for (let k = 0; k < count; k++) sum += elements[i * count + k];
      fraction[i] = sum / count;
    }
  }

  begin(): void {
    const { stress } = this;
    this.oldStress = stress;
    const { p, temperature, fraction, balanced, store, slope, nextTemperature } = this;
    const latent = p.entropyChange * p.equilibriumTemperature;
    const alpha = p.thermalExpansion;
    for (let i = 0; i < temperature.length; i++) {
      const xi = fraction[i];
      const elastic = (p.austeniteCompliance + xi * p.complianceChange) * stress;
      // α T0 − ε at the last balance
      const offset = alpha * balanced[i] - elastic - p.transformationStrain * xi;
      // u + heat + ρc T0 + ½ σ (α T0 − ε)
      store[i] =
        p.heatCapacity * temperature[i] +
        stress * (0.5 * elastic - alpha * balanced[i] + 0.5 * offset) -
        latent * xi +
        this.elementEnergy(i);
      slope[i] = 0.5 * offset;
      nextTemperature[i] = temperature[i];
    }
  }

  attempt(): void {
    const { stress } = this;
    const { p, count, elements, nextElements, store, slope, nextTemperature, nextFraction } = this;
    const { offset, dissipation, linear, end } = this.spread;
    const old = this.oldStress;
    const alpha = p.thermalExpansion;
    const eT = p.transformationStrain;
    const dS = p.complianceChange;
    const entropy = p.entropyChange;
    const latent = entropy * p.equilibriumTemperature;
    const inverse = 1 / (p.heatCapacity - 0.5 * alpha * (stress - old));
    const common = 0.5 * p.austeniteCompliance * old * stress;
    const perXi = 0.5 * dS * old * stress + 0.5 * (old + stress) * eT + latent;
    const drive = 0.5 * dS * stress * stress + eT * stress + latent;
    const strainPerXi = dS * stress + eT;
    const share = 1 / count;
    let sum = 0;
    let gradient = 0;
    let solved = true;
    for (let i = 0; i < store.length; i++) {
      const own = store[i] + slope[i] * stress + common;
      let t = nextTemperature[i];
      let low = Number.NEGATIVE_INFINITY;
      let high = Number.POSITIVE_INFINITY;
      let xi = 0;
      // Σ over moving elements of 1/(∂f_e′/∂ξ), and of that times what the element adds to the balance per ξ
      let give = 0;
      let warmth = 0;
      let isFound = false;
      for (let pass = 0; pass < MAX_PASSES; pass++) {
        const d = drive - entropy * t;
        xi = 0;
        give = 0;
        warmth = 0;
        let stored = 0;
        for (let k = 0; k < count; k++) {
          const at = i * count + k;
          let z = 2 * elements[at] - 1;
          const force = d - offset[k];
          const x = force - z * (linear + end * z * z);
          if (x > dissipation[k] ? z < 1 : x < -dissipation[k] && z > -1) {
            const target = x > 0 ? force - dissipation[k] : force + dissipation[k];
            z = position(linear, end, target, 2 * nextElements[at] - 1);
            if (z > -1 && z < 1) {
              const yielding = 0.5 / (linear + 3 * end * z * z);
              give += yielding;
              warmth += yielding * (perXi - offset[k] - z * (linear + end * z * z));
            }
            nextElements[at] = 0.5 * z + 0.5;
          } else nextElements[at] = elements[at];
          xi += 0.5 * z + 0.5;
          stored += offset[k] * (0.5 * z + 0.5) + 0.25 * z * z * (linear + 0.5 * end * z * z);
        }
        xi *= share;
        give *= share;
        warmth *= share;
        const residual = t - inverse * (own + perXi * xi - share * stored);
        if (residual > 0) high = t;
        else low = t;
        const step = residual / (1 + inverse * entropy * warmth);
        if (step < TEMPERATURE_TOLERANCE && step > -TEMPERATURE_TOLERANCE) {
          t -= residual;
          isFound = true;
          break;
        }
        const next = t - step;
        const isNewton = pass < NEWTON_PASSES || pass % 2 === 0 || !(high - low < Infinity);
        t = next > low && next < high && isNewton ? next : 0.5 * (low + high);
      }
      if (!isFound) solved = false;
      nextTemperature[i] = t;
      nextFraction[i] = xi;
      sum += xi * strainPerXi - alpha * t;
      const tSlope =
        (inverse *
          (slope[i] +
            0.5 * p.austeniteCompliance * old +
            0.5 * (dS * old + eT) * xi +
            0.5 * alpha * t +
            warmth * strainPerXi)) /
        (1 + inverse * entropy * warmth);
      gradient += xi * dS - alpha * tSlope + strainPerXi * give * (strainPerXi - entropy * tSlope);
    }
    this.solved = solved;
    this.strainSlope = gradient + store.length * p.austeniteCompliance;
    this.strainSum = sum + store.length * (p.austeniteCompliance * stress + alpha * p.referenceTemperature);
  }

  accept(): void {
    const { count, elements, nextElements, nextTemperature, nextFraction } = this;
    const { dissipation } = this.spread;
    let produced = 0;
    let dissipated = 0;
    for (let i = 0; i < nextTemperature.length; i++) {
      let lost = 0;
      for (let k = 0; k < count; k++) {
        const at = i * count + k;
        lost += Math.abs(nextElements[at] - elements[at]) * dissipation[k];
      }
      dissipated += lost / count;
      produced += lost / (count * nextTemperature[i]);
    }
    elements.set(nextElements);
    this.fraction.set(nextFraction);
    this.temperature.set(nextTemperature);
    this.balanced.set(nextTemperature);
    this.entropyProduced += produced;
    this.dissipated += dissipated;
  }

  strainAt(stress: number): number {
    let sum = 0;
    for (let i = 0; i < this.fraction.length; i++)
      sum += strain(this.p, stress, this.balanced[i], this.fraction[i]);
    return sum;
  }

  storedEnergy(stress: number): number {
    const { p, temperature, balanced, fraction } = this;
    let sum = 0;
    for (let i = 0; i < temperature.length; i++) {
      sum +=
        p.heatCapacity * (temperature[i] - p.referenceTemperature) +
        0.5 * (p.austeniteCompliance + fraction[i] * p.complianceChange) * stress * stress -
        p.thermalExpansion * balanced[i] * stress -
        p.entropyChange * p.equilibriumTemperature * fraction[i] +
        this.elementEnergy(i);
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

  /** 1/K Σ (h_k ξ_k + f_e(ξ_k)) of a node, J/m³. */
  private elementEnergy(node: number): number {
    const { count, elements } = this;
    const { offset, linear, end } = this.spread;
    let sum = 0;
    for (let k = 0; k < count; k++) {
      const xi = elements[node * count + k];
      const zz = (2 * xi - 1) * (2 * xi - 1);
      sum += offset[k] * xi + 0.25 * zz * (linear + 0.5 * end * zz);
    }
    return sum / count;
  }
}
