/**
 * Cells mechanically in series: one force passes through all of them, so the axial nodes of all cells share F but
 * not their temperature, and warm ones transform later. The actuator sets the total shortening:
 *
 *   Σ_cells Σ_nodes ε(σ,T,ξ) Δl + F / k_frame = shortening − clearance,   σ = F / A,   F ≥ 0 (contact, never tension)
 *
 * a monotone scalar equation for F, solved by Newton inside a bracket. Within it every node takes one adiabatic step
 * of the law in sim/material/superelastic.ts: ξ implicit with its own temperature (T lagged would chatter), T from
 * the discrete first law. The formulas are written out here because this loop is where the time goes.
 */
import { type SuperelasticParameters, internalEnergy } from '../material/superelastic.ts';

/** The force equation is closed to this strain; the first law holds to round-off whatever is left. */
const STRAIN_TOLERANCE = 1e-9;
/** Change of z = 2ξ−1 in a Newton step below which the next one would be lost in round-off. */
const NEWTON_STEP = 3e-5;
const MAX_PASSES = 60;

export interface LoadTrainShape {
  readonly cells: number;
  readonly nodes: number;
  /** Length of a cell, m, and its alloy cross-section, m². */
  readonly cellLength: number;
  readonly area: number;
  /** N/m */
  readonly frameStiffness: number;
  /** How many equal machines-in-series each modelled cell stands for (1 unless identical cells are collapsed). */
  readonly multiplicity: number;
}

export class LoadTrain {
  /** Temperature, K, and martensite fraction of every node, shape [cells × nodes]; heat may be added in between. */
  readonly temperature: Float64Array;
  readonly fraction: Float64Array;
  /** Mean radial strain of each cell, 1: what narrows the outer gap and widens the inner one. */
  readonly radialStrain: Float64Array;
  /** Force of the train, N. */
  force = 0;
  /** Shortening of the train, m, frame included, from its length at reference temperature without force. */
  shortening = 0;
  /** ∫ X dξ/T of all nodes since the start, J/K: entropy that the transformation produced. */
  entropyProduced = 0;
  /** Passes over all nodes and steps so far, for the benchmark. */
  passes = 0;
  steps = 0;

  /** Temperatures at the last force balance: stress and strain belong to these. */
  private readonly balanced: Float64Array;
  private readonly nextTemperature: Float64Array;
  private readonly nextFraction: Float64Array;
  /** Where the last pass left z = 2ξ−1: the start of the next pass. */
  private readonly guess: Float64Array;
  /** Per node, the parts of the energy balance that do not change within a step. */
  private readonly store: Float64Array;
  private readonly slope: Float64Array;
  /** For the first guess of the next step: d(shortening)/dF, and what the force did beside the stroke (heat). */
  private gradient = 1;
  private drift = 0;
  private strainSum = 0;
  private strainSlope = 0;
  private readonly law: SuperelasticParameters;
  private readonly shape: LoadTrainShape;
  private readonly poisson: number;

  constructor(law: SuperelasticParameters, shape: LoadTrainShape, poisson: number, temperature: number) {
    const size = shape.cells * shape.nodes;
    this.law = law;
    this.shape = shape;
    this.poisson = poisson;
    this.temperature = new Float64Array(size).fill(temperature);
    this.fraction = new Float64Array(size);
    this.radialStrain = new Float64Array(shape.cells);
    this.balanced = new Float64Array(size).fill(temperature);
    this.nextTemperature = new Float64Array(size);
    this.nextFraction = new Float64Array(size);
    this.guess = new Float64Array(size).fill(-1);
    this.store = new Float64Array(size);
    this.slope = new Float64Array(size);
    this.shortening = -law.thermalExpansion * (temperature - law.referenceTemperature) * this.totalLength;
  }

  get totalLength(): number {
    return this.shape.cells * this.shape.cellLength * this.shape.multiplicity;
  }

  /** Sets the train free of force at its present temperatures and fractions, as after an unloaded rest. */
  release(): void {
    this.balanced.set(this.temperature);
    this.force = 0;
    this.drift = 0;
    this.prepare();
    this.shortening = this.pass(0);
    this.commit(0);
  }

  /**
   * Adiabatic step to the commanded shortening, m (clearance already taken off). Heat since the last step is whatever
   * was added to `temperature` meanwhile (ρc ΔT per volume).
   */
  advance(commanded: number): void {
    const { area, frameStiffness } = this.shape;
    this.prepare();
    const tolerance = STRAIN_TOLERANCE * this.totalLength;
    let low = 0;
    let high = Number.POSITIVE_INFINITY;
    const moved = commanded - this.shortening;
    let force = Math.max(0, this.force + moved / this.gradient + this.drift);
    for (let k = 0; k < MAX_PASSES; k++) {
      const residual = this.pass(force / area) + force / frameStiffness - commanded;
      const gradient = this.strainSlope / area + 1 / frameStiffness;
      this.gradient = gradient;
      if (Math.abs(residual) < tolerance || (force === 0 && residual > 0)) break;
      if (residual > 0) high = force;
      else low = force;
      let next = force - residual / gradient;
      if (next <= low && low > 0) next = high < Infinity ? 0.5 * (low + high) : 2 * low;
      else if (next >= high) next = 0.5 * (low + high);
      force = Math.max(0, next);
    }
    this.drift = force === 0 || this.force === 0 ? 0 : force - this.force - moved / this.gradient;
    this.commit(force);
  }

  /** Energy of alloy and frame, J: what the last balance left, plus the heat received since. */
  storedEnergy(): number {
    const { area, cellLength, nodes, multiplicity, frameStiffness } = this.shape;
    let sum = 0;
    for (let i = 0; i < this.temperature.length; i++) {
      sum += internalEnergy(this.law, this.force / area, this.balanced[i], this.fraction[i]);
      sum += this.law.heatCapacity * (this.temperature[i] - this.balanced[i]);
    }
    return (sum * area * cellLength * multiplicity) / nodes + this.force ** 2 / (2 * frameStiffness);
  }

  /** Everything in the energy balance of a node that does not depend on the new stress. */
  private prepare(): void {
    const p = this.law;
    const stress = this.force / this.shape.area;
    const { temperature, fraction, balanced, store, slope } = this;
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

  /**
   * One pass over all nodes at a trial stress: their ξ, T and strain. Returns Σ ε Δl in m.
   *
   * With T eliminated by the energy balance, the driving force of a node is a polynomial in z = 2ξ−1,
   * X(z) = c0 + c1 z + c2 z² + c3 z³ + c4 z⁴, of which only c0 differs from node to node.
   */
  private pass(stress: number): number {
    this.passes++;
    const p = this.law;
    const { fraction, store, slope, nextTemperature, nextFraction, guess } = this;
    const old = this.force / this.shape.area;
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
    const nodeLength = (this.shape.cellLength / this.shape.nodes) * this.shape.multiplicity;
    this.strainSlope = (gradient + store.length * sA) * nodeLength;
    this.strainSum = (sum + store.length * (sA * stress + alpha * p.referenceTemperature)) * nodeLength;
    return this.strainSum;
  }

  /** Takes over the last pass as the new state. */
  private commit(force: number): void {
    const p = this.law;
    const { temperature, fraction, balanced, nextTemperature, nextFraction, guess } = this;
    const { cells, nodes, area, cellLength, multiplicity } = this.shape;
    const stress = force / area;
    const nodeVolume = (area * cellLength * multiplicity) / nodes;
    let entropy = 0;
    for (let cell = 0; cell < cells; cell++) {
      let fractionSum = 0;
      for (let i = cell * nodes; i < (cell + 1) * nodes; i++) {
        const xi = nextFraction[i];
        const moved = xi - fraction[i];
        if (moved !== 0) entropy += (Math.abs(moved) * p.dissipation) / nextTemperature[i];
        fraction[i] = xi;
        guess[i] = 2 * xi - 1;
        temperature[i] = nextTemperature[i];
        balanced[i] = nextTemperature[i];
        fractionSum += xi;
      }
      const xiMean = fractionSum / nodes;
      this.radialStrain[cell] =
        this.poisson * (p.austeniteCompliance + xiMean * p.complianceChange) * stress +
        0.5 * p.transformationStrain * xiMean;
    }
    this.entropyProduced += entropy * nodeVolume;
    this.force = force;
    this.shortening = this.strainSum + force / this.shape.frameStiffness;
    this.steps++;
  }
}
