/** Sampling held against what is known of it in closed form. */
import { describe, expect, it } from 'vitest';
import { type ChainState, type Found, chainStep } from '../../sim/study/sampling/chain.ts';
import { haltonPoint } from '../../sim/study/sampling/halton.ts';
import { JOE_KUO } from '../../sim/study/sampling/joe-kuo.ts';
import { latinHypercube } from '../../sim/study/sampling/latin-hypercube.ts';
import { MOST_SOBOL_DIMENSIONS, sobolPoints, sobolWord } from '../../sim/study/sampling/sobol.ts';
import {
  triangularDensity,
  triangularQuantile,
  triangularShare,
} from '../../sim/study/sampling/triangular.ts';
import { thinned, weightedQuantiles } from '../../sim/study/sampling/weighted.ts';

const points = (count: number, dimensions: number, seed = 1) =>
  Array.from({ length: count }, (_, index) => haltonPoint(index, dimensions, seed));
const mean = (values: readonly number[]) => values.reduce((sum, v) => sum + v, 0) / values.length;

describe('randomized Halton points', () => {
  it('put one point in each interval of the base, in each of the first dimensions', () => {
    // the first b^k points of base b fall into b^k different intervals of width b^-k, whatever the permutations
    for (const [d, base, power] of [
      [0, 2, 5],
      [1, 3, 3],
      [2, 5, 2],
      [3, 7, 2],
    ]) {
      const count = base ** power;
      const cells = points(count, 4).map((point) => Math.floor(point[d] * count));
      expect(new Set(cells).size, `dimension ${d}`).toBe(count);
    }
  });

  it('integrate a smooth function better than independent points could', () => {
    // Σ (u − ½) over 6 dimensions has variance 6/12, so independent points miss its mean by √(0.5 / N)
    const errors = [1, 2, 3, 4, 5, 6, 7, 8].map((seed) =>
      mean(points(512, 6, seed).map((p) => p.reduce((sum, u) => sum + u - 0.5, 0))),
    );
    const rms = Math.sqrt(mean(errors.map((e) => e * e)));
    expect(rms).toBeLessThan(0.2 * Math.sqrt(0.5 / 512));
  });

  it('do not change when more points or dimensions are asked for, and do with the seed', () => {
    expect(haltonPoint(7, 60, 3).slice(0, 5)).toEqual(haltonPoint(7, 5, 3));
    expect(haltonPoint(7, 5, 3)).not.toEqual(haltonPoint(7, 5, 4));
    for (const u of points(200, 80).flat()) expect(u >= 0 && u < 1).toBe(true);
  });
});

describe('the triangular distribution', () => {
  const cases = [
    { low: 0, mode: 0.3, high: 1 },
    { low: -2, mode: -2, high: 5 },
    { low: 1, mode: 4, high: 4 },
  ];
  it.each(cases)('has quantile, share and density that belong together: %o', (one) => {
    for (let share = 0.021; share < 1; share += 0.07) {
      const x = triangularQuantile(one, share);
      expect(triangularShare(one, x)).toBeCloseTo(share, 12);
      const h = 1e-6;
      const slope = (triangularShare(one, x + h) - triangularShare(one, x - h)) / (2 * h);
      // the share is quadratic, so the central difference is exact but for round-off of 1e-16 / 1e-6
      expect(slope).toBeCloseTo(triangularDensity(one, x), 8);
    }
    expect(triangularDensity(one, one.high + 1)).toBe(0);
  });
});

describe('weighted samples', () => {
  it('have the quantiles of the same samples repeated', () => {
    const weighted = weightedQuantiles(
      [
        { value: 3, weight: 1 },
        { value: 1, weight: 3 },
        { value: 2, weight: 2 },
      ],
      [0.25, 0.5],
    );
    // middles of the shares: 1 at 0.25, 2 at 4/6, 3 at 11/12
    expect(weighted[0]).toBeCloseTo(1, 12);
    expect(weighted[1]).toBeCloseTo(1 + (0.5 - 0.25) / (4 / 6 - 0.25), 12);
    expect(weightedQuantiles([], [0.5])).toEqual([Number.NaN]);
  });

  it('are thinned in proportion to their weights', () => {
    const members = Array.from({ length: 100 }, (_, k) => ({ k, weight: k < 50 ? 3 : 1 }));
    const kept = thinned(members, 20);
    const heavy = kept.filter(({ k }) => k < 50).reduce((sum, { weight }) => sum + weight, 0);
    expect(kept.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 12);
    // 3/4 of the weight, to one draw of 20
    expect(Math.abs(heavy - 0.75)).toBeLessThanOrEqual(1 / 20 + 1e-12);
  });
});

describe('chains', () => {
  interface Spot extends Found {
    readonly x: number;
  }
  /** Means over `chains` chains of `steps` steps each, the first `skip` left out. */
  function run(density: (point: readonly number[]) => number, dimensions: number) {
    const [chains, steps, skip] = [8, 600, 60];
    const find = (point: readonly number[]): Spot => ({ density: density(point), x: point[0] });
    return Array.from({ length: chains }, (_, chain) => {
      const start = Array.from({ length: dimensions }, () => 0.5);
      let state: ChainState<Spot> = { point: start, found: find(start) };
      const xs: number[] = [];
      for (let step = 0; step < steps; step++) {
        state = chainStep(state, find, chain, step, 11);
        if (step >= skip) xs.push(state.point[0]);
      }
      return xs;
    });
  }

  it('leave the uniform distribution as it is', () => {
    const all = run(() => 1, 10).flat();
    // moves renew a coordinate in some 20 steps, so 8 × 540 steps are worth at least 200: ±3 standard errors
    expect(Math.abs(mean(all) - 0.5)).toBeLessThan(3 * Math.sqrt(1 / 12 / 200));
    const variance = mean(all.map((x) => (x - 0.5) ** 2));
    expect(Math.abs(variance - 1 / 12)).toBeLessThan(3 * Math.sqrt(1 / 180 / 200));
  });

  it('sample a density that is known, in many dimensions that do not matter', () => {
    // density ∝ x on [0, 1]: mean 2/3, variance 1/18
    const all = run(([x]) => x, 12).flat();
    expect(Math.abs(mean(all) - 2 / 3)).toBeLessThan(3 * Math.sqrt(1 / 18 / 200));
  });

  it('stay inside a region of density zero elsewhere', () => {
    const all = run(([x]) => (x > 0.4 && x < 0.6 ? 1 : 0), 5).flat();
    expect(Math.min(...all)).toBeGreaterThan(0.4);
    expect(Math.abs(mean(all) - 0.5)).toBeLessThan(3 * Math.sqrt(0.04 / 12 / 100));
  });
});

describe('Sobol points', () => {
  it('are those of Joe and Kuo before they are shifted', () => {
    // the first ten in three dimensions, as their program prints them
    const known = [
      [0, 0, 0],
      [0.5, 0.5, 0.5],
      [0.75, 0.25, 0.25],
      [0.25, 0.75, 0.75],
      [0.375, 0.375, 0.625],
      [0.875, 0.875, 0.125],
      [0.625, 0.125, 0.875],
      [0.125, 0.625, 0.375],
      [0.1875, 0.3125, 0.9375],
      [0.6875, 0.8125, 0.4375],
    ];
    expect(known.map((_, i) => [0, 1, 2].map((d) => sobolWord(i, d) / 2 ** 32))).toEqual(known);
  });

  it('rest on a table that is what a table of directions must be', () => {
    for (const [i, [degree, inner, ...first]] of JOE_KUO.entries()) {
      expect(first.length, `row ${i}`).toBe(degree);
      expect(inner, `row ${i}`).toBeLessThan(2 ** (degree - 1));
      for (const [k, m] of first.entries()) {
        expect(m % 2, `m_${k + 1} of row ${i}`).toBe(1);
        expect(m, `m_${k + 1} of row ${i}`).toBeLessThan(2 ** (k + 1));
      }
    }
  });

  it('put one point in each of 1024 slices of every dimension, whatever the seed', () => {
    const point = sobolPoints(MOST_SOBOL_DIMENSIONS, 7);
    const all = Array.from({ length: 1024 }, (_, i) => point(i));
    for (let d = 0; d < MOST_SOBOL_DIMENSIONS; d++)
      expect(new Set(all.map((one) => Math.floor(one[d] * 1024))).size, `dimension ${d}`).toBe(1024);
  });

  it('put one point in each box of 2^-a by 2^-b of the first two dimensions, a + b = 8', () => {
    const point = sobolPoints(2, 3);
    const all = Array.from({ length: 256 }, (_, i) => point(i));
    for (let a = 0; a <= 8; a++) {
      const boxes = all.map(([x, y]) => `${Math.floor(x * 2 ** a)} ${Math.floor(y * 2 ** (8 - a))}`);
      expect(new Set(boxes).size, `a = ${a}`).toBe(256);
    }
  });

  it('are others with another seed, and refuse more dimensions than the table has', () => {
    expect(sobolPoints(3, 1)(5)).not.toEqual(sobolPoints(3, 2)(5));
    expect(sobolPoints(2, 1)(5)).toEqual(sobolPoints(3, 1)(5).slice(0, 2));
    expect(() => sobolPoints(MOST_SOBOL_DIMENSIONS + 1, 1)).toThrow(/64/);
  });
});

describe('Latin hypercube', () => {
  it('meets each slice of each dimension once, in another order in each', () => {
    const point = latinHypercube(97, 3, 5);
    const all = Array.from({ length: 97 }, (_, i) => point(i).map((u) => Math.floor(u * 97)));
    for (const d of [0, 1, 2]) expect(new Set(all.map((one) => one[d])).size).toBe(97);
    expect(all.map(([x]) => x)).not.toEqual(all.map(([, y]) => y));
    expect(latinHypercube(97, 3, 6)(0)).not.toEqual(point(0));
  });
});
