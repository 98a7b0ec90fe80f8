/**
 * Which recipe the device runs, and how it gets another: staged and read back, applied by the device at a cycle start,
 * read back once more. One change is under way at a time; what is in effect is what was read back, never what was
 * sent. Pure: it says what is to be asked of the device and is told what came of it.
 */
import type { Recipe } from '../rig-file.ts';

export type RecipeRequest =
  /** Write it, for the next cycle start. */
  | { readonly kind: 'stage_recipe'; readonly recipe: Recipe }
  /** Compare it with the one in effect. */
  | { readonly kind: 'read_recipe'; readonly recipe: Recipe };

export interface RecipeKeeper {
  inEffect(): Recipe;
  /** RESET staged the recipe of the rig file; the run will prove it. */
  prepared(): void;
  /** The machine began to cycle, with so many cycles behind it. */
  runs(cycleNumber: number): void;
  /** Call with every reading of a cycling machine. `wanted`: null where nothing should change. */
  next(wanted: Recipe | null, cycleNumber: number): RecipeRequest | null;
  /** What came of stage_recipe: null, or what does not fit. */
  staged(problem: string | null): void;
  /** What came of read_recipe: null, what differs, or undefined where it could not be read. */
  read(problem: string | null | undefined): void;
  /** Why the machine must not go on with its recipe; null while it may. */
  problem(): string | null;
  /** A person begins anew. */
  forgive(): void;
}

/** Smaller changes than this share are not worth the line. */
const WORTH = 0.002;
/** Refused one after the other before the run is stopped. */
const MOST_REFUSALS = 5;
/** A staged recipe is applied at the next cycle start; the cycle after that one is surely of the new recipe. */
const CYCLES_TO_PROVE = 2;

interface Change {
  readonly recipe: Recipe;
  readonly phase: 'staging' | 'staged' | 'proving';
}

export function createRecipeKeeper(first: Recipe): RecipeKeeper {
  let effective = first;
  let change: Change | null = null;
  let sinceCycle = 0;
  let refusals = 0;
  let problem: string | null = null;

  return {
    inEffect: () => effective,
    problem: () => problem,
    forgive() {
      problem = null;
      refusals = 0;
    },
    prepared() {
      effective = first;
      change = { recipe: first, phase: 'staged' };
    },
    runs(cycleNumber) {
      sinceCycle = cycleNumber;
    },
    next(wanted, cycleNumber) {
      if (change?.phase === 'staged' && cycleNumber >= sinceCycle + CYCLES_TO_PROVE) {
        change = { ...change, phase: 'proving' };
        return { kind: 'read_recipe', recipe: change.recipe };
      }
      if (wanted === null || change !== null || problem !== null || !differs(effective, wanted)) return null;
      change = { recipe: wanted, phase: 'staging' };
      sinceCycle = cycleNumber;
      return { kind: 'stage_recipe', recipe: wanted };
    },
    staged(refused) {
      if (change?.phase !== 'staging') return;
      change = refused === null ? { ...change, phase: 'staged' } : null;
      refusals = refused === null ? 0 : refusals + 1;
      if (refused !== null && refusals >= MOST_REFUSALS)
        problem = `The recipe could not be changed in ${refusals} tries: ${refused}`;
    },
    read(found) {
      if (change?.phase !== 'proving') return;
      if (found === undefined) change = { ...change, phase: 'staged' };
      else if (found !== null) {
        problem = `The recipe is not in effect: ${found}`;
        change = null;
      } else {
        effective = change.recipe;
        change = null;
      }
    },
  };
}

function differs(a: Recipe, b: Recipe): boolean {
  const keys = Object.keys(a) as (keyof Recipe)[];
  return keys.some((key) => Math.abs(a[key] - b[key]) > WORTH * Math.abs(a[key]));
}
