/** A machine at the place of its preset: the model house, or an edge box; what a person asks of such a run. */
import type { Preset } from '../config/device-config.ts';
import { EdgeBox } from '../house/edge-box.ts';
import { House } from '../house/house.ts';
import type { Weather } from '../house/weather.ts';
import { houseRecipe } from '../house-plant.ts';
import { workingFluid } from '../machine/machine.ts';
import { type LongRun, type LongRunOptions, type LongRunSample, runLongRun } from './long-run.ts';

export interface RoomSample extends LongRunSample {
  /** Absent for an edge box. */
  room_C?: number;
  wall_C?: number;
  humidity_ratio_g_per_kg?: number;
  /** Absent for a house. */
  box_C?: number;
}

export interface RoomRun extends Omit<LongRun, 'series'> {
  place: 'house' | 'edge-box';
  indoor_final_C: number;
  outdoor_C: number;
  fan_energy_kJ: number;
  /** Heat of condensation that the cold coil took, and the water; null for an edge box. */
  latent_energy_kJ: number | null;
  condensate_kg: number | null;
  series: RoomSample[];
}

export interface RoomRunOptions extends Omit<LongRunOptions, 'onSample'> {
  readonly place: 'house' | 'edge-box';
  /** Instead of the sine of the preset. */
  readonly weather?: Weather | undefined;
}

/** Everything starts at the preset's `room.initial_temperature`. Throws UserError on an impossible recipe. */
export function runRoom({ device }: Preset, options: RoomRunOptions): RoomRun {
  const fluid = workingFluid(device);
  const isHouse = options.place === 'house';
  const place = isHouse
    ? new House(device, fluid, options.weather)
    : new EdgeBox(device, fluid, options.weather);
  const series: RoomSample[] = [];
  const run = runLongRun(device, place, houseRecipe(device), {
    ...options,
    onSample: (sample) =>
      series.push(
        place instanceof House
          ? {
              ...sample,
              room_C: place.roomK - 273.15,
              wall_C: place.wallK - 273.15,
              humidity_ratio_g_per_kg: 1e3 * place.humidity,
            }
          : { ...sample, box_C: place.boxK - 273.15 },
      ),
  });
  return {
    ...run,
    place: options.place,
    indoor_final_C: run.final_C,
    outdoor_C: run.outdoor_final_C,
    fan_energy_kJ: place.fanJ / 1e3,
    latent_energy_kJ: place instanceof House ? place.latentJ / 1e3 : null,
    condensate_kg: place instanceof House ? place.condensateKg : null,
    series,
  };
}
