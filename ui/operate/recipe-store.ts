/**
 * Recipes by name, in this browser. Not on the controller: what a machine runs must never depend on what somebody left
 * on it, and a page that may only watch can still keep its own; a file carries them from one computer to another. A
 * recipe that is loaded is a draft like one that was typed, and the controller checks it like any other.
 */
import { z } from 'zod';
import { CycleRecipe } from '../../controller/wire/recipe.ts';

const NamedRecipe = z.strictObject({ name: z.string().min(1).max(60), recipe: CycleRecipe });
export type NamedRecipe = z.infer<typeof NamedRecipe>;
const File = z.strictObject({
  format: z.literal('elastocool-recipes-1'),
  recipes: z.array(NamedRecipe).max(200),
});

const KEY = 'elastocool.recipes';
const MOST = 200;

export const toFile = (recipes: readonly NamedRecipe[]): string =>
  `${JSON.stringify({ format: 'elastocool-recipes-1', recipes }, null, 2)}\n`;

/** The recipes of a file, or one sentence that says what is wrong with it. */
export function fromFile(text: string): NamedRecipe[] | string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return 'The file is not JSON.';
  }
  const parsed = File.safeParse(value);
  if (parsed.success) return parsed.data.recipes;
  const [issue] = parsed.error.issues;
  return `The file is no list of recipes: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`;
}

/** Those of the second list take the place of those of the first that have the same name; sorted by name. */
export const merged = (known: readonly NamedRecipe[], more: readonly NamedRecipe[]): NamedRecipe[] =>
  [...known.filter(({ name }) => !more.some((one) => one.name === name)), ...more]
    .toSorted((a, b) => a.name.localeCompare(b.name))
    .slice(0, MOST);

/** What this browser keeps; nothing where that cannot be read. */
export function kept(storage: Pick<Storage, 'getItem'>): NamedRecipe[] {
  const recipes = fromFile(storage.getItem(KEY) ?? toFile([]));
  return typeof recipes === 'string' ? [] : recipes;
}

/** False where the browser keeps nothing. */
export function keep(storage: Pick<Storage, 'setItem'>, recipes: readonly NamedRecipe[]): boolean {
  try {
    storage.setItem(KEY, toFile(recipes));
    return true;
  } catch {
    return false;
  }
}
