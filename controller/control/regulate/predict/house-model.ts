/**
 * The house as a regulator that looks ahead sees it: air, walls and cold loop, and two loads that nobody measures, one on
 * the air (people, sun, a leaky wall) and one on the loop (a machine that cools less than its outlook).
 *
 *   machine ─ cold loop ─ coil ─ air ─ walls ─ outdoors        with fans off the loop stands by itself
 */
import { Matrix } from 'ml-matrix';
import { type Discrete, discretize } from '../../../../sim/numerics/discretize.ts';
import type { HouseOutlook } from './outlook.ts';

/** Places in the state: °C, °C, °C, W, W. */
export const STATE = { air: 0, wall: 1, loop: 2, load: 3, shortfall: 4 } as const;
/** Places in the input: W taken by the machine, °C, and 1 for the known gain. */
export const INPUT = { cooling: 0, outdoor: 1, one: 2 } as const;

export function houseModel(house: HouseOutlook, isRunning: boolean, dtS: number): Discrete {
  const { air, wall, loop, load, shortfall } = STATE;
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
    A.set(loop, shortfall, 1 / house.loop_J_per_K);
    B.set(loop, INPUT.cooling, -1 / house.loop_J_per_K);
  }
  return discretize(A, B, dtS);
}
