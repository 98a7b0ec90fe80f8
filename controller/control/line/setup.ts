/** RESET's work: watchdog, limits and recipe are written and read back; in the run the recipe is looked at again. */
import type { Electronics } from '../electronics/electronics.ts';
import type { RigFile } from '../rig-file.ts';
import type { Tell } from '../tell.ts';

export interface Setup {
  isPrepared(): boolean;
  /** What went wrong; null while nothing did. */
  problem(): string | null;
  /** Forgets the problem: a person begins anew. */
  forgive(): void;
  /** Writes everything; a newer call makes an older one void. */
  prepare(line: Electronics | null): Promise<void>;
  /** Call with every cycle of a run but the first; checks once a run that the recipe is in effect. */
  verify(line: Electronics | null): Promise<void>;
}

export function createSetup(rig: RigFile, tell: Tell): Setup {
  let isPrepared = false;
  let isVerified = false;
  let problem: string | null = null;
  let runs = 0;

  return {
    isPrepared: () => isPrepared,
    problem: () => problem,
    forgive() {
      problem = null;
    },
    async prepare(line) {
      const mine = ++runs;
      isPrepared = isVerified = false;
      if (line === null) return;
      const unarmed = await line.armWatchdog(rig.watchdog_timeout_ms);
      if (unarmed !== null) tell('warning', `UNPROTECTED: the watchdog could not be armed. ${unarmed}`);
      const found = (await line.writeLimits(rig.limits)) ?? (await line.stageRecipe(rig.recipe));
      if (mine !== runs) return;
      if (found === null) isPrepared = true;
      else problem = `RESET failed: ${found}`;
    },
    async verify(line) {
      if (isVerified || line === null) return;
      isVerified = true;
      const mine = runs;
      const answer = await line.recipeMismatch(rig.recipe);
      if (mine !== runs) return;
      if (!answer.ok) isVerified = false;
      else if (answer.value !== null) problem = `The recipe is not in effect: ${answer.value}`;
    },
  };
}
