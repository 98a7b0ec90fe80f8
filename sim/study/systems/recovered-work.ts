/** A machine whose drive gives back none to all of the work of unloading, and the loop of its first train. */
import { UserError } from '../../config/quantity.ts';
import { traceCycle } from '../cycle-trace.ts';
import type { MachineRef, Study } from '../study.ts';

export interface RecoveredWork {
  readonly cooling_power_W: number;
  /** Put in while loading, and what is left of it when all of the unloading is given back, W. */
  readonly loading_power_W: number;
  readonly mechanical_power_W: number;
  /** Shape [steps of the cycle]. */
  readonly strain_percent: number[];
  readonly stress_MPa: number[];
}

/** Null where the machine cannot run so. */
export const recoveredWork: Study<MachineRef, RecoveredWork | null> = {
  name: 'systems-recovered-work',
  run(machine, load) {
    try {
      const trace = traceCycle(load(machine).device, { toleranceK: 1e-3 });
      const { cooling_power_W, loading_power_W, mechanical_power_W } = trace.operating_point;
      return {
        cooling_power_W,
        loading_power_W,
        mechanical_power_W,
        strain_percent: [...trace.strain_percent[0]],
        stress_MPa: [...trace.stress_MPa[0]],
      };
    } catch (error) {
      if (error instanceof UserError) return null;
      throw error;
    }
  },
};

/** COP of the device (see DEFINITIONS) where a share 0 to 1 of the work of unloading is recovered. */
export function copAt(
  { cooling_power_W, loading_power_W, mechanical_power_W }: RecoveredWork,
  share: number,
) {
  return cooling_power_W / (loading_power_W - share * (loading_power_W - mechanical_power_W));
}
