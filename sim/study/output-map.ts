/**
 * What a machine does in its cyclic steady state over one thing that a regulator moves (its frequency, its flow) and the
 * temperatures at its ports: one PeriodicMap a recipe, straight lines between.
 */
import type { DeviceConfig } from '../config/device-config.ts';
import type { CycleRecipe } from '../cycle-schedule.ts';
import { type MeanPowers, PeriodicMap } from './periodic-map.ts';

export interface OutputPoint {
  /** What is moved, in any unit; ascending from point to point. */
  readonly output: number;
  readonly recipe: CycleRecipe;
}

export const noPowers = (): MeanPowers => ({ coolingW: 0, heatingW: 0, workW: 0, loadingW: 0, pumpW: 0 });

export class OutputMap {
  readonly outputs: readonly number[];
  private readonly maps: readonly PeriodicMap[];
  private readonly other = noPowers();

  /**
   * @param points at least two
   * @throws UserError on an impossible recipe
   */
  constructor(device: DeviceConfig, points: readonly OutputPoint[], ambientK: number) {
    this.outputs = points.map(({ output }) => output);
    this.maps = points.map(({ recipe }) => new PeriodicMap(device, recipe, ambientK));
  }

  /** Mean powers at this output (of the nearest one beyond the ends) between these temperatures, K. */
  at(output: number, coldK: number, hotK: number, ambientK: number, into: MeanPowers): void {
    const { outputs, maps, other } = this;
    const last = outputs.length - 2;
    const found = outputs.findIndex((edge) => edge >= output);
    const i = Math.min(last, Math.max(0, (found < 0 ? outputs.length : found) - 1));
    const share = Math.min(1, Math.max(0, (output - outputs[i]) / (outputs[i + 1] - outputs[i])));
    maps[i].at(coldK, hotK, ambientK, into);
    if (share === 0) return;
    maps[i + 1].at(coldK, hotK, ambientK, other);
    for (const key of Object.keys(into) as (keyof MeanPowers)[])
      into[key] += share * (other[key] - into[key]);
  }
}
