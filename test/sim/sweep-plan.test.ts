/** A study file read: which points there are, and what is refused. */
import { describe, expect, it } from 'vitest';
import { UserError } from '../../sim/index.ts';
import { loadPreset } from '../../sim/command/preset-file.ts';
import { parseStudy } from '../../sim/study/sweep/plan.ts';
import { studyJsonSchema } from '../../sim/study/sweep/study-file.ts';
import { RESULTS } from '../../sim/study/sweep/results.ts';
import { solveOperatingPoint } from '../../sim/study/operating-point.ts';

const KILOWATT = 'machine: hkust-kilowatt-2025\n';
const plan = (text: string) =>
  parseStudy(text, {
    fileName: 'study.yaml',
    load: (machine, overrides) => loadPreset(machine, overrides),
    machineKey: (machine) => machine,
  });
const refusal = (text: string): string => {
  try {
    plan(text);
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
  return 'taken';
};

describe('a study', () => {
  it('has every combination of what is listed, the last running fastest, in the units of the columns', () => {
    const { indices, shown, factors } = plan(
      `${KILOWATT}vary:\n  lift: { values: [0 K, 5 K] }\n  frequency: { from: 60 rpm, to: 4 Hz, points: 3, spacing: log }`,
    );
    expect(factors.map(({ column }) => column)).toEqual(['lift_K', 'frequency_Hz']);
    expect(indices.map(shown)).toEqual([
      [0, 1],
      [0, 2],
      [0, 4],
      [5, 1],
      [5, 2],
      [5, 4],
    ]);
  });

  it('takes every combination with every sample; a sample does not depend on what is listed', () => {
    const file = (lifts: string) =>
      `${KILOWATT}vary:\n  lift: { values: [${lifts}] }\n  strain: { from: 2 %, to: 4 % }\nsample: { points: 8, seed: 3 }`;
    const [one, two] = [plan(file('0 K')), plan(file('0 K, 5 K'))];
    expect(two.indices.length).toBe(16);
    expect(two.indices.slice(8).map((i) => two.shown(i)[1])).toEqual(one.indices.map((i) => one.shown(i)[1]));
  });

  it('draws a range evenly, a prior by its likeliest value, a count in whole numbers', () => {
    const { indices, shown, preset, machineAt } = plan(
      `${KILOWATT}vary:\n  cells: { from: 8, to: 11 }\n  outer_gap: prior\nsample: { points: 256 }`,
    );
    const all = indices.map(shown);
    for (const count of [8, 9, 10, 11]) expect(all.filter(([cells]) => cells === count).length).toBe(64);
    const [low, high] = (preset.provenance['channel.outer_gap'].range ?? [0, 0]).map((si) => si * 1e3);
    const mode = preset.device.channel.outer_gap * 1e3;
    const mean = all.reduce((sum, [, gap]) => sum + Number(gap), 0) / all.length;
    // mean of a triangular distribution; 256 even points miss it by less than a slice of 1/256 of the range
    expect(Math.abs(mean - (low + mode + high) / 3)).toBeLessThan((high - low) / 256);
    const changes = machineAt(3).changes ?? {};
    expect(Number(changes['channel.outer_gap']) * 1e3).toBeCloseTo(Number(shown(3)[1]), 10);
  });

  it('leaves out points that miss a constraint over parameters, also over those that stand still', () => {
    const { indices, designed, shown } = plan(
      `${KILOWATT}set: { wall_thickness: 0.3 mm }\nvary:\n  outer_diameter: { values: [3 mm, 4 mm, 5 mm] }\nconstraints: ["outer_diameter_mm - 2 * wall_thickness_mm > 2.9"]`,
    );
    expect(designed).toBe(3);
    expect(indices.map((i) => shown(i)[0])).toEqual([4, 5]);
  });

  it('judges constraints over results afterwards; a result that is missing does not meet one', () => {
    const { constraintsMet } = plan(
      `${KILOWATT}vary: { lift: { values: [0 K, 5 K] } }\nconstraints: ["cooling_power_W > 100 * lift_K / 5"]`,
    );
    const at = RESULTS.findIndex(({ key }) => key === 'cooling_power_W');
    const values = (power: number | null) => RESULTS.map((_, i) => (i === at ? power : 1));
    expect(constraintsMet?.(0, values(1))).toBe(true);
    expect(constraintsMet?.(1, values(99))).toBe(false);
    expect(constraintsMet?.(1, values(101))).toBe(true);
    expect(constraintsMet?.(1, values(null))).toBe(false);
  });

  it('has a schema for editors', () => {
    expect(studyJsonSchema()).toMatchObject({ type: 'object', required: ['machine', 'vary'] });
  });

  it('may keep any number of simulate', () => {
    const { device } = loadPreset(
      'ljubljana-2022',
      new Map(['nodes', 'blow_steps'].map((key) => [key, '6'])),
    );
    const solved = solveOperatingPoint(device, { toleranceK: 0.1 });
    const numbers = Object.entries(solved).filter(
      ([key, value]) => typeof value === 'number' || key.startsWith('cop'),
    );
    const known = RESULTS.map(({ key }) => key as string);
    expect(numbers.map(([key]) => key).filter((key) => !known.includes(key))).toEqual([]);
  });

  it.each([
    ['nothing: 1', /study\.yaml:1: machine/],
    ['machine: nobody\nvary: { lift: { values: [1 K] } }', /there is no preset "nobody"/],
    [`${KILOWATT}vary: {}`, /study\.yaml:2: vary: name at least one/],
    [
      `${KILOWATT}vary: { liftt: { values: [1 K] } }`,
      /study\.yaml:2: liftt is not a parameter; did you mean lift/,
    ],
    [
      `${KILOWATT}vary: { lift: { values: [1 kg] } }`,
      /lift: "1 kg" cannot be read in K; allowed is -20 to 120 K/,
    ],
    [`${KILOWATT}vary: { lift: { values: [500 K] } }`, /outside its bounds/],
    [`${KILOWATT}vary: { lift: { values: [1 K, 1 K] } }`, /stands twice/],
    [`${KILOWATT}vary: { cells: { from: 2, to: 4, points: 9 } }`, /stands twice/],
    [`${KILOWATT}vary: { lift: { from: 5 K, to: 1 K, points: 3 } }`, /from must be less/],
    [`${KILOWATT}vary: { lift: { from: 0 K, to: 1 K, points: 3, spacing: log } }`, /cannot start at 0 K/],
    [`${KILOWATT}vary: { lift: { from: 0 K, to: 1 K } }`, /say sample:/],
    [`${KILOWATT}vary: { lift: { values: [1 K] } }\nsample: { points: 3 }`, /nothing is left to sample/],
    [`${KILOWATT}set: { lift: 1 K }\nvary: { lift: { values: [1 K] } }`, /is set and varied/],
    [`${KILOWATT}vary: { lift: { values: [1 K] }, operation.lift: { values: [2 K] } }`, /varied twice/],
    [`${KILOWATT}vary: { pitch_ratio: { values: [1.3] } }`, /pitch_ratio: has no effect here/],
    [
      `${KILOWATT}vary: { pump: { from: 1, to: 2, points: 2 } }`,
      /choice of words; give values: \[prescribed, curve\]/,
    ],
    [
      `${KILOWATT}vary: { lift: { values: [1 K] } }\noutputs: [power]`,
      /power is no result; known are cooling_power_W/,
    ],
    [
      `${KILOWATT}vary: { lift: { values: [1 K] } }\nconstraints: ["zeros(3e4,3e4) > 1"]`,
      /zeros\(\) of 2 is not allowed/,
    ],
    [
      `${KILOWATT}vary: { lift: { values: [1 K] } }\nconstraints: ["lift_K > 2 and lift_K < 1"]`,
      /none of the 1 points/,
    ],
    [
      `${KILOWATT}vary: { lift: { values: [1 K] } }\nconstraints: ["frequency_Hz > 2"]`,
      /names nothing that varies/,
    ],
    [
      `${KILOWATT}vary: { lift: { values: [1 K] } }\nconstraints: ["lift_K > cooling_power_W"]`,
      /K and W on its sides/,
    ],
    [
      `${KILOWATT}vary: { lift: { from: 0 K, to: 9 K, points: 10000 }, strain: { from: 0.02, to: 0.04, points: 200 } }`,
      /2000000 points; allowed are 1000000/,
    ],
  ])('refuses %s', (text, says) => {
    expect(refusal(text)).toMatch(says);
  });
});
