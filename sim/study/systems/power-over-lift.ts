/** What one machine does over the temperature lift, and the lift at which its cooling power ends. */
import { UserError } from '../../config/quantity.ts';
import { sweepLift } from '../lift-sweep.ts';
import { spanOf } from '../literature/span.ts';
import type { OperatingPoint } from '../operating-point.ts';
import type { MachineRef, Study } from '../study.ts';

export interface LiftInput {
  readonly machine: MachineRef;
  readonly lifts_K: readonly number[];
  /** Where the span is looked for first. */
  readonly guess_K: number;
}

export type LiftPoint = Pick<
  OperatingPoint,
  | 'cooling_power_W'
  | 'heating_power_W'
  | 'specific_cooling_power_W_per_g'
  | 'cop_device'
  | 'cop_material'
  | 'peak_stress_MPa'
>;

export interface LiftCurve {
  /** In the order of the lifts; null where no cyclic steady state is found. */
  readonly points: readonly (LiftPoint | null)[];
  /** K; null where nothing is cooled at zero lift. */
  readonly span_K: number | null;
}

/** Periodic to this, K: below 0.1 % of every power here. */
const TOLERANCE_K = 1e-3;

/** Null where the machine cannot run so. */
export const powerOverLift: Study<LiftInput, LiftCurve | null> = {
  name: 'systems-power-over-lift',
  run({ machine, lifts_K, guess_K }, load) {
    const at = sweepLift(load(machine).device, { toleranceK: TOLERANCE_K });
    try {
      return {
        points: lifts_K.map((lift) => liftPoint(at(lift))),
        span_K: spanOf((lift) => at(lift).cooling_power_W, guess_K),
      };
    } catch (error) {
      if (error instanceof UserError) return null;
      throw error;
    }
  },
};

function liftPoint(point: OperatingPoint): LiftPoint | null {
  if (!point.converged) return null;
  return {
    cooling_power_W: point.cooling_power_W,
    heating_power_W: point.heating_power_W,
    specific_cooling_power_W_per_g: point.specific_cooling_power_W_per_g,
    cop_device: point.cop_device,
    cop_material: point.cop_material,
    peak_stress_MPa: point.peak_stress_MPa,
  };
}
