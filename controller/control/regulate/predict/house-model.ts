/**
 * The house as a regulator that looks ahead sees it: air, walls and cold loop, and two things that nobody measures: a load
 * on the air (people, sun, a leaky wall), and by what share the machine cools more than its outlook. A share, not watts: a
 * machine whose walls or tubes are other than believed is wrong by more where it cools more, and a plan that takes the
 * last watt for a smaller one than it is swings.
 *
 *   machine ─ cold loop ─ coil ─ air ─ walls ─ outdoors        with fans off the loop stands by itself
 */
import { Matrix } from 'ml-matrix';
import { type Discrete, discretize } from '../../../../sim/numerics/discretize.ts';
import type { HouseOutlook } from './outlook.ts';

/** Places in the state: °C, °C, °C, W, 1. */
export const STATE = { air: 0, wall: 1, loop: 2, load: 3, excess: 4 } as const;
/** Places in the input: W taken by the machine, °C, and 1 for the known gain. */
export const INPUT = { cooling: 0, outdoor: 1, one: 2 } as const;

/** @param outlook_W what the machine takes by its outlook meanwhile: the excess is a share of it */
export function houseModel(
  house: HouseOutlook,
  isRunning: boolean,
  dtS: number,
  outlook_W: number,
): Discrete {
  const { air, wall, loop, load, excess } = STATE;
  const A = Matrix.zeros(5, 5);
  const B = Matrix.zeros(5, 3);
  const coil = isRunning ? house.coil_W_per_K : 0;
  const flow = (from: number, to: number, conductance: number, capacity: number): void => {
    A.set(to, from, A.get(to, from) + conductance / capacity);
    A.set(to, to, A.get(to, to) - conductance / capacity);
  };
  flow(wall, air, house.air_to_wall_W_per_K, house.air_J_per_K);
  flow(air, wall, house.air_to_wall_W_per_K, house.wall_J_per_K);
  flow(loop, air, coil, house.air_J_per_K);
  flow(air, loop, coil, house.loop_J_per_K);
  const outdoors = (to: number, conductance: number, capacity: number): void => {
    A.set(to, to, A.get(to, to) - conductance / capacity);
    B.set(to, INPUT.outdoor, conductance / capacity);
  };
  outdoors(air, house.ventilation_W_per_K, house.air_J_per_K);
  outdoors(wall, house.wall_to_outdoors_W_per_K, house.wall_J_per_K);
  A.set(air, load, 1 / house.air_J_per_K);
  B.set(air, INPUT.one, (isRunning ? house.running_gain_W : house.resting_gain_W) / house.air_J_per_K);
  if (isRunning) {
    A.set(loop, excess, -outlook_W / house.loop_J_per_K);
    B.set(loop, INPUT.cooling, -1 / house.loop_J_per_K);
  }
  return discretize(A, B, dtS);
}
