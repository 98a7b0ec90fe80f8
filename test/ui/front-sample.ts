/** A front as `elastocool optimize` writes it: small, with a word, a hole and what is uncertain. */
import type { FrontFile } from '../../sim/study/optimize/front-file.ts';

const COUNT = 24;

export const FRONT: FrontFile = {
  kind: 'elastocool-front',
  version: 1,
  title: 'Cooling power against COP',
  machine: 'hkust-kilowatt-2025',
  is_preset: true,
  claim: 'Calibrated, not validated.',
  seed: 1,
  judged: 480,
  feasible: 300,
  constraints: ['peak_stress_MPa < 800'],
  robust: { uncertain: ['entropy_change_J_per_kg_K'], samples: 16, assured: 0.9, constraints_hold: 0.95 },
  variables: [
    { column: 'frequency_Hz', unit: 'Hz', title: 'cycles a second' },
    { column: 'law', unit: '', title: 'constitutive law' },
  ],
  objectives: [
    { column: 'cooling_power_W', unit: 'W', title: 'cooling power', sense: 'maximize' },
    { column: 'loading_power_W + pump_power_W', unit: 'W', title: 'power taken', sense: 'minimize' },
  ],
  outputs: [
    { column: 'cop_device', unit: '', title: 'COP of the device' },
    { column: 'fatigue_life_cycles', unit: 'cycles', title: 'fatigue life' },
  ],
  generations: [{ number: 1, feasible: 12, hypervolume: 0.5 }],
  designs: Array.from({ length: COUNT }, (_, i) => {
    const share = i / (COUNT - 1);
    const law = i % 3 === 0 ? 'brinson' : 'smooth';
    return {
      variables: [4 - 3 * share, law],
      objectives: [1000 - 700 * share, 600 * (1 - share) ** 1.7 + 40],
      outputs: [2 + 5 * share, i === 5 ? null : 3e5],
      held_share: 0.95 + 0.05 * share,
      set: { 'operation.lift': '10 K', 'recipe.frequency': `${4 - 3 * share} Hz`, 'material.law': law },
    };
  }),
};
