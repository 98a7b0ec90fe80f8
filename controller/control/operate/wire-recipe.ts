/** The recipe as rig file and device name it, and as the page does. */
import type { CycleRecipe, RecipeBounds } from '../../wire/recipe.ts';
import type { Recipe, RigFile } from '../rig-file.ts';

export const toWireRecipe = (recipe: Recipe): CycleRecipe => ({
  frequencyHz: recipe.frequency_Hz,
  strainPercent: recipe.strain_percent,
  blowFlowKgPerS: recipe.blow_flow_kg_per_s,
  blowDuty: recipe.blow_duty,
});

export const toRecipe = (recipe: CycleRecipe): Recipe => ({
  frequency_Hz: recipe.frequencyHz,
  strain_percent: recipe.strainPercent,
  blow_flow_kg_per_s: recipe.blowFlowKgPerS,
  blow_duty: recipe.blowDuty,
});

export const toWireBounds = (range: NonNullable<RigFile['recipe_bounds']>): RecipeBounds => ({
  frequencyHz: [...range.frequency_Hz],
  strainPercent: [...range.strain_percent],
  blowFlowKgPerS: [...range.blow_flow_kg_per_s],
  blowDuty: [...range.blow_duty],
});
