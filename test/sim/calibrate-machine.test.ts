/** Calibration of real machines, on one thread: a truth found again, what cannot be told apart, files and chapter agree. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadMachine } from '../../sim/command/machine-ref.ts';
import { calibrationFigure } from '../../sim/report/calibration-figure.ts';
import { calibrate } from '../../sim/study/calibration/calibrate.ts';
import type { Calibration } from '../../sim/study/calibration/result.ts';
import { valueOf } from '../../sim/study/calibration/leans.ts';
import { readCsvRecords } from '../../sim/command/csv-records.ts';
import { parseMeasurements } from '../../sim/study/calibration/measurement-table.ts';
import { type CalibrationProblem, modelAt } from '../../sim/study/calibration/problem.ts';
import {
  PUBLISHED_FREEZER,
  PUBLISHED_KILOWATT,
  TRUE_MACHINE,
  TRUE_PLACE,
  TRUTH,
  withNoise,
} from '../../sim/study/calibration/shown.ts';
import type { StudyRunner } from '../../sim/study/study.ts';

const HERE: StudyRunner = {
  load: loadMachine,
  run: (study, inputs) => Promise.resolve(inputs.map((input) => study.run(input, loadMachine))),
};
/** Steps as coarse as they may be: the truth is computed with them too. */
const COARSE = {
  'numerics.nodes': 8,
  'numerics.blow_steps': 6,
  'numerics.ramp_steps': 4,
  'numerics.courant': 1,
};
const COARSE_MACHINE: CalibrationProblem = {
  ...TRUE_MACHINE,
  machine: { preset: 'ljubljana-2022', changes: COARSE },
  inputs: TRUE_MACHINE.inputs.filter((_, i) => i % 2 === 1),
};

async function run(
  problem: CalibrationProblem,
  starts: number,
  deviationsKnown = true,
): Promise<Calibration> {
  const preset = loadMachine(problem.machine);
  const result = await calibrate(HERE, problem, {
    starts,
    seed: 1,
    deviationsKnown,
    preset: problem.parameters.map(({ name }) => Number(valueOf(preset, name))),
  });
  return result ?? expect.fail();
}

describe('a known truth', () => {
  const truth = modelAt(COARSE_MACHINE, loadMachine(COARSE_MACHINE.machine), TRUE_PLACE) ?? expect.fail();
  const truths = COARSE_MACHINE.parameters.map(({ name }) => TRUTH[name as keyof typeof TRUTH]);

  it('is found to the digit without noise', async () => {
    const problem = { ...COARSE_MACHINE, values: truth, deviations: truth.map(() => [1, 1]) };
    const { parameters, sum } = await run(problem, 1, false);
    expect(sum).toBeLessThan(1e-6);
    parameters.forEach(({ value }, k) => expect(Math.abs(value / truths[k] - 1)).toBeLessThan(1e-4));
  });

  // six intervals of 95 %: the seeds are those of the report, and all six hold the truth
  it.each([
    [0.005, 2026],
    [0.02, 2027],
    [0.05, 2028],
  ])('lies in its interval at noise %f', async (noise, seed) => {
    const result = await run(withNoise(COARSE_MACHINE, truth, noise, seed), 1);
    result.parameters.forEach(({ interval: [low, high], standardError, value }, k) => {
      expect(low.value).toBeLessThan(truths[k]);
      expect(high.value).toBeGreaterThan(truths[k]);
      expect(value).toBeGreaterThan(low.value);
      // at the largest noise one of the two is open below, at its bound
      if (noise > 0.02) return;
      expect([low.end, high.end]).toEqual(['crossed', 'crossed']);
      // the model bends over a wide interval: the profile leaves the covariance as the noise grows
      const width = 2 * 1.96 * (standardError ?? 0);
      expect(Math.abs((high.value - low.value) / width - 1)).toBeLessThan(0.05 + 6 * noise);
    });
    const kinds = result.warnings.map(({ kind }) => kind);
    expect(kinds).toEqual([...(noise > 0.02 ? ['open interval'] : []), 'rests on assumptions']);
  });

  it('gives the same figure and numbers again', async () => {
    const problem = withNoise(COARSE_MACHINE, truth, 0.02, 5);
    const [a, b] = [await run(problem, 2), await run(problem, 2)];
    expect(JSON.stringify(a)).toBe(JSON.stringify(b));
    const rows = truth.map((row, i) => `${i * 5},${row[0]}`).join('\n');
    const table = parseMeasurements(
      readCsvRecords(`lift_K,cooling_power_W\n${rows}\n`, 'made-up.csv'),
      'made-up.csv',
      [],
    );
    const svg = calibrationFigure({ title: 'made up', table, deviations: truth.map(() => [1]), result: a });
    expect(svg).toContain('lift (K)');
    expect(svg).toContain('cooling power (W)');
  });
});

describe('what cannot be told', () => {
  it('are length, flow and wall from cooling power alone', async () => {
    // more alloy and more flow give more power, whether the alloy is long or thick

    const result = await run(
      {
        ...COARSE_MACHINE,
        machine: { preset: 'ljubljana-2022', changes: { ...COARSE, 'operation.lift': 0 } },
        parameters: [
          { name: 'cell.length', low: 0.02, high: 0.16 },
          { name: 'recipe.blow_flow', low: 0.002, high: 0.03 },
          { name: 'tube.wall_thickness', low: 2e-4, high: 5e-4 },
        ],
        inputs: [{ 'operation.lift': 0 }, { 'operation.lift': 10 }, { 'operation.lift': 20 }],
        outputs: ['cooling_power_W'],
        values: [[80], [42], [5]],
        deviations: [[2], [2], [2]],
      },
      1,
    );
    const kinds = result.warnings.map(({ kind }) => kind);
    expect(kinds).toContain('nothing tested');
    expect(kinds.some((kind) => ['ill-conditioned', 'correlated', 'not identifiable'].includes(kind))).toBe(
      true,
    );
    expect(kinds.some((kind) => ['open interval', 'not identifiable'].includes(kind))).toBe(true);
    // length and wall make a mass: scales tell, or what moves the alloy
    expect(result.hint?.output).toMatch(
      /^(sma_mass_g|peak_force_kN|stroke_mm|mechanical_power_W|loading_power_W)$/,
    );
  });

  it('is the conductivity of the alloy, which moves next to nothing', async () => {
    const result = await run(
      {
        ...COARSE_MACHINE,
        parameters: [{ name: 'material.conductivity', low: 8, high: 18 }],
        inputs: [{ 'operation.lift': 0 }, { 'operation.lift': 10 }],
        outputs: ['cooling_power_W'],
        values: [[80], [42]],
        deviations: [[5], [5]],
      },
      1,
    );
    expect(result.warnings[0]).toMatchObject({
      kind: 'not identifiable',
      parameters: ['material.conductivity'],
    });
    expect(result.parameters[0].interval.map(({ end }) => end)).toEqual(['bound', 'bound']);
  });

  it('is the flow of the kilowatt machine from its lone figure', async () => {
    const preset = 'hkust-kilowatt-2025';
    const result = await run({ ...PUBLISHED_KILOWATT, machine: { preset, changes: COARSE } }, 1);
    const kinds = result.warnings.map(({ kind }) => kind);
    expect(kinds).toEqual(['nothing tested', 'rests on assumptions']);
    expect(result.leans[0].share).toBeGreaterThan(5);
  });

  it('is anything from data that the model does not describe', async () => {
    const values = [
      [80, 20],
      [10, 20],
      [70, 21],
      [20, 19],
      [60, 20],
    ];
    const result = await run({ ...COARSE_MACHINE, values, deviations: values.map(() => [1, 1]) }, 1);
    expect(result.warnings.map(({ kind }) => kind)).toContain('misfit');
  });
});

it('is null where no start can be computed', async () => {
  const broken = {
    ...COARSE_MACHINE,
    inputs: COARSE_MACHINE.inputs.map(() => ({ 'recipe.blow_duty': 0.49 })),
  };
  const values = broken.inputs.map(() => [1, 1]);
  const problem = { ...broken, values, deviations: values };
  expect(
    await calibrate(HERE, problem, { starts: 2, seed: 1, deviationsKnown: true, preset: [1.5e-4, 34] }),
  ).toBeNull();
});

describe('files of published points', () => {
  it.each([
    ['hkust-freezer-2026', PUBLISHED_FREEZER],
    ['hkust-kilowatt-2025', PUBLISHED_KILOWATT],
  ])('%s says what the report is fitted to', (key, problem) => {
    const file = `../../fixtures/measurements/${key}.csv`;
    const table = parseMeasurements(
      readCsvRecords(readFileSync(new URL(file, import.meta.url), 'utf8'), file),
      file,
      [],
    );
    expect(table.outputs).toEqual(problem.outputs);
    expect(table.values).toEqual(problem.values);
    expect(table.deviations).toEqual(problem.deviations);
    problem.inputs.forEach((row, i) => {
      for (const { name, values } of table.inputs) expect(values[i]).toBe(row[name]);
    });
    for (const { name, low, high } of problem.parameters)
      expect(loadMachine(problem.machine).provenance[name].range).toEqual([low, high]);
  });
});
