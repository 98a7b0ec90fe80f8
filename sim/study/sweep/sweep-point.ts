/** One point of a sweep, on any worker. */
import { UserError } from '../../config/quantity.ts';
import { type OperatingPoint, solveOperatingPoint } from '../operating-point.ts';
import type { MachineRef, Study } from '../study.ts';
import { RESULTS } from './results.ts';

export interface SweepInput {
  /** Number of the point in its design. */
  readonly index: number;
  readonly machine: MachineRef;
  /** Cyclic steady state to this, K. */
  readonly toleranceK: number;
}

/**
 * `not converged`: there is no single repeating cycle, and what was measured is of the last one. `refused`: the machine
 * cannot run so. `failed`: a fault of the program.
 */
export const STATUSES = ['converged', 'not converged', 'refused', 'failed'] as const;

export interface SweepOutput {
  readonly status: (typeof STATUSES)[number];
  /** Empty where it converged. */
  readonly why: string;
  /** In the order of RESULTS; none where it was refused. */
  readonly values: readonly (number | null)[];
}

export const sweepPoint: Study<SweepInput, SweepOutput> = {
  name: 'sweep-point',
  run({ machine, toleranceK }, load) {
    let solved: OperatingPoint;
    try {
      solved = solveOperatingPoint(load(machine).device, { toleranceK });
    } catch (error) {
      // One bad point must not cost the others.
      const status = error instanceof UserError ? 'refused' : 'failed';
      return { status, why: error instanceof Error ? error.message : String(error), values: [] };
    }
    return {
      status: solved.converged ? 'converged' : 'not converged',
      why: solved.converged ? '' : (solved.warnings[0] ?? ''),
      values: RESULTS.map(({ key }) => finite(solved[key])),
    };
  },
};

const finite = (value: number | null): number | null =>
  value !== null && Number.isFinite(value) ? value : null;
