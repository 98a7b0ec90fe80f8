/**
 * How long a machine takes to bring its model house to the set-point, over a grid of two parameters of what stands around
 * it. The machine is the same in every cell, so that its periodic solutions are found once for the whole grid.
 */
import type { DeviceConfig } from '../../config/device-config.ts';
import { vary } from '../../config/vary.ts';
import { House } from '../../house/house.ts';
import { houseRecipe } from '../../house-plant.ts';
import { workingFluid } from '../../machine/machine.ts';
import { type MeanPowers, PeriodicMap } from '../periodic-map.ts';
import type { MachineRef, Study } from '../study.ts';

/** A parameter of `room` or `exchangers` by "group.key", and its values in SI. */
export interface GridAxis {
  readonly name: string;
  readonly values: readonly number[];
}

export interface PulldownMapInput {
  readonly machine: MachineRef;
  readonly x: GridAxis;
  readonly y: GridAxis;
  /** Longest time looked at, s. */
  readonly limit_s: number;
}

export interface PulldownMapOutput {
  /** Time to the set-point, s, shape [y][x]; null where it is not reached within the limit. */
  readonly time_s: readonly (readonly (number | null)[])[];
}

/** What cools the house: mean powers between two loop temperatures, K. */
export type Powers = Pick<PeriodicMap, 'at'>;

/** Steps of the slow states, s, as in a long run by multirate. */
const STEP_S = 1;

/**
 * First time at which the room is at or below its set-point with the machine running all the time, s; null where that is
 * not within `limitS`. @param house advanced from where it stands
 */
export function timeToSetpoint(house: House, powers: Powers, limitS: number): number | null {
  const mean: MeanPowers = { coolingW: 0, heatingW: 0, workW: 0, loadingW: 0, pumpW: 0 };
  house.fansRun = true;
  for (let step = 1; step * STEP_S <= limitS; step++) {
    powers.at(house.coldLoopK, house.hotLoopK, house.outdoorK, mean);
    house.step(STEP_S, 0, mean.coolingW * STEP_S, mean.heatingW * STEP_S);
    if (house.controlledK <= house.setpointK) return step * STEP_S;
  }
  return null;
}

const AROUND = new Set(['room', 'exchangers']);

export const pulldownMap: Study<PulldownMapInput, PulldownMapOutput> = {
  name: 'pulldown-map',
  run({ machine, x, y, limit_s }, load) {
    for (const { name } of [x, y])
      if (!AROUND.has(name.split('.')[0]))
        throw new RangeError(`${name} belongs to the machine, which is the same all over a map`);
    const preset = load(machine);
    const { device } = preset;
    const fluid = workingFluid(device);
    const powers = new PeriodicMap(device, houseRecipe(device), device.room.outdoor_temperature);
    const cell = (atX: number, atY: number): DeviceConfig =>
      vary(preset, { [x.name]: atX, [y.name]: atY }).device;
    return {
      time_s: y.values.map((atY) =>
        x.values.map((atX) => timeToSetpoint(new House(cell(atX, atY), fluid), powers, limit_s)),
      ),
    };
  },
};

/** Share of the cells whose time lies from `lowS` to `highS`, 0 to 1. */
export function shareWithin({ time_s }: PulldownMapOutput, lowS: number, highS: number): number {
  const times = time_s.flat();
  return times.filter((time) => time !== null && time >= lowS && time <= highS).length / times.length;
}
