/**
 * What a machine does in its cyclic steady state as a function of the temperatures at its ports: mean powers, solved at
 * the points of a lattice when first needed and interpolated in between. The powers of a machine are close to linear in
 * its ports (the cooling power of the kilowatt preset bends by 0.03 W/K²), so a coarse lattice is enough.
 */
import type { DeviceConfig } from '../config/device-config.ts';
import { type CycleRecipe, type CycleSchedule, buildCycleSchedule } from '../cycle-schedule.ts';
import { Machine } from '../machine/machine.ts';
import { runCycle, toCyclicSteadyState } from './steady-state.ts';

/** Means over a cycle, W. */
export interface MeanPowers {
  coolingW: number;
  heatingW: number;
  workW: number;
  loadingW: number;
  pumpW: number;
}

const KEYS = ['coolingW', 'heatingW', 'workW', 'loadingW', 'pumpW'] as const satisfies (keyof MeanPowers)[];

/** Distance of the lattice points, K. */
const SPACING_K = 5;
/** Each point is periodic to this, K; 1e-4 K × 800 W/K of blown capacity are 0.1 W. */
const TOLERANCE_K = 1e-4;

export class PeriodicMap {
  /** Lattice points solved so far, and those that did not converge. */
  solved = 0;
  unconverged = 0;
  private readonly schedule: CycleSchedule;
  private readonly machine: Machine;
  private readonly ambientK: number;
  private readonly points = new Map<string, Float64Array>();
  /** Change of the powers with the temperature around the machine, W/K; null until first needed. */
  private ambientSlope: Float64Array | null = null;

  /**
   * @param ambientK around the machine; other values count by their first order
   * @throws UserError on an impossible recipe
   */
  constructor(device: DeviceConfig, recipe: CycleRecipe, ambientK: number) {
    this.schedule = buildCycleSchedule(device, recipe);
    this.machine = new Machine(device, recipe.frequencyHz, ambientK);
    this.ambientK = ambientK;
  }

  /** Mean powers between these temperatures, K. */
  at(coldK: number, hotK: number, ambientK: number, into: MeanPowers): void {
    const [x, y] = [coldK / SPACING_K, hotK / SPACING_K];
    const [i, j] = [Math.floor(x), Math.floor(y)];
    const [u, v] = [x - i, y - j];
    const corners = [this.point(i, j), this.point(i + 1, j), this.point(i, j + 1), this.point(i + 1, j + 1)];
    const weights = [(1 - u) * (1 - v), u * (1 - v), (1 - u) * v, u * v];
    this.ambientSlope ??= this.slopeWithAmbient(i, j);
    for (const [k, key] of KEYS.entries()) {
      const between = corners.reduce((sum, corner, c) => sum + weights[c] * corner[k], 0);
      into[key] = between + this.ambientSlope[k] * (ambientK - this.ambientK);
    }
  }

  private point(i: number, j: number): Float64Array {
    const name = `${i} ${j}`;
    const known = this.points.get(name);
    if (known) return known;
    const solved = this.solve(i * SPACING_K, j * SPACING_K, this.ambientK);
    this.points.set(name, solved);
    return solved;
  }

  private slopeWithAmbient(i: number, j: number): Float64Array {
    const here = this.point(i, j);
    const warmer = this.solve(i * SPACING_K, j * SPACING_K, this.ambientK + SPACING_K);
    return warmer.map((power, k) => (power - here[k]) / SPACING_K);
  }

  /** Starts from the state that the last point left, which is near. */
  private solve(cold: number, hot: number, ambient: number): Float64Array {
    const { machine, schedule } = this;
    const ports = { cold, hot, ambient };
    const steady = toCyclicSteadyState(machine, schedule, ports, { toleranceK: TOLERANCE_K });
    this.solved++;
    const unbalanced = machine.unbalancedSteps();
    const before = this.sums();
    runCycle(machine, schedule, ports);
    if (!steady.converged || machine.unbalancedSteps() > unbalanced) this.unconverged++;
    return this.sums().map((sum, k) => (sum - before[k]) / schedule.periodS);
  }

  private sums(): Float64Array {
    const { machine } = this;
    const { coolingJ, heatingJ, pumpJ } = machine.circuit.books;
    return Float64Array.of(coolingJ, heatingJ, machine.workJ, machine.loadingWorkJ, pumpJ);
  }
}
