/** The parts of a calibration that run on workers. */
import type { Study } from '../study.ts';
import { type Fit, fitFrom } from './least-squares.ts';
import { type CalibrationProblem, modelAt, orNull, pointAt, residualsOf } from './problem.ts';
import { type ProfileEnd, profileEnd } from './profile.ts';
import { POINT_OUTPUTS } from './quantity-columns.ts';
import type { Changes } from '../../config/parameters/parameter.ts';
import type { MachineRef } from '../study.ts';

interface FitInput {
  readonly problem: CalibrationProblem;
  readonly start: readonly number[];
}

/** One fit from one start; null where the model cannot be computed there. */
export const calibrationFit: Study<FitInput, Fit | null> = {
  name: 'calibration-fit',
  run: ({ problem, start }, load) => fitFrom(residualsOf(problem, load), start, { smallestGain: 1e-7 }),
};

interface ProfileInput {
  readonly problem: CalibrationProblem;
  readonly best: Pick<Fit, 'u' | 'sum'>;
  readonly index: number;
  readonly direction: -1 | 1;
  readonly rise: number;
  readonly guess: number;
}

/** One end of one interval. */
export const calibrationProfile: Study<ProfileInput, ProfileEnd> = {
  name: 'calibration-profile',
  run: ({ problem, best, index, direction, rise, guess }, load) =>
    profileEnd(residualsOf(problem, load), best, index, direction, rise, guess, {
      // a hundredth of the rise is asked for, and the sum is some rises large
      smallestGain: 1e-4,
    }),
};

interface ModelInput {
  readonly problem: CalibrationProblem;
  readonly u: readonly number[];
}

/** What the model says in place of the measured values, shape [rows][outputs]. */
export const calibrationModel: Study<ModelInput, number[][] | null> = {
  name: 'calibration-model',
  run: ({ problem, u }, load) => modelAt(problem, load(problem.machine), u),
};

interface ObservationInput {
  readonly machine: MachineRef;
  readonly at: Changes;
}

/** Every result that can be measured at one operating point, in the order of POINT_OUTPUTS; null where not defined. */
export const calibrationObservation: Study<ObservationInput, (number | null)[] | null> = {
  name: 'calibration-observation',
  run: ({ machine, at }, load) => {
    const keys = Object.values(POINT_OUTPUTS).map(({ key }) => key);
    const found = orNull(() => pointAt(load(machine), at, keys));
    return found && found.map((value) => (Number.isFinite(value) ? value : null));
  },
};

export const CALIBRATION_STUDIES = [
  calibrationFit,
  calibrationProfile,
  calibrationModel,
  calibrationObservation,
];
