/**
 * Which recipe the device runs, and how it gets another: staged and read back, applied by the device at a cycle start,
 * read back once more. One change is under way at a time; what is in effect is what was read back, never what was sent.
 */
import type { Electronics } from '../electronics/electronics.ts';
import type { Recipe } from '../rig-file.ts';

export interface RecipeKeeper {
  inEffect(): Recipe;
  /** RESET staged this one on a machine at rest. */
  prepared(recipe: Recipe): void;
  /** In a run: brings this recipe into effect unless a change is under way or it hardly differs. */
  want(line: Electronics | null, recipe: Recipe, cycleNumber: number): void;
  /** Call with every reading of a machine: proves a change once the device took it at a cycle start. */
  prove(line: Electronics | null, cycleNumber: number): void;
  isChanging(): boolean;
  /** Forgets the problem: a person begins anew. */
  forgive(): void;
  /** Why the recipe cannot be changed, after several tries; null while it can. */
  problem(): string | null;
}

/** Smaller changes than this share are not worth the line. */
const WORTH = 0.002;
/** Tries to change or to prove, one after the other, before a person is told. */
const MOST_FAILURES = 5;
/** A staged recipe is applied at the next cycle start; the cycle after it is surely one of the new recipe. */
const CYCLES_TO_PROVE = 2;

interface Change {
  readonly recipe: Recipe;
  readonly sinceCycle: number;
  phase: 'staging' | 'staged' | 'proving';
}

export function createRecipeKeeper(first: Recipe): RecipeKeeper {
  let effective = first;
  let change: Change | null = null;
  let failures = 0;
  let problem: string | null = null;

  function failed(sentence: string): void {
    change = null;
    if (++failures >= MOST_FAILURES) problem = `The recipe could not be changed ${failures} times: ${sentence}`;
  }

  async function stage(line: Electronics, mine: Change): Promise<void> {
    const refused = await line.stageRecipe(mine.recipe);
    if (change !== mine) return;
    if (refused === null) mine.phase = 'staged';
    else failed(refused);
  }

  async function prove(line: Electronics, mine: Change): Promise<void> {
    const answer = await line.recipeMismatch(mine.recipe);
    if (change !== mine) return;
    if (!answer.ok) failed(answer.sentence);
    else if (answer.value !== null) failed(answer.value);
    else {
      effective = mine.recipe;
      change = null;
      failures = 0;
    }
  }

  return {
    inEffect: () => effective,
    isChanging: () => change !== null,
    problem: () => problem,
    forgive() {
      problem = null;
      failures = 0;
    },
    prepared(recipe) {
      effective = recipe;
      change = problem = null;
      failures = 0;
    },
    want(line, recipe, cycleNumber) {
      if (line === null || change !== null || problem !== null || !differs(effective, recipe)) return;
      change = { recipe, sinceCycle: cycleNumber, phase: 'staging' };
      void stage(line, change);
    },
    prove(line, cycleNumber) {
      if (line === null || change?.phase !== 'staged') return;
      if (cycleNumber < change.sinceCycle + CYCLES_TO_PROVE) return;
      change.phase = 'proving';
      void prove(line, change);
    },
  };
}

function differs(a: Recipe, b: Recipe): boolean {
  const keys = Object.keys(a) as (keyof Recipe)[];
  return keys.some((key) => Math.abs(a[key] - b[key]) > WORTH * Math.abs(a[key]));
}
