/**
 * The table of what the regulator is expected to need, from a model of the machine on its house. Takes seconds: it is
 * made in the process of the live model, or by a command, never in the control loop.
 */
import { type FeedForwardTable } from '../control/regulate/feed-forward.ts';
import { recipeFor } from '../control/regulate/recipe-for.ts';
import type { PidPlan } from '../control/regulate/settings.ts';
import type { Recipe } from '../control/rig-file.ts';
import { type CycleRecipe, type DeviceConfig, OutputMap, noPowers } from '../../sim/index.ts';
import { steadyColdLoopK, steadyHotLoopK, steadyLoad } from '../../sim/index.ts';

const ZERO_C_K = 273.15;
const SETPOINTS_C = [16, 20, 24, 28];
const OUTDOORS_C = [16, 20, 24, 28, 32, 36, 40, 44];
const LIFTS_K = [0, 4, 8, 12, 16, 20];
/** Points of the map over the output; cooling bends little between them. */
const OUTPUTS = 7;
/** Steps for maps, tables and rehearsals, by their keys in a preset: a quarter of the work, powers within 2 % (10 % at 0.15 Hz). */
export const COARSE: ReadonlyMap<string, string> = new Map([
  ['nodes', '20'],
  ['blow_steps', '12'],
  ['ramp_steps', '8'],
]);
/** Cold inlet at which the most useful output is looked for, °C: what a coil needs to hold a room. */
const COLD_C = 18;

export const toCycleRecipe = (recipe: Recipe): CycleRecipe => ({
  frequencyHz: recipe.frequency_Hz,
  strain: recipe.strain_percent / 100,
  blowFlowKgPerS: recipe.blow_flow_kg_per_s,
  blowDuty: recipe.blow_duty,
});

/** What the machine does over the output of this plan. Throws UserError where the machine cannot run so. */
export function mapOverOutput(
  device: DeviceConfig,
  base: Recipe,
  { manipulated, limits }: PidPlan,
): OutputMap {
  const { lowest_U, highest_U } = limits;
  const points = Array.from({ length: OUTPUTS }, (_, i) => {
    const output = lowest_U + ((highest_U - lowest_U) * i) / (OUTPUTS - 1);
    return { output, recipe: toCycleRecipe(recipeFor(base, manipulated, output)) };
  });
  return new OutputMap(device, points, device.room.outdoor_temperature);
}

export function feedForwardTable(
  device: DeviceConfig,
  map: OutputMap,
  { manipulated }: PidPlan,
): FeedForwardTable {
  return {
    manipulated,
    setpoint_C: SETPOINTS_C,
    outdoor_C: OUTDOORS_C,
    output_U: SETPOINTS_C.map((setpoint) =>
      OUTDOORS_C.map((outdoor) => holdingOutput(device, map, setpoint + ZERO_C_K, outdoor + ZERO_C_K)),
    ),
    lift_K: LIFTS_K,
    most_U: LIFTS_K.map((lift) => mostUseful(map, COLD_C + ZERO_C_K, lift)),
  };
}

/** The least output that holds the room, by bisection below the most useful one; at the ends where none does. */
function holdingOutput(device: DeviceConfig, map: OutputMap, roomK: number, outdoorK: number): number {
  const loadW = steadyLoad(device, roomK, outdoorK);
  const coldK = steadyColdLoopK(device, roomK, loadW);
  const powers = noPowers();
  const falls = (output: number): boolean => {
    map.at(output, coldK, outdoorK, outdoorK, powers);
    // What is rejected warms the hot loop, and that lowers what is taken; a few rounds settle it.
    for (let round = 0; round < 4; round++) {
      const hotK = steadyHotLoopK(device, outdoorK, powers.heatingW);
      map.at(output, coldK, hotK, outdoorK, powers);
    }
    return powers.coolingW >= loadW;
  };
  let low = map.outputs[0];
  let high = mostUseful(map, coldK, outdoorK - coldK);
  for (let i = 0; i < 20; i++) {
    const middle = (low + high) / 2;
    if (falls(middle)) high = middle;
    else low = middle;
  }
  return high;
}

/** The output with the highest cooling power: the best point of the map, with a parabola through its neighbours. */
function mostUseful(map: OutputMap, coldK: number, lift: number): number {
  const { outputs } = map;
  const powers = noPowers();
  const cooling = outputs.map((output) => {
    map.at(output, coldK, coldK + lift, coldK + lift, powers);
    return powers.coolingW;
  });
  const best = cooling.indexOf(Math.max(...cooling));
  if (best === 0 || best === outputs.length - 1) return outputs[best];
  const [a, b, c] = cooling.slice(best - 1, best + 2);
  return outputs[best] + ((outputs[best + 1] - outputs[best]) * (a - c)) / (2 * (a - 2 * b + c));
}
