/** A cooler that pulls down an insulated chamber of air: the model house, small and cold. */
import type { Preset } from '../../config/device-config.ts';
import { UserError } from '../../config/quantity.ts';
import type { Changes } from '../../config/parameters/parameter.ts';
import { vary } from '../../config/vary.ts';
import { runRoom } from '../room-run.ts';
import type { MachineRef, Study } from '../study.ts';

/** Of the freezer (hkust-freezer-2026): its air, from room temperature, after an hour. */
export const PUBLISHED_CHAMBER = { volume_m3: 0.25, air_C: -4, time_s: 3600, start_C: 24 };

/** W/(m² K) of its six walls: a vacuum panel, 8 cm and 4 cm of foam; assumed. */
export const CHAMBER_WALLS = [0.15, 0.3, 0.5] as const;

/** A dry, tight cube with small coils and loops; all assumed but the volume and, as the hot side, 24 °C. */
const CHAMBER: Changes = {
  'room.air_volume': PUBLISHED_CHAMBER.volume_m3,
  'room.wall_area': 6 * PUBLISHED_CHAMBER.volume_m3 ** (2 / 3),
  'room.wall_heat_capacity': 1000,
  'room.outdoor_temperature': PUBLISHED_CHAMBER.start_C + 273.15,
  'room.initial_temperature': PUBLISHED_CHAMBER.start_C + 273.15,
  'room.initial_dew_point': 253.15,
  'room.outdoor_dew_point': 253.15,
  'room.ventilation': 0,
  // never reached, so that the thermostat lets it run
  'room.setpoint': 243.15,
  'exchangers.cold_conductance': 40,
  'exchangers.cold_air_capacity': 60,
  'exchangers.cold_fan_power': 2,
  'exchangers.cold_loop_volume': 2e-4,
  'exchangers.hot_loop_volume': 2e-4,
};

/** What makes the room of a machine such a chamber, run at its own recipe. @param transmittance W/(m² K) of the walls */
export const chamberOf = ({ device: { recipe } }: Preset, transmittance: number): Changes => ({
  ...CHAMBER,
  'room.frequency': recipe.frequency,
  'room.blow_flow': recipe.blow_flow,
  'room.wall_transmittance': transmittance,
});

/** Its air after an hour, °C. Throws UserError on an impossible recipe. */
export function chamberAfterAnHour(preset: Preset, transmittance: number): number {
  const { time_s } = PUBLISHED_CHAMBER;
  const run = runRoom(vary(preset, chamberOf(preset, transmittance)), {
    durationS: time_s,
    sampleEveryS: time_s,
    method: 'multirate',
    place: 'house',
  });
  return run.final_C;
}

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
