/** An outlook whose machine is a formula: cooling grows with the frequency ever more slowly, and costs ever more. */
import type { MachineOutlook, Moved, Ports } from '../../../controller/control/regulate/predict/outlook.ts';

const BLOW_KG_PER_S_HZ = 0.19 / 3.5;
const SHARES = [0.6, 1, 1.4];
const STRAINS = [3, 3.75, 4.5];
const FREQUENCIES = [0.15, 0.3, 0.6, 1.1, 2, 3.5];
const COLD = [12, 22];
const LIFT = [0, 8, 16];

/** Best at one share that depends on nothing, so that a search has an answer. */
export function madeUpPowers(
  { frequency_Hz: f, blow_flow_kg_per_s, strain_percent }: Moved,
  { lift_K }: Ports,
) {
  const share = blow_flow_kg_per_s / (f * BLOW_KG_PER_S_HZ);
  const cooling_W =
    450 * f ** 0.8 * (1 - lift_K / 30) * (strain_percent / 4.5) * (1 - 0.6 * (share - 1.1) ** 2);
  return { cooling_W, electric_W: 20 + 150 * f ** 1.3 * (strain_percent / 4.5) * (1 + 0.1 * share) };
}

export function madeUpOutlook(): MachineOutlook {
  const recipes = FREQUENCIES.flatMap((frequency_Hz) =>
    SHARES.flatMap((share) =>
      STRAINS.map((strain_percent) => ({
        frequency_Hz,
        strain_percent,
        blow_flow_kg_per_s: share * frequency_Hz * BLOW_KG_PER_S_HZ,
      })),
    ),
  );
  const powers = recipes.flatMap((recipe) =>
    COLD.flatMap((cold_C) => LIFT.map((lift_K) => madeUpPowers(recipe, { cold_C, lift_K }))),
  );
  return {
    house: {
      air_J_per_K: 3250,
      wall_J_per_K: 37_000,
      loop_J_per_K: 4180,
      air_to_wall_W_per_K: 93,
      wall_to_outdoors_W_per_K: 11.6,
      ventilation_W_per_K: 0.45,
      coil_W_per_K: 120,
      running_gain_W: 15,
      resting_gain_W: 0,
    },
    blow_flow_kg_per_s_Hz: BLOW_KG_PER_S_HZ,
    blow_duty: 0.36,
    frequency_Hz: FREQUENCIES,
    blow_share: SHARES,
    strain_percent: STRAINS,
    cold_C: COLD,
    lift_K: LIFT,
    cooling_W: powers.map(({ cooling_W }) => cooling_W),
    electric_W: powers.map(({ electric_W }) => electric_W),
    peak_stress_MPa: recipes.map(({ strain_percent }) => 130 * strain_percent),
    pressure_bar: recipes.map(({ blow_flow_kg_per_s }) => 4 * blow_flow_kg_per_s),
  };
}
