/** What one machine does at many operating points: the points of every curve over frequency, lift or flow. */
import { UserError } from '../config/quantity.ts';
import type { Changes } from '../config/parameters/parameter.ts';
import { vary } from '../config/vary.ts';
import type { DeviceConfig } from '../config/device-config.ts';
import { type OperatingPoint, solveOperatingPoint } from './operating-point.ts';
import type { MachineRef, Study } from './study.ts';

export interface PointsInput {
  readonly machine: MachineRef;
  /** What differs from the machine at each point, SI, by "group.key". */
  readonly points: readonly Changes[];
}

/** The part of an OperatingPoint that curves are drawn from. */
export type CurvePoint = Pick<
  OperatingPoint,
  | 'cooling_power_W'
  | 'specific_cooling_power_W_per_g'
  | 'pump_power_W'
  | 'pressure_drop_bar'
  | 'utilization'
  | 'cop_material'
>;

/** Periodic to this, K: below 0.1 W of the kilowatt machine, which blows some 300 W/K in the mean. */
const TOLERANCE_K = 1e-3;

/** One entry a point, in order; null where the machine cannot run so, or finds no cyclic steady state. */
export const operatingPoints: Study<PointsInput, (CurvePoint | null)[]> = {
  name: 'kilowatt-operating-points',
  run({ machine, points }, load) {
    const preset = load(machine);
    return points.map((point) => curvePoint(vary(preset, point).device));
  },
};

/** Null where the machine cannot run so, or finds no cyclic steady state. */
export function curvePoint(device: DeviceConfig): CurvePoint | null {
  let solved: OperatingPoint;
  try {
    solved = solveOperatingPoint(device, { toleranceK: TOLERANCE_K });
  } catch (error) {
    if (error instanceof UserError) return null;
    throw error;
  }
  if (!solved.converged) return null;
  return {
    cooling_power_W: solved.cooling_power_W,
    specific_cooling_power_W_per_g: solved.specific_cooling_power_W_per_g,
    pump_power_W: solved.pump_power_W,
    pressure_drop_bar: solved.pressure_drop_bar,
    utilization: solved.utilization,
    cop_material: solved.cop_material,
  };
}
