/**
 * Which recipe the device runs, and how it gets another: staged and read back, applied by the device at a cycle start,
 * read back once more. One change is under way at a time; what is in effect is what was read back, never what was
 * sent. Pure: it says what is to be asked of the device and is told what came of it.
 */
import type { RecipeProgress } from '../../wire/recipe.ts';
import type { Recipe } from '../rig-file.ts';

export type RecipeRequest =
  /** Write it, for the next cycle start. */
  | { readonly kind: 'stage_recipe'; readonly recipe: Recipe }
  /** Compare it with the one in effect. */
  | { readonly kind: 'read_recipe'; readonly recipe: Recipe };

export interface RecipeKeeper {
  /** What a run goes by: the recipe of the rig file, or the one that a person asked for since. */
  base(): Recipe;
  inEffect(): Recipe;
  /** The machine may run the one in effect or the one under way: the lower flow and the longer period of both. */
  slowest(): Recipe;
  /** The strain is on its way to another: what follows differs from what came before, and should. */
  isStrainChanging(): boolean;
  /** A person asks for another one; `next` stages it in a run, RESET writes it otherwise. */
  ask(recipe: Recipe): void;
  /** How far that is; null where it is in effect. */
  progress(): RecipeProgress | null;
  /** RESET staged `base`; the run will prove it. */
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
  /** It carries what a person asked for. */
  readonly isAsked: boolean;
}

/** `settled`: what a person asked for is in effect, or the device refused it, and why; then the one before is back. */
export function createRecipeKeeper(first: Recipe, settled: (refused: string | null) => void): RecipeKeeper {
  let base = first;
  /** What a person's wish replaced, while it is not in effect. */
  let before: Recipe | null = null;
  let effective = first;
  let change: Change | null = null;
  /** The cycle in which it surely was staged; null until a reading after that tells one. */
  let sinceCycle: number | null = 0;
  let refusals = 0;
  let problem: string | null = null;

  function settle(refused: string | null): void {
    if (refused !== null && before !== null) base = before;
    before = null;
    settled(refused);
  }

  return {
    base: () => base,
    inEffect: () => effective,
    slowest: () =>
      change === null
        ? effective
        : {
            ...effective,
            frequency_Hz: Math.min(effective.frequency_Hz, change.recipe.frequency_Hz),
            blow_flow_kg_per_s: Math.min(effective.blow_flow_kg_per_s, change.recipe.blow_flow_kg_per_s),
          },
    isStrainChanging: () => change !== null && change.recipe.strain_percent !== effective.strain_percent,
    ask(recipe) {
      before ??= base;
      base = recipe;
    },
    progress: () => (before === null ? null : change?.isAsked === true ? change.phase : 'reset'),
    problem: () => problem,
    forgive() {
      problem = null;
      refusals = 0;
    },
    prepared() {
      effective = base;
      change = { recipe: base, phase: 'staged', isAsked: before !== null };
    },
    runs(cycleNumber) {
      sinceCycle = cycleNumber;
    },
    next(wanted, cycleNumber) {
      // The cycle of a reading from before may be over by the time the device has the recipe.
      if (change?.phase === 'staged') sinceCycle ??= cycleNumber;
      if (change?.phase === 'staged' && cycleNumber >= (sinceCycle ?? 0) + CYCLES_TO_PROVE) {
        change = { ...change, phase: 'proving' };
        return { kind: 'read_recipe', recipe: change.recipe };
      }
      if (wanted === null || change !== null || problem !== null) return null;
      if (!differs(effective, wanted)) {
        // A wish that asks for nothing else is fulfilled.
        if (before !== null) settle(null);
        return null;
      }
      change = { recipe: wanted, phase: 'staging', isAsked: before !== null };
      return { kind: 'stage_recipe', recipe: wanted };
    },
    staged(refused) {
      if (change?.phase !== 'staging') return;
      const { isAsked } = change;
      change = refused === null ? { ...change, phase: 'staged' } : null;
      sinceCycle = null;
      if (refused !== null && isAsked) return settle(refused);
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
        const { isAsked } = change;
        change = null;
        if (isAsked && before !== null) settle(null);
      }
    },
  };
}

function differs(a: Recipe, b: Recipe): boolean {
  const keys = Object.keys(a) as (keyof Recipe)[];
  return keys.some((key) => Math.abs(a[key] - b[key]) > WORTH * Math.abs(a[key]));
}
