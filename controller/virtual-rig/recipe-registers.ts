/** The recipe as its registers hold it, and what the firmware allows. */
import type { CycleRecipe } from '../../sim/index.ts';

export interface RecipeValues {
  readonly frequency_Hz: number;
  readonly strain_percent: number;
  readonly blow_flow_kg_per_s: number;
  readonly blow_duty: number;
}

/** Lowest and highest value of each register. What also has to fit together, the cycle schedule decides. */
export const RECIPE_RANGES: readonly (readonly [key: keyof RecipeValues, low: number, high: number])[] = [
  ['frequency_Hz', 0.05, 10],
  ['strain_percent', 0, 8],
  ['blow_flow_kg_per_s', 0, 2],
  ['blow_duty', 0.05, 0.5],
];

export const isRecipeInRange = (values: RecipeValues): boolean =>
  RECIPE_RANGES.every(([key, low, high]) => values[key] >= low && values[key] <= high);

export const toRecipe = (values: RecipeValues): CycleRecipe => ({
  frequencyHz: values.frequency_Hz,
  strain: values.strain_percent / 100,
  blowFlowKgPerS: values.blow_flow_kg_per_s,
  blowDuty: values.blow_duty,
});

/** Values as 32-bit registers hold them. */
export const toRecipeValues = (recipe: CycleRecipe): RecipeValues => ({
  frequency_Hz: Math.fround(recipe.frequencyHz),
  strain_percent: Math.fround(100 * recipe.strain),
  blow_flow_kg_per_s: Math.fround(recipe.blowFlowKgPerS),
  blow_duty: Math.fround(recipe.blowDuty),
});
