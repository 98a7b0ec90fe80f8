/**
 * What the model says of machine and house, for a regulator that looks ahead: computed once beside the control loop, as
 * the feed-forward is. Cooling and electricity stand on a lattice of recipes and port temperatures; the house is three
 * heat capacities.
 */
import { z } from 'zod';
import { type Lattice, interpolate } from '../../../../sim/numerics/lattice.ts';
import type { Recipe } from '../../rig-file.ts';

const ascending = (values: readonly number[]) => values.every((value, i) => i === 0 || value > values[i - 1]);
const axis = z.array(z.number()).min(2).max(16).refine(ascending);
const values = z.array(z.number()).max(20_000);
const positive = z.number().positive();

/** Air and walls of the room, and the cold loop between the room's coil and the machine. */
const HouseOutlook = z.object({
  air_J_per_K: positive,
  wall_J_per_K: positive,
  loop_J_per_K: positive,
  air_to_wall_W_per_K: positive,
  wall_to_outdoors_W_per_K: positive,
  ventilation_W_per_K: z.number().min(0),
  /** While the fans run. */
  coil_W_per_K: positive,
  /** Heat set free in the room while the machine runs, its fan included, and while it rests. */
  running_gain_W: z.number(),
  resting_gain_W: z.number(),
});
export type HouseOutlook = z.infer<typeof HouseOutlook>;

export const MachineOutlook = z
  .object({
    house: HouseOutlook,
    /** Fluid moved by a blow is blow_share × this, kg/s a Hz. */
    blow_flow_kg_per_s_Hz: positive,
    blow_duty: positive,
    frequency_Hz: axis,
    blow_share: axis,
    strain_percent: axis,
    cold_C: axis,
    lift_K: axis,
    /** Shape [frequency][blow_share][strain][cold][lift]. */
    cooling_W: values,
    electric_W: values,
    /** The highest at any of the port temperatures. Shape [frequency][blow_share][strain]. */
    peak_stress_MPa: values,
    pressure_bar: values,
  })
  .refine((o) => {
    const recipes = o.frequency_Hz.length * o.blow_share.length * o.strain_percent.length;
    const points = recipes * o.cold_C.length * o.lift_K.length;
    return (
      [o.cooling_W, o.electric_W].every(({ length }) => length === points) &&
      [o.peak_stress_MPa, o.pressure_bar].every(({ length }) => length === recipes)
    );
  }, 'the outlook is not as large as its axes');
export type MachineOutlook = z.infer<typeof MachineOutlook>;

export interface Ports {
  readonly cold_C: number;
  readonly lift_K: number;
}

/** What a regulator that looks ahead may move. */
export type Moved = Omit<Recipe, 'blow_duty'>;

export const coolingOf = (outlook: MachineOutlook, recipe: Moved, ports: Ports): number =>
  interpolate(lattice(outlook, outlook.cooling_W), [
    ...coordinates(outlook, recipe),
    ports.cold_C,
    ports.lift_K,
  ]);

export const electricOf = (outlook: MachineOutlook, recipe: Moved, ports: Ports): number =>
  interpolate(lattice(outlook, outlook.electric_W), [
    ...coordinates(outlook, recipe),
    ports.cold_C,
    ports.lift_K,
  ]);

function lattice(outlook: MachineOutlook, values: readonly number[]): Lattice {
  const { frequency_Hz, blow_share, strain_percent, cold_C, lift_K } = outlook;
  return { axes: [frequency_Hz, blow_share, strain_percent, cold_C, lift_K], values };
}

const coordinates = (outlook: MachineOutlook, recipe: Moved): number[] => [
  recipe.frequency_Hz,
  recipe.blow_flow_kg_per_s / (recipe.frequency_Hz * outlook.blow_flow_kg_per_s_Hz),
  recipe.strain_percent,
];

export interface LatticeRecipe {
  readonly recipe: Moved;
  readonly peak_stress_MPa: number;
  readonly pressure_bar: number;
}

/** Every recipe of the lattice. */
export function latticeRecipes(outlook: MachineOutlook): LatticeRecipe[] {
  const { frequency_Hz, blow_share, strain_percent, peak_stress_MPa, pressure_bar } = outlook;
  let at = 0;
  return frequency_Hz.flatMap((frequency) =>
    blow_share.flatMap((share) =>
      strain_percent.map((strain) => ({
        recipe: {
          frequency_Hz: frequency,
          strain_percent: strain,
          blow_flow_kg_per_s: share * frequency * outlook.blow_flow_kg_per_s_Hz,
        },
        peak_stress_MPa: peak_stress_MPa[at],
        pressure_bar: pressure_bar[at++],
      })),
    ),
  );
}
