/** A cooler that pulls down an insulated chamber of air: the model house, small and cold. */
import { UserError } from '../../config/quantity.ts';
import { runRoom } from '../room-run.ts';
import type { MachineRef, Study } from '../study.ts';

export interface ChamberInput {
  /** With the chamber as its room and its coils as exchangers. */
  readonly machine: MachineRef;
  readonly duration_s: number;
}

export interface Chamber {
  readonly time_s: number[];
  readonly air_C: number[];
  readonly cooling_power_W: number[];
}

/** Null where the machine cannot be run so. */
export const chamber: Study<ChamberInput, Chamber | null> = {
  name: 'systems-chamber',
  run({ machine, duration_s }, load) {
    try {
      const { series } = runRoom(load(machine), {
        durationS: duration_s,
        sampleEveryS: 60,
        method: 'multirate',
        place: 'house',
      });
      return {
        time_s: series.map((sample) => sample.time_s),
        air_C: series.map((sample) => sample.controlled_C),
        cooling_power_W: series.map((sample) => sample.cooling_power_W),
      };
    } catch (error) {
      if (error instanceof UserError) return null;
      throw error;
    }
  },
};
