/** Designs under uncertainty, held against machines whose robust optimum is known in closed form. */
import { describe, expect, it } from 'vitest';
import { loadMachine } from '../../sim/command/machine-ref.ts';
import { loadPreset } from '../../sim/command/preset-file.ts';
import { bestOf } from '../../sim/study/optimize/front-file.ts';
import { parseOptimize } from '../../sim/study/optimize/plan.ts';
import { search } from '../../sim/study/optimize/search.ts';
import type { StudyRunner } from '../../sim/study/study.ts';
import { RESULTS } from '../../sim/study/sweep/results.ts';
import type { SweepInput, SweepOutput } from '../../sim/study/sweep/sweep-point.ts';

/** Frequency in Hz and outer gap in shares of 0.2 mm give results by name; null where the machine does not run. */
type Model = (frequency: number, gap: number) => Readonly<Record<string, number>> | null;

/** Answers as the workers would, for a machine that is a formula. */
function runnerOf(model: Model): StudyRunner & { readonly asked: SweepInput[] } {
  const asked: SweepInput[] = [];
  const answer = (input: SweepInput): SweepOutput => {
    asked.push(input);
    const { 'recipe.frequency': frequency, 'channel.outer_gap': gap } = input.machine.changes as Record<
      string,
      number
    >;
    const found = model(frequency, gap / 0.2e-3);
    if (found === null) return { status: 'refused', why: 'cannot run so', values: [] };
    return { status: 'converged', why: '', values: RESULTS.map(({ key }) => found[key] ?? null) };
  };
  return {
    asked,
    load: loadMachine,
    run: async (_, inputs) => (inputs as readonly unknown[] as readonly SweepInput[]).map(answer) as never[],
  };
}

const plan = (study: string) =>
  parseOptimize(`machine: hkust-kilowatt-2025\n${study}`, {
    fileName: 'study.yaml',
    load: loadPreset,
    machineKey: (machine) => machine,
  });
const find = async (study: string, model: Model) => {
  const runner = runnerOf(model);
  const found = await search(plan(study), runner, () => {});
  return { found, best: bestOf(found)[0], asked: runner.asked };
};

const SAMPLES = 40;
const study = (robust: string, more = '') => `
vary: { frequency: { from: 1 Hz, to: 5 Hz } }
uncertain: { outer_gap: { from: 0.1 mm, to: 0.3 mm } }
robust: { samples: ${SAMPLES}, ${robust} }
objectives: [{ maximize: cooling_power_W }]
${more}
optimize: { evaluations: 9600, population: 20 }`;
/** Gaps are 0.5 to 1.5 of 0.2 mm; the nearest sample is at most this far in Sobol points. */
const STEP = 2 / SAMPLES;

describe('a robust optimum', () => {
  it('lies where the mean is greatest', async () => {
    // -(f - 3 u)² has its mean greatest at 3 times the mean of u
    const { best } = await find(study('constraints_hold: 1'), (f, u) => ({
      cooling_power_W: -((f - 3 * u) ** 2),
    }));
    expect(Math.abs(Number(best.design[0]) - 3)).toBeLessThan(3 * STEP);
    // and there it is less than nothing by 9 times the variance of u, 1/12
    expect(best.objectives[0]).toBeCloseTo(-9 / 12, 1);
  });

  it('is worth what is reached in the share that is assured', async () => {
    const model: Model = (f, u) => ({ cooling_power_W: 100 * f * u });
    const assured = await find(study('assured: 0.9, constraints_hold: 1'), model);
    // at 5 Hz 500 u: nine tenths of u lie above 0.6
    expect(Math.abs(assured.best.objectives[0] / 500 - 0.6)).toBeLessThan(STEP);
    const mean = await find(study('constraints_hold: 1'), model);
    expect(mean.best.objectives[0]).toBeCloseTo(500, -1);
  });

  it('meets its constraints in the share that is asked for, and no more', async () => {
    const model: Model = (f, u) => ({ cooling_power_W: 100 * f, peak_stress_MPa: (100 * f) / u });
    const { best } = await find(
      study('constraints_hold: 0.8', 'constraints: [peak_stress_MPa < 300]'),
      model,
    );
    // 100 f / u < 300 for eight tenths of u, which lie above 0.7
    expect(Math.abs(Number(best.design[0]) - 3 * 0.7)).toBeLessThan(3 * STEP);
    expect(best.heldShare).toBeGreaterThanOrEqual(0.8);
    expect(best.heldShare).toBeLessThan(0.8 + STEP);
  });

  it('runs in that share of the samples too', async () => {
    const { best } = await find(study('constraints_hold: 0.8'), (f, u) =>
      f > 3 * u ? null : { cooling_power_W: f },
    );
    expect(Math.abs(Number(best.design[0]) - 3 * 0.7)).toBeLessThan(3 * STEP);
  });

  it('holds every design against the same samples', async () => {
    const { asked, found } = await find(study('constraints_hold: 1'), (f) => ({ cooling_power_W: f }));
    const gaps = asked.map(({ machine }) => machine.changes?.['channel.outer_gap']);
    const first = gaps.slice(0, SAMPLES);
    expect(new Set(first).size).toBe(SAMPLES);
    for (let i = 0; i < found.judged.length; i++)
      expect(gaps.slice(i * SAMPLES, (i + 1) * SAMPLES)).toEqual(first);
  });
});

describe('a study that is optimised', () => {
  const PLAIN = `
vary: { frequency: { from: 1 Hz, to: 5 Hz }, outer_gap: { values: [0.1 mm, 0.2 mm] } }
objectives: [{ maximize: cooling_power_W }, { minimize: mechanical_power_W + pump_power_W, title: power taken }]
constraints: [frequency_Hz * outer_gap_mm < 0.5]
optimize: { evaluations: 200, population: 20 }`;
  const model: Model = (f, u) => ({ cooling_power_W: f * u, mechanical_power_W: f * f, pump_power_W: 1 });

  it('does not run what misses a constraint over parameters', async () => {
    const { asked, found, best } = await find(PLAIN, model);
    expect(found.judged).toHaveLength(200);
    expect(asked.length).toBeLessThan(200);
    for (const { machine } of asked) {
      const { 'recipe.frequency': f, 'channel.outer_gap': gap } = machine.changes as Record<string, number>;
      expect(f * gap * 1e3).toBeLessThan(0.5);
    }
    expect(best.isFeasible).toBe(true);
  });

  it('knows the unit of a sum', () => {
    expect(plan(PLAIN).aims.map(({ unit }) => unit)).toEqual(['W', 'W']);
  });

  it.each([
    [PLAIN.replace(/objectives:.*\n/, ''), /study\.yaml:1: say what is wanted: objectives/],
    [PLAIN.replace('evaluations: 200', 'evaluations: 30'), /two generations of 20 designs.*allow 40 or more/],
    [PLAIN.replace('cooling_power_W }', 'coolness }'), /study\.yaml:4: coolness is no parameter or result/],
    [`${PLAIN}\nuncertain: { inner_gap: { values: [0.1 mm] } }`, /inner_gap_mm has its values.*from and to/],
    [`${PLAIN}\nuncertain: { frequency: { from: 1 Hz, to: 2 Hz } }`, /recipe\.frequency is varied twice/],
    [PLAIN.replace('frequency_Hz * outer_gap_mm', 'lift_K'), /names nothing that varies/],
  ])('is refused with a sentence: %#', (text, sentence) => {
    expect(() => plan(text)).toThrow(sentence);
  });
});
