/** Whether a person may have another recipe now. Pure. */
import type { Mode, RegulatorMode, State } from '../../wire/messages.ts';
import { differences, outOfBounds } from '../../wire/recipe.ts';
import { regulatorProblem } from '../regulate/settings.ts';
import type { Recipe, RigFile } from '../rig-file.ts';
import { toWireBounds, toWireRecipe } from './wire-recipe.ts';

export interface RecipeMoment {
  readonly state: State;
  readonly mode: Mode;
  /** Null where there is the thermostat alone. */
  readonly regulator: RegulatorMode | null;
  readonly base: Recipe;
}

/** RESET writes it and reads it back before anything moves. */
const AT_REST: readonly State[] = ['ABORTED', 'STOPPED', 'COMPLETE'];

/** Why no recipe can be asked for at all, in one sentence; null where one can. */
export function recipeRefusal(rig: RigFile, { state, mode, regulator }: Omit<RecipeMoment, 'base'>) {
  if (rig.recipe_bounds === undefined)
    return 'The recipe is fixed: the rig file has no section recipe_bounds.';
  if (mode === 'shadow') return 'In shadow nothing is written: the recipe is that of whatever drives it.';
  if (regulator === 'autotune')
    return 'A relay test is under way: it measures the machine with this recipe. End it first.';
  if (state === 'EXECUTE' || AT_REST.includes(state)) return null;
  if (state === 'IDLE')
    return 'The recipe was written and verified for this START. STOP, change it, then RESET.';
  return `The recipe can be changed in EXECUTE, or at rest in ${AT_REST.join(', ')}; the machine is in ${state}.`;
}

/** Why this recipe is refused now, in one sentence; null where it is taken. */
export function recipeProblem(asked: Recipe, rig: RigFile, moment: RecipeMoment): string | null {
  const refused = recipeRefusal(rig, moment);
  if (refused !== null || rig.recipe_bounds === undefined) return refused;
  const [first] = outOfBounds(toWireRecipe(asked), toWireBounds(rig.recipe_bounds));
  if (first !== undefined) return first.sentence;
  if (differences(toWireRecipe(moment.base), toWireRecipe(asked)).length === 0)
    return 'This is the recipe already.';
  return regulatorProblem(rig.regulator, asked);
}

/** What was asked for by whom, for the events. */
export const recipeEvent = (before: Recipe, after: Recipe, by: string): string =>
  `${by} changed the recipe: ${differences(toWireRecipe(before), toWireRecipe(after)).join(', ')}.`;

/** Who moves its own part of the recipe. */
const OWN_OUTPUT: ReadonlyMap<RegulatorMode, string> = new Map([
  ['pid', 'The PID'],
  ['mpc', 'The model'],
  ['seek', 'The search'],
  ['manual', 'The output by hand'],
]);

/** What follows from a recipe that was taken. */
export function recipeTaken(state: State, regulator: RegulatorMode | null): string {
  if (state !== 'EXECUTE') return 'The recipe is taken. RESET writes it to the device and reads it back.';
  const taken = 'The recipe is taken: the device applies it at a cycle start, then it is read back.';
  const hand = regulator === null ? undefined : OWN_OUTPUT.get(regulator);
  return hand === undefined ? taken : `${taken} ${hand} goes on from its own output.`;
}
