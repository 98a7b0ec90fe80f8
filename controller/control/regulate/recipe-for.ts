/** The recipe that goes with an output of the regulator. */
import type { Recipe } from '../rig-file.ts';
import type { Manipulated } from './settings.ts';

/**
 * A frequency changes the blow flow with it, so that a blow always moves the same mass: at a fixed flow the kilowatt
 * machine blows through its regenerator below 2 Hz, and less frequency would then cool less than nothing (−280 W at
 * 1 Hz and 10 K lift). A changed flow leaves everything else as it is.
 */
export function recipeFor(base: Recipe, manipulated: Manipulated, output: number): Recipe {
  if (manipulated === 'blow_flow_kg_per_s') return { ...base, blow_flow_kg_per_s: output };
  const share = output / base.frequency_Hz;
  return { ...base, frequency_Hz: output, blow_flow_kg_per_s: base.blow_flow_kg_per_s * share };
}

export const outputOf = (recipe: Recipe, manipulated: Manipulated): number => recipe[manipulated];
