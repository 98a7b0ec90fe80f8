/** Sobol indices held against functions whose indices are known in closed form. */
import { describe, expect, it } from 'vitest';
import { loadPreset } from '../../sim/command/preset-file.ts';
import { parseSensitivity } from '../../sim/study/sensitivity/plan.ts';
import { sobolIndices } from '../../sim/study/sensitivity/indices.ts';
import { saltelliDesign } from '../../sim/study/sensitivity/saltelli.ts';

interface Known {
  readonly name: string;
  readonly dimensions: number;
  /** Of coordinates in the unit cube. */
  readonly f: (u: readonly number[]) => number;
  readonly mean: number;
  readonly variance: number;
  readonly first: readonly number[];
  readonly total: readonly number[];
}

/** T. Ishigami and T. Homma (1990): sin x₁ + 7 sin² x₂ + 0.1 x₃⁴ sin x₁ over −π to π. */
function ishigami(): Known {
  const [a, b] = [7, 0.1];
  const v1 = (1 + (b * Math.PI ** 4) / 5) ** 2 / 2;
  const v2 = a ** 2 / 8;
  const v13 = b ** 2 * Math.PI ** 8 * (1 / 18 - 1 / 50);
  const variance = v1 + v2 + v13;
  return {
    name: 'Ishigami',
    dimensions: 3,
    f(u) {
      const [x, y, z] = u.map((share) => Math.PI * (2 * share - 1));
      return Math.sin(x) + a * Math.sin(y) ** 2 + b * z ** 4 * Math.sin(x);
    },
    mean: a / 2,
    variance,
    first: [v1 / variance, v2 / variance, 0],
    total: [(v1 + v13) / variance, v2 / variance, v13 / variance],
  };
}

/** I. M. Sobol's g: the product of (|4 u − 2| + a) / (1 + a). */
function sobolG(): Known {
  const a = [0, 1, 4.5, 9, 99, 99];
  const alone = a.map((one) => 1 / (3 * (1 + one) ** 2));
  const product = alone.reduce((all, one) => all * (1 + one), 1);
  const variance = product - 1;
  return {
    name: "Sobol's g",
    dimensions: a.length,
    f: (u) => u.reduce((all, share, d) => (all * (Math.abs(4 * share - 2) + a[d])) / (1 + a[d]), 1),
    mean: 1,
    variance,
    first: alone.map((one) => one / variance),
    total: alone.map((one) => (one * product) / (1 + one) / variance),
  };
}

function found({ dimensions, f }: Known, rows: number, seed: number) {
  const { count, at } = saltelliDesign(rows, dimensions, seed);
  return sobolIndices(
    Array.from({ length: count }, (_, i) => f(at(i))),
    dimensions,
    seed,
  );
}

describe.each([ishigami(), sobolG()])('Sobol indices of $name', (known) => {
  const { dimensions, first, total, mean, variance } = known;

  it('are the closed forms within their own intervals, and close', () => {
    const { parameters, ...about } = found(known, 1024, 1);
    // 2 × 1024 values: the mean is known to √(V / 2048) at worst, and the same share of the variance
    expect(Math.abs(about.mean - mean)).toBeLessThan(3 * Math.sqrt(variance / 2048));
    expect(Math.abs(about.variance / variance - 1)).toBeLessThan(0.15);
    expect(parameters).toHaveLength(dimensions);
    for (const [d, one] of (parameters ?? []).entries())
      for (const [estimate, truth] of [
        [one.first, first[d]],
        [one.total, total[d]],
      ] as const) {
        const half = (estimate.high - estimate.low) / 2;
        // an interval of 95 % is about two standard errors to each side: three of them are 1.5 of its halves
        expect(Math.abs(estimate.value - truth), `parameter ${d}`).toBeLessThanOrEqual(1.5 * half);
        expect(half, `parameter ${d}`).toBeLessThan(0.2);
        expect(estimate.low <= estimate.value && estimate.value <= estimate.high).toBe(true);
      }
  });

  it('have intervals that hold the truth as often as they say', () => {
    const seeds = Array.from({ length: 30 }, (_, i) => i + 1);
    const held = seeds.flatMap((seed) =>
      (found(known, 64, seed).parameters ?? []).flatMap((one, d) =>
        [one.first.low <= first[d] && first[d] <= one.first.high].concat(
          one.total.low <= total[d] && total[d] <= one.total.high,
        ),
      ),
    );
    // few rows and skew take some; Sobol points give some back
    expect(held.filter(Boolean).length / held.length).toBeGreaterThan(0.85);
  });
});

describe('a Saltelli design', () => {
  it('changes one column at a time, from A to B', () => {
    const { at, count } = saltelliDesign(4, 3, 7);
    expect(count).toBe(20);
    for (let row = 0; row < 4; row++) {
      const [a, b, ...mixed] = Array.from({ length: 5 }, (_, block) => at(row * 5 + block));
      for (const [i, point] of mixed.entries())
        expect(point).toEqual(a.map((share, d) => (d === i ? b[d] : share)));
      expect(a.every((share, d) => share !== b[d])).toBe(true);
    }
  });
});

describe('Sobol indices of what is not whole', () => {
  const { f } = ishigami();
  const { count, at } = saltelliDesign(64, 3, 1);
  const values = Array.from({ length: count }, (_, i) => f(at(i)));

  it('leave out a row with a point that has no value', () => {
    const holed = values.map((value, i) => (i === 7 ? null : value));
    const rest = values.filter((_, i) => Math.floor(i / 5) !== 1);
    expect(sobolIndices(holed, 3, 1)).toEqual(sobolIndices(rest, 3, 1));
    expect(sobolIndices(holed, 3, 1).rows).toBe(63);
  });

  it('are the same whatever is added, and scaled', () => {
    const plain = sobolIndices(values, 3, 1).parameters ?? [];
    const other = sobolIndices(
      values.map((value) => 1e4 - 3 * value),
      3,
      1,
    ).parameters;
    for (const [d, one] of (other ?? []).entries())
      expect(one.first.value).toBeCloseTo(plain[d].first.value, 8);
    expect(other).toHaveLength(3);
  });

  it('are none where nothing varies', () => {
    expect(
      sobolIndices(
        values.map(() => 5.1),
        3,
        1,
      ).parameters,
    ).toBeNull();
  });
});

describe('a study that is held for its sensitivity', () => {
  const plan = (text: string) =>
    parseSensitivity(`machine: hkust-kilowatt-2025\n${text}`, {
      fileName: 'study.yaml',
      load: loadPreset,
      machineKey: (machine) => machine,
    });
  const VARY = 'vary: { frequency: { from: 0.1 Hz, to: 0.5 Hz }, outer_gap: prior }\n';

  it('samples what is varied and what is uncertain', () => {
    const { indices, factors, machineAt } = plan(
      `${VARY}uncertain: { inner_gap: prior }\nsample: { points: 8 }`,
    );
    expect(factors.map(({ column }) => column)).toEqual(['frequency_Hz', 'outer_gap_mm', 'inner_gap_mm']);
    expect(indices).toHaveLength(8 * 5);
    const [a, b, first] = [0, 1, 2].map((index) => machineAt(index).changes ?? {});
    expect(first).toEqual({ ...a, 'recipe.frequency': b['recipe.frequency'] });
  });

  it.each([
    [VARY, /say how many rows/],
    ['vary: { frequency: { from: 0.1 Hz, to: 0.5 Hz, points: 3 } }\nsample: { points: 8 }', /takes ranges/],
    [`${VARY}sample: { points: 8 }\nconstraints: [frequency_Hz < 0.3]`, /ties parameters together/],
    [`${VARY}sample: { points: 8, method: latin-hypercube }`, /sampled with sobol only/],
  ])('is refused with a sentence: %#', (text, sentence) => {
    expect(() => plan(text)).toThrow(sentence);
    expect(() => plan(text)).toThrow(/^study\.yaml:\d+: /);
  });
});
