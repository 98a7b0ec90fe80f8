/** What the machine is asked to do in every cycle, and within what bounds a person may change it. */
import { z } from 'zod';

export const CycleRecipe = z.strictObject({
  frequencyHz: z.number(),
  /** Nominal strain of the load train at full stroke. */
  strainPercent: z.number(),
  blowFlowKgPerS: z.number(),
  /** Share of the period of a blow, 0 to 1. */
  blowDuty: z.number(),
});
export type CycleRecipe = z.infer<typeof CycleRecipe>;

const bounds = z.tuple([z.number(), z.number()]);
/** Lowest and highest value of each, both allowed. */
export const RecipeBounds = z.object({
  frequencyHz: bounds,
  strainPercent: bounds,
  blowFlowKgPerS: bounds,
  blowDuty: bounds,
});
export type RecipeBounds = z.infer<typeof RecipeBounds>;

/**
 * How far a recipe that a person asked for is: RESET will write it; it is being written; the device has it for its next
 * cycle start; it is being read back.
 */
export const RecipeProgress = z.enum(['reset', 'staging', 'staged', 'proving']);
export type RecipeProgress = z.infer<typeof RecipeProgress>;

interface RecipeField {
  readonly key: keyof CycleRecipe;
  readonly name: string;
  readonly unit: string;
  readonly decimals: number;
}

/** In the order in which people read them. */
export const RECIPE_FIELDS: readonly RecipeField[] = [
  { key: 'frequencyHz', name: 'frequency', unit: 'Hz', decimals: 3 },
  { key: 'strainPercent', name: 'strain', unit: '%', decimals: 3 },
  { key: 'blowFlowKgPerS', name: 'blow flow', unit: 'kg/s', decimals: 4 },
  { key: 'blowDuty', name: 'blow duty', unit: 'of the period', decimals: 4 },
];

/** Each value that lies outside, in a sentence. The page says it while a person types, the controller decides by it. */
export function outOfBounds(
  recipe: CycleRecipe,
  within: RecipeBounds,
): { readonly key: keyof CycleRecipe; readonly sentence: string }[] {
  return RECIPE_FIELDS.flatMap(({ key, name, unit }) => {
    const [low, high] = within[key];
    const given = recipe[key];
    if (given >= low && given <= high) return [];
    const what = Number.isFinite(given) ? `${given} ${unit}` : 'no number';
    return [{ key, sentence: `${name}: ${what} given, allowed is ${low} to ${high} ${unit}.` }];
  });
}

/** What differs, as `frequency 3.5 → 3 Hz`; empty where nothing does. */
export const differences = (before: CycleRecipe, after: CycleRecipe): string[] =>
  RECIPE_FIELDS.filter(({ key }) => before[key] !== after[key]).map(
    ({ key, name, unit, decimals }) =>
      `${name} ${trimmed(before[key], decimals)} → ${trimmed(after[key], decimals)} ${unit}`,
  );

const trimmed = (value: number, decimals: number): string => String(Number(value.toFixed(decimals)));
