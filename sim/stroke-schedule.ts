/**
 * The cycle as a rig runs it: one stroke and one flow that changes its sign. Machines of one train with a blow from cold
 * to hot and one back can be driven so; the others only be simulated.
 */
import type { DeviceConfig } from './config/device-config.ts';
import { UserError } from './config/quantity.ts';
import { type CycleRecipe, buildCycleSchedule } from './cycle-schedule.ts';

/** One cycle in `steps` steps; every array has shape [steps]. Phase 0 is the start of loading. */
export interface StrokeSchedule {
  readonly periodS: number;
  readonly steps: number;
  readonly dtS: Float64Array;
  /** Phase at the end of each step, the last one exactly 1. */
  readonly phaseEnd: Float64Array;
  /** Commanded shortening of the load train at the end of each step, m. */
  readonly shorteningM: Float64Array;
  /** Mean flow during each step, kg/s; + hot blow, - cold blow. */
  readonly flowKgPerS: Float64Array;
}

/** Throws UserError where the recipe does not fit, or one stroke and one flow cannot drive the machine. */
export function buildStrokeSchedule(device: DeviceConfig, recipe: CycleRecipe): StrokeSchedule {
  const { hot, cold } = oppositeBlows(device);
  const { actuator, flowKgPerS, ...schedule } = buildCycleSchedule(device, recipe);
  return {
    ...schedule,
    shorteningM: actuator[0],
    flowKgPerS: flowKgPerS[hot].map((flow, i) => flow - flowKgPerS[cold][i]),
  };
}

/** Positions in `layout.blows` of the blow from cold to hot and of the one back. */
export function oppositeBlows({ layout, drive }: DeviceConfig): { hot: number; cold: number } {
  const { trains, blows } = layout;
  const hot = blows.findIndex(({ from, to }) => from === 'cold' && to === 'hot');
  const cold = blows.findIndex(({ from, to }) => from === 'hot' && to === 'cold');
  if (trains.length !== 1 || blows.length !== 2 || hot < 0 || cold < 0 || drive.control !== 'stroke')
    throw new UserError(
      'a rig drives machines of one train by its stroke, with one blow from cold to hot and one back; this one has ' +
        `${trains.length} train(s) under ${drive.control} control and the blows ${blows.map(({ name }) => name).join(', ')}: simulate it instead.`,
    );
  return { hot, cold };
}
