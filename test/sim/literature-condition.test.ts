/** Conditioning and scoring held against cases whose answer is known. */
import { describe, expect, it } from 'vitest';
import type { Target } from '../../sim/config/target.ts';
import { readTargetValue } from '../../sim/config/target.ts';
import type { Changes } from '../../sim/config/parameters/parameter.ts';
import { type Condition, condition } from '../../sim/study/literature/condition.ts';
import type { Ensemble } from '../../sim/study/literature/ensemble.ts';
import { scoreOf, scoreSystem } from '../../sim/study/literature/score.ts';
import { rootsWithin } from '../../sim/study/literature/solve.ts';
import { triangularDensity } from '../../sim/study/sampling/triangular.ts';
import { loadMachine } from '../../sim/command/machine-ref.ts';

const PRIOR = { low: 0, mode: 2, high: 10 };
const at = (changes: Changes, name: string) => changes[name] as number;

/** A figure `ask` of the values, met by `name` with the prior above. */
const meets = (name: string, published: number, ask: (changes: Changes) => number | null): Condition => ({
  moved: { name, ...PRIOR },
  published,
  tolerance: 1e-9,
  scan: 6,
  ask,
});

function met(conditions: readonly Condition[], free: Changes, choice = 0.5) {
  const found = condition(free, conditions, choice);
  if ('unmet' in found) throw new Error(`condition ${found.unmet} is not met`);
  return found;
}

describe('a root that is dear to evaluate', () => {
  it('is found with its slope, each one between two points of the scan', () => {
    const asked: number[] = [];
    const roots = rootsWithin((x) => (asked.push(x), (x - 1) * (x - 4)), 0, 6, 7, 1e-10);
    expect(roots.map(({ at: x }) => x)).toEqual([expect.closeTo(1, 8), expect.closeTo(4, 8)]);
    expect(asked.length).toBeLessThan(25);
    const [steep] = rootsWithin((x) => 5 * (x - 0.3), 0, 1, 4, 1e-12);
    expect(steep).toEqual({ at: expect.closeTo(0.3, 12), slope: expect.closeTo(5, 9) });
  });

  it('is not claimed where there is none, or where the function has no value', () => {
    expect(rootsWithin((x) => x * x + 1, -2, 2, 9, 1e-9)).toEqual([]);
    expect(rootsWithin((x) => (Math.abs(x) < 0.4 ? null : x), -1, 1, 4, 1e-9)).toEqual([]);
  });
});

describe('conditioning', () => {
  it('gives prior(moved) / |slope| for one figure', () => {
    // y = a + 2 b = 9 with a = 3: b = 3, density prior(3) / 2
    const found = met([meets('x.b', 9, (c) => at(c, 'x.a') + 2 * at(c, 'x.b'))], { 'x.a': 3 });
    expect(found.changes['x.b']).toBeCloseTo(3, 8);
    expect(found.density).toBeCloseTo(triangularDensity(PRIOR, 3) / 2, 8);
  });

  it('adds the densities of several roots, and takes each as often as it weighs', () => {
    // (b − 4)² = 1: b = 3 and 5, slopes −2 and 2
    const condition2 = meets('x.b', 1, (c) => (at(c, 'x.b') - 4) ** 2);
    const [low, high] = [triangularDensity(PRIOR, 3), triangularDensity(PRIOR, 5)];
    const share = low / (low + high);
    const below = met([condition2], {}, share - 0.05);
    const above = met([condition2], {}, share + 0.05);
    expect(below.changes['x.b']).toBeCloseTo(3, 6);
    expect(above.changes['x.b']).toBeCloseTo(5, 6);
    // slopes are differences over h = 0.1: −2 − h and 2 − h, so the densities are off by h / 2 = 5 % at most
    expect(Math.abs(below.density / ((low + high) / 2) - 1)).toBeLessThan(0.05);
  });

  it('meets figures that spoil each other together: prior / |det|', () => {
    // a + b = 8 and a − 2 b = 2: a = 6, b = 2, |det| = 3, in shares of the ranges 300
    const found = met(
      [
        meets('x.a', 8, (c) => at(c, 'x.a') + (at(c, 'x.b') || 0)),
        meets('x.b', 2, (c) => at(c, 'x.a') - 2 * at(c, 'x.b')),
      ],
      { 'x.b': 1 },
    );
    expect(found.changes['x.a']).toBeCloseTo(6, 8);
    expect(found.changes['x.b']).toBeCloseTo(2, 8);
    const prior = triangularDensity(PRIOR, 6) * triangularDensity(PRIOR, 2);
    expect(found.density).toBeCloseTo(prior / 3, 8);
  });

  it('takes a block along that a later figure spoils a part of', () => {
    // a + b + (c − 3) / 10 = 8, a − 2 b = 2 and a + c = 9: a = 6, b = 2, c = 3; c spoils the first, which was met with
    // the second
    const found = met(
      [
        meets('x.a', 8, (c) => at(c, 'x.a') + (at(c, 'x.b') || 0) + 0.1 * ((at(c, 'x.c') || 0) - 3)),
        meets('x.b', 2, (c) => at(c, 'x.a') - 2 * at(c, 'x.b')),
        meets('x.c', 9, (c) => at(c, 'x.a') + at(c, 'x.c')),
      ],
      { 'x.b': 1, 'x.c': 1 },
    );
    expect(found.changes['x.a']).toBeCloseTo(6, 7);
    expect(found.changes['x.b']).toBeCloseTo(2, 7);
    expect(found.changes['x.c']).toBeCloseTo(3, 7);
    const prior = [6, 2, 3].reduce((product, x) => product * triangularDensity(PRIOR, x), 1);
    // |1 1 0.1; 1 −2 0; 1 0 1| = −3 + 0.2 = −2.8
    expect(found.density).toBeCloseTo(prior / 2.8, 8);
  });

  it('leaves what does not spoil each other a product of its slopes', () => {
    const found = met(
      [meets('x.a', 8, (c) => 2 * at(c, 'x.a')), meets('x.b', 10, (c) => at(c, 'x.a') + 3 * at(c, 'x.b'))],
      { 'x.b': 1 },
    );
    const prior = triangularDensity(PRIOR, 4) * triangularDensity(PRIOR, 2);
    expect(found.density).toBeCloseTo(prior / 6, 8);
  });

  it('says which figure no value of its parameter gives', () => {
    const two = [meets('x.a', 5, (c) => at(c, 'x.a')), meets('x.b', 99, (c) => at(c, 'x.b'))];
    expect(condition({}, two, 0.5)).toEqual({ unmet: 1 });
  });
});

describe('a published figure', () => {
  it('is read with its unit, its bound and its range', () => {
    expect(readTargetValue('cooling_power_W', '1284 W', undefined, 'x')).toEqual({
      unit: 'W',
      value: 1284,
      low: 1283.5,
      high: 1284.5,
      bound: null,
    });
    expect(readTargetValue('specific_cooling_power_W_per_g', '12.3 W/g', undefined, 'x').high).toBeCloseTo(
      12.35,
      12,
    );
    expect(readTargetValue('temperature_span_K', 'at least 31 K', undefined, 'x').bound).toBe('at least');
    expect(readTargetValue('time_to_setpoint_s', '900 s', '20 %', 'x')).toMatchObject({
      low: 720,
      high: 1080,
    });
    expect(() => readTargetValue('cooling_power_W', '1.3 kW', undefined, 'a.yaml: targets')).toThrow(
      'a.yaml: targets: cooling_power_W: "1.3 kW" is not a figure in W',
    );
    expect(() => readTargetValue('cooling_power_W', '13 W', '2 K', 'a.yaml')).toThrow('plus_minus "2 K"');
  });
});

describe('the verdict', () => {
  const target = (role: Target['role'], value: number, bound: Target['bound'] = null): Target => ({
    quantity: 'cooling_power_W',
    unit: 'W',
    value,
    low: value,
    high: value,
    bound,
    role,
    source: 'zhou-2025',
    at: {},
    note: '',
  });
  /** Of one target, with a model evenly between two values. */
  function row(one: Target, from: number, to: number) {
    const members = Array.from({ length: 101 }, (_, k) => ({
      changes: {},
      weight: 1 / 101,
      figures: [from + ((to - from) * k) / 100],
    }));
    const preset = { ...loadMachine({ preset: 'hkust-kilowatt-2025' }), targets: [one] };
    const ensemble: Ensemble = { preset: preset.key, members, steps: 101, accepted: 101 };
    return scoreSystem(preset, ensemble, () => 'P')[0];
  }

  it('passes a prediction inside an interval of at most ±50 %, and no other', () => {
    expect(row(target('prediction', 100), 80, 130)).toMatchObject({ verdict: 'pass', pass: true });
    expect(row(target('prediction', 200), 80, 130)).toMatchObject({ verdict: 'fail', pass: false });
    // the interval is 90 % of 10 to 400: half of it is 176 against a middle of 205
    expect(row(target('prediction', 100), 10, 400)).toMatchObject({ verdict: 'uninformative', pass: false });
  });

  it('never scores calibration targets and consistency checks', () => {
    expect(row(target('calibration', 100), 99, 101)).toMatchObject({ verdict: 'calibrated', pass: null });
    expect(row(target('consistency', 100), 80, 130)).toMatchObject({ verdict: 'agrees', pass: null });
    expect(row(target('consistency', 300), 80, 130)).toMatchObject({ verdict: 'disagrees', pass: null });
  });

  it('holds a bound against the whole interval', () => {
    expect(row(target('consistency', 50, 'at least'), 80, 130).verdict).toBe('agrees');
    expect(row(target('consistency', 100, 'at least'), 80, 130).verdict).toBe('undecided');
    expect(row(target('consistency', 150, 'at least'), 80, 130).verdict).toBe('disagrees');
    expect(row(target('consistency', 150, 'at most'), 80, 130).verdict).toBe('agrees');
    expect(row(target('consistency', 50, 'at most'), 80, 130).verdict).toBe('disagrees');
  });

  it('counts', () => {
    const rows = [
      row(target('prediction', 100), 80, 130),
      row(target('prediction', 200), 80, 130),
      row(target('calibration', 100), 99, 101),
      row(target('consistency', 100), 80, 130),
    ];
    expect(scoreOf(rows)).toEqual({
      predictions: 2,
      passed: 1,
      failed: 1,
      uninformative: 0,
      calibrations: 1,
      consistency: 1,
      agreeing: 1,
    });
  });
});
