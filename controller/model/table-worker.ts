/**
 * Makes the feed-forward table on a thread of the model process: it takes seconds in one piece, in which the process
 * itself must hear that its channel closed.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { loadPreset } from '../../sim/command/preset-file.ts';
import type { MpcSection } from '../control/regulate/predict/settings.ts';
import type { PidPlan } from '../control/regulate/settings.ts';
import type { Recipe } from '../control/rig-file.ts';
import { COARSE, feedForwardTable, mapOverOutput } from './feed-forward-table.ts';
import { ROUGH, machineOutlook } from './machine-outlook.ts';

export interface TableOrder {
  readonly preset: string;
  readonly recipe: Recipe;
  readonly plan: PidPlan;
  /** Where a model is to drive. */
  readonly mpc?: MpcSection;
}

const { preset, recipe, plan, mpc } = workerData as TableOrder;
const { device } = loadPreset(preset, COARSE);
const table = feedForwardTable(device, mapOverOutput(device, recipe, plan), plan);
// A port of a thread, not a window: there is no origin to name.
// oxlint-disable-next-line unicorn/require-post-message-target-origin
parentPort?.postMessage(table);
if (mpc !== undefined) {
  const outlook = machineOutlook(loadPreset(preset, ROUGH).device, recipe, mpc);
  // oxlint-disable-next-line unicorn/require-post-message-target-origin
  parentPort?.postMessage({ ...table, outlook });
}
