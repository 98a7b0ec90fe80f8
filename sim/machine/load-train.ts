/**
 * Cells mechanically in series: one force passes through all of them, so the axial nodes of all cells share F but
 * not their temperature, and warm ones transform later. Banks of cells with other alloys or cross-sections may stand
 * in the same train. The actuator sets the total shortening:
 *
 *   Σ_banks Σ_nodes ε(σ,T,ξ) Δl + F / k_frame = shortening − clearance,   σ = F / A,   F ≥ 0 (contact, never slack taken up)
 *
 * a monotone scalar equation for F, solved by Newton inside a bracket; or it sets the force itself, and the shortening
 * follows. Within it every node takes one adiabatic step of its alloy's law.
 */
import type { Law } from '../material/law.ts';

/**
 * The force equation is closed to this strain, 600 Pa of 600 MPa; the first law holds to round-off whatever is left.
 */
const STRAIN_TOLERANCE = 1e-8;
/** Passes after which every second one halves the bracket: Newton may go to and fro between two kinks of the law. */
const NEWTON_PASSES = 20;
/** Forty halvings: a bracket of 10 GPa ends at 10 mPa. */
const MAX_PASSES = 100;

/** The cells of one bank, as the train sees them. */
export interface Segment {
  readonly law: Law;
  /** Cross-section of the alloy of a cell, m². */
  readonly area: number;
  /** Length of a node, m, times the equal cells that a modelled one stands for. */
  readonly nodeLength: number;
}

export class LoadTrain {
  readonly segments: readonly Segment[];
  /** Force of the train, N. */
  force = 0;
  /** Shortening of the train, m, frame included, from its length at reference temperature without force. */
  shortening = 0;
  /** Passes over all nodes and steps so far, for the benchmark. */
  passes = 0;
  steps = 0;
  /** Steps so far that were accepted although the forces did not balance, or a node did not obey its law. */
  unbalanced = 0;

  /** N/m */
  private readonly frameStiffness: number;
  private readonly length: number;
  /** For the first guess of the next step: d(shortening)/dF, and what the force did beside the stroke (heat). */
  private gradient = 1;
  private drift = 0;

  constructor(segments: readonly Segment[], frameStiffness: number) {
    this.segments = segments;
    this.frameStiffness = frameStiffness;
    this.length = segments.reduce((sum, s) => sum + s.nodeLength * s.law.temperature.length, 0);
    this.settleAt(0);
  }

  /** Highest stress in the train, Pa. */
  get stress(): number {
    let area = Number.POSITIVE_INFINITY;
    for (const segment of this.segments) area = Math.min(area, segment.area);
    return this.force / area;
  }

  /** Mean strain of the alloy, frame left out, 1. */
  get strain(): number {
    return (this.shortening - this.force / this.frameStiffness) / this.length;
  }

  /**
   * After the state of the laws was set from outside: the force that belongs to it at the commanded shortening (m,
   * clearance taken off), as the last balance left it.
   */
  settle(commanded: number): void {
    for (const { law } of this.segments) law.restart();
    const free = this.frozenStrain(0);
    const compliance = (this.frozenStrain(1e3) - free) / 1e3 + 1 / this.frameStiffness;
    this.force = Math.max(0, (commanded - free) / compliance);
    this.shortening = this.frozenStrain(this.force) + this.force / this.frameStiffness;
    this.gradient = compliance;
    this.drift = 0;
  }

  /** The same at a given force, N. */
  settleAt(force: number): void {
    for (const { law } of this.segments) law.restart();
    this.force = force;
    this.shortening = this.frozenStrain(force) + force / this.frameStiffness;
    this.drift = 0;
  }

  /** Adiabatic step to the commanded shortening, m (clearance already taken off). */
  advance(commanded: number): void {
    this.begin();
    const tolerance = STRAIN_TOLERANCE * this.length;
    let low = Number.NEGATIVE_INFINITY;
    let high = Number.POSITIVE_INFINITY;
    const moved = commanded - this.shortening;
    let force = Math.max(0, this.force + moved / this.gradient + this.drift);
    let shortening = 0;
    let isBalanced = false;
    for (let k = 1; ; k++) {
      shortening = this.attempt(force);
      const residual = shortening - commanded;
      isBalanced = Math.abs(residual) < tolerance || (force === 0 && residual > 0);
      if (isBalanced || k === MAX_PASSES) break;
      if (residual > 0) high = force;
      else low = force;
      const next = Math.max(0, force - residual / this.gradient);
      if (next > low && next < high && (k < NEWTON_PASSES || k % 2 === 0)) force = next;
      else force = high < Infinity ? 0.5 * (Math.max(0, low) + high) : 2 * force;
    }
    this.drift = force === 0 || this.force === 0 ? 0 : force - this.force - moved / this.gradient;
    this.accept(force, shortening, isBalanced);
  }

  /** Adiabatic step to a given force, N ≥ 0. */
  advanceToForce(force: number): void {
    this.begin();
    this.accept(force, this.attempt(force), true);
  }

  /** Energy of alloy and frame, J: what the last balance left, plus the heat received since. */
  storedEnergy(): number {
    let sum = this.force ** 2 / (2 * this.frameStiffness);
    for (const { law, area, nodeLength } of this.segments) {
      sum += law.storedEnergy(this.force / area) * area * nodeLength;
    }
    return sum;
  }

  /** Entropy that the transformation produced since the start, J/K. */
  entropyProduced(): number {
    let sum = 0;
    for (const { law, area, nodeLength } of this.segments) sum += law.entropyProduced * area * nodeLength;
    return sum;
  }

  /** Work that hysteresis turned into heat since the start, J. */
  dissipated(): number {
    let sum = 0;
    for (const { law, area, nodeLength } of this.segments) sum += law.dissipated * area * nodeLength;
    return sum;
  }

  private begin(): void {
    for (let k = 0; k < this.segments.length; k++) {
      const { law, area } = this.segments[k];
      law.stress = this.force / area;
      law.begin();
    }
  }

  /** One pass over all nodes at a trial force: returns the shortening, m, and leaves its slope in `gradient`. */
  private attempt(force: number): number {
    this.passes++;
    let shortening = force / this.frameStiffness;
    let gradient = 1 / this.frameStiffness;
    for (let k = 0; k < this.segments.length; k++) {
      const { law, area, nodeLength } = this.segments[k];
      law.stress = force / area;
      law.attempt();
      shortening += law.strainSum * nodeLength;
      gradient += (law.strainSlope * nodeLength) / area;
    }
    this.gradient = gradient;
    return shortening;
  }

  private accept(force: number, shortening: number, isBalanced: boolean): void {
    let isObeyed = isBalanced;
    for (let k = 0; k < this.segments.length; k++) {
      const { law } = this.segments[k];
      if (!law.solved) isObeyed = false;
      law.accept();
    }
    if (!isObeyed) this.unbalanced++;
    this.force = force;
    this.shortening = shortening;
    this.steps++;
  }

  private frozenStrain(force: number): number {
    let sum = 0;
    for (const { law, area, nodeLength } of this.segments) sum += law.strainAt(force / area) * nodeLength;
    return sum;
  }
}
