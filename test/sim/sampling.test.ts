/** Sampling held against what is known of it in closed form. */
import { describe, expect, it } from 'vitest';
import { type ChainState, type Found, chainStep } from '../../sim/study/sampling/chain.ts';
import { haltonPoint } from '../../sim/study/sampling/halton.ts';
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
