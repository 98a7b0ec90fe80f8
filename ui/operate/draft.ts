/** A recipe as a person types it, and what is to be said of it. Pure. */
import {
  type CycleRecipe,
  differences,
  outOfBounds,
  RECIPE_FIELDS,
  type RecipeBounds,
} from '../../controller/wire/recipe.ts';

/** What stands in the fields; a field that is not there stands at the value of the recipe. */
export type Draft = Readonly<Partial<Record<keyof CycleRecipe, string>>>;

export function recipeOf(draft: Draft, base: CycleRecipe): CycleRecipe {
  const recipe = { ...base };
  for (const { key } of RECIPE_FIELDS) {
    const text = draft[key];
    if (text !== undefined) recipe[key] = text.trim() === '' ? Number.NaN : Number(text);
  }
  return recipe;
}

export const draftOf = (recipe: CycleRecipe): Draft =>
  Object.fromEntries(RECIPE_FIELDS.map(({ key }) => [key, String(recipe[key])]));

export interface Judged {
  readonly recipe: CycleRecipe;
  /** By field: why it is not allowed. */
  readonly wrong: Readonly<Partial<Record<keyof CycleRecipe, string>>>;
  /** What differs from what the machine goes by. */
  readonly changes: readonly string[];
}

export function judge(draft: Draft, base: CycleRecipe, bounds: RecipeBounds): Judged {
  const recipe = recipeOf(draft, base);
  const wrong = Object.fromEntries(outOfBounds(recipe, bounds).map(({ key, sentence }) => [key, sentence]));
  return { recipe, wrong, changes: differences(base, recipe) };
}
