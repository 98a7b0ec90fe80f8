/** RESET's work: watchdog, limits and recipe are written and read back; in the run the recipe is read again. */
import type { Electronics } from '../electronics/electronics.ts';
import type { Recipe, RigFile } from '../rig-file.ts';
import type { Tell } from '../tell.ts';

export interface SetupSink {
  /** What went wrong, or null. */
  prepared(problem: string | null): void;
  /** What does not fit, or null. */
  recipeStaged(problem: string | null): void;
  /** What differs from the recipe that was asked for, or null; undefined where it could not be read. */
  recipeRead(problem: string | null | undefined): void;
}

export interface Setup {
  /** Writes everything; a newer call makes an older one void. */
  prepare(line: Electronics | null, recipe: Recipe): Promise<void>;
  /** For the next cycle start of a running machine. */
  stageRecipe(line: Electronics | null, recipe: Recipe): Promise<void>;
  /** Compares the one in effect with this. */
  readRecipe(line: Electronics | null, recipe: Recipe): Promise<void>;
}

export function createSetup(rig: RigFile, tell: Tell, sink: SetupSink): Setup {
  let runs = 0;

  return {
    async prepare(line, recipe) {
      const mine = ++runs;
      if (line === null) return;
      const unarmed = await line.armWatchdog(rig.watchdog_timeout_ms);
      if (unarmed !== null) tell('warning', `UNPROTECTED: the watchdog could not be armed. ${unarmed}`);
      const problem =
        (await line.writeLimits(rig.limits)) ??
        (await line.writeStopOrder(rig.stop)) ??
        (await line.stageRecipe(recipe));
      if (mine === runs) sink.prepared(problem);
    },
    async stageRecipe(line, recipe) {
      const mine = runs;
      const problem = line === null ? 'There is no link to the device.' : await line.stageRecipe(recipe);
      if (mine === runs) sink.recipeStaged(problem);
    },
    async readRecipe(line, recipe) {
      const mine = runs;
      const answer = await line?.recipeMismatch(recipe);
      if (mine === runs) sink.recipeRead(answer?.ok === true ? answer.value : undefined);
    },
  };
}
