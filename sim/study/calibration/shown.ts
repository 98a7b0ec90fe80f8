/** The problems that calibration is shown on: measurements made up from a known truth, and published points. */
import type { CalibrationProblem } from './problem.ts';
import { normalSource } from '../sampling/random.ts';

/** Values that the made-up measurements are computed with, SI; those of the preset are 0.148 mm and 34 J/(kg K). */
export const TRUTH = { 'channel.outer_gap': 0.17e-3, 'material.entropy_change': 36 } as const;

/** A small regenerator at ten operating points; `values` are to be filled from the truth. */
export const TRUE_MACHINE: CalibrationProblem = {
  machine: { preset: 'ljubljana-2022', changes: {} },
  parameters: [
    { name: 'channel.outer_gap', low: 0.1e-3, high: 0.5e-3 },
    { name: 'material.entropy_change', low: 28, high: 50 },
  ],
  place: null,
  inputs: [0, 5, 10, 15, 20].flatMap((lift) =>
    [0.006, 0.01].map((flow) => ({ 'operation.lift': lift, 'recipe.blow_flow': flow })),
  ),
  times_s: [],
  outputs: ['cooling_power_W', 'mechanical_power_W'],
  values: [],
  deviations: [],
};

/** Where the truth lies in the ranges, 0 to 1. */
export const TRUE_PLACE: readonly number[] = TRUE_MACHINE.parameters.map(
  ({ name, low, high }) => (TRUTH[name as keyof typeof TRUTH] - low) / (high - low),
);

/**
 * The problem with normal noise on true values.
 * @param truth shape [rows][outputs]
 * @param noise standard deviation, as a share of the largest value of each result
 */
export function withNoise(
  problem: CalibrationProblem,
  truth: readonly (readonly number[])[],
  noise: number,
  seed: number,
): CalibrationProblem {
  const normal = normalSource(seed);
  const sizes = problem.outputs.map((_, k) => Math.max(...truth.map((row) => Math.abs(row[k]))));
  const deviations = truth.map(() => sizes.map((size) => noise * size));
  const values = truth.map((row, i) => row.map((value, k) => value + deviations[i][k] * normal()));
  return { ...problem, values, deviations };
}

/**
 * The two published figures of the sub-zero machine: 36 K lift (taken as zero load) and 1.43 W/g at zero lift. Their
 * scatter is not published; 0.03 W/g (about 1 K of lift) and 0.01 W/g (the last digit) are assumed.
 */
export const PUBLISHED_FREEZER: CalibrationProblem = {
  machine: { preset: 'hkust-freezer-2026', changes: {} },
  parameters: [
    { name: 'channel.inner_gap', low: 0.1e-3, high: 0.5e-3 },
    { name: 'recipe.blow_flow', low: 0.005, high: 0.06 },
  ],
  place: null,
  inputs: [{ 'operation.lift': 36 }, { 'operation.lift': 0 }],
  times_s: [],
  outputs: ['specific_cooling_power_W_per_g'],
  values: [[0], [1.43]],
  deviations: [[0.03], [0.01]],
};

/** The one published figure of the kilowatt machine, 1284 W at zero lift and 3.5 Hz; its scatter, 1 %, is assumed. */
export const PUBLISHED_KILOWATT: CalibrationProblem = {
  machine: { preset: 'hkust-kilowatt-2025', changes: {} },
  parameters: [{ name: 'recipe.blow_flow', low: 0.05, high: 0.6 }],
  place: null,
  inputs: [{ 'operation.lift': 0, 'recipe.frequency': 3.5 }],
  times_s: [],
  outputs: ['cooling_power_W'],
  values: [[1284]],
  deviations: [[13]],
};
