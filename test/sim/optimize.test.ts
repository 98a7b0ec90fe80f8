/** The optimiser held against standard problems with known fronts, and its parts against what defines them. */
import { describe, expect, it } from 'vitest';
import { hypervolume } from '../../sim/study/optimize/hypervolume.ts';
import { Nsga2 } from '../../sim/study/optimize/nsga2.ts';
import { type Evaluated, dominates, paretoFront, rankFronts } from '../../sim/study/optimize/rank.ts';
import { uniformSource } from '../../sim/study/sampling/random.ts';
import {
  BNH,
  DTLZ2,
  type Problem,
  RASTRIGIN,
  ROSENBROCK,
  SRN,
  ZDT1,
  ZDT2,
  ZDT3,
} from './optimize-problems.ts';

function solve({ bounds, costs, constraints, population, generations }: Problem, seed: number): Evaluated[] {
  const optimizer = new Nsga2({ variables: bounds.length, population, seed });
  const all: Evaluated[] = [];
  for (let i = 0; i < generations; i++) {
    const evaluated = optimizer.ask().map((genes) => {
      const x = genes.map((share, d) => bounds[d][0] + share * (bounds[d][1] - bounds[d][0]));
      return { genes, costs: costs(x), violations: constraints(x).map((one) => Math.max(0, one)) };
    });
    optimizer.tell(evaluated);
    all.push(...evaluated);
  }
  return all;
}

/** Mean distance from points of the true front to the nearest that was found (inverted generational distance). */
function distance(truth: readonly number[][], found: readonly (readonly number[])[]): number {
  const nearest = truth.map((point) =>
    Math.min(...found.map((other) => Math.hypot(...point.map((cost, k) => cost - other[k])))),
  );
  return nearest.reduce((sum, one) => sum + one, 0) / truth.length;
}

describe.each([ZDT1, ZDT2, ZDT3, DTLZ2, BNH, SRN])('the front of $name', (problem) => {
  const { front, reference, population } = problem;
  const found = paretoFront(solve(problem, 1)).map(({ costs }) => costs);
  const truth = front(1000);

  it('is met as well as by as many designs as a population, set evenly on the true front', () => {
    expect(distance(truth, found)).toBeLessThan(distance(truth, front(population)));
  });

  it('dominates more than half as many, set evenly, and nothing beyond the true front', () => {
    // three costs take longer: some of the front must do
    const some = reference.length === 2 ? found : found.filter((_, i) => i % 3 === 0);
    const volume = hypervolume(some, reference);
    expect(volume).toBeGreaterThan(hypervolume(front(population / 2), reference));
    for (const one of found)
      expect(truth.every((point) => !dominates(one, point) || close(one, point))).toBe(true);
  });
});

/** Between two points of a thousand the true front is a little better than either. */
const close = (a: readonly number[], b: readonly number[]): boolean =>
  a.every((cost, k) => Math.abs(cost - b[k]) < 0.02 * (1 + Math.abs(b[k])));

describe('a single objective', () => {
  // any other valley of Rastrigin's is 0.99 deep or less; 0.01 on Rosenbrock's floor is within 0.1 of its end
  it.each([
    [RASTRIGIN, 0.9],
    [ROSENBROCK, 0.01],
  ])('is found in the valley of $name', (problem, most) => {
    const [best, ...others] = paretoFront(solve(problem, 1));
    expect(others).toEqual([]);
    expect(best.costs[0]).toBeGreaterThanOrEqual(0);
    expect(best.costs[0]).toBeLessThan(most);
  });
});

describe('the search', () => {
  it('is the same with the same seed, and another with another', () => {
    const genes = (seed: number) => solve({ ...SRN, generations: 5 }, seed).map((one) => one.genes);
    expect(genes(3)).toEqual(genes(3));
    expect(genes(3)).not.toEqual(genes(4));
  });

  it('asks for each design once, until there are no others', () => {
    const identity = ([a, b]: readonly number[]) => `${Math.floor(a * 10)} ${Math.floor(b * 10)}`;
    const optimizer = new Nsga2({ variables: 2, population: 10, seed: 1, identity });
    const asked: string[] = [];
    for (let i = 0; i < 5; i++) {
      const genes = optimizer.ask();
      asked.push(...genes.map(identity));
      optimizer.tell(
        genes.map((one) => ({ genes: one, costs: [one[0], 1 - one[0] + one[1]], violations: [] })),
      );
    }
    // the first ten are drawn before anything is known, one in each tenth of each gene
    expect(new Set(asked).size).toBe(50);
    const two = new Nsga2({ variables: 1, population: 4, seed: 1, identity: ([a]) => String(a < 0.5) });
    for (let i = 0; i < 3; i++) {
      const genes = two.ask();
      expect(genes).toHaveLength(4);
      two.tell(genes.map((one) => ({ genes: one, costs: [one[0]], violations: [] })));
    }
  });
});

describe('ranking', () => {
  const of = (costs: number[], violations: number[]): Evaluated => ({ genes: [], costs, violations });

  it('puts what meets the constraints first, then what misses them by less, each in its own measure', () => {
    const all = [
      of([9, 9], [0, 0]),
      of([1, 9], [0, 0]),
      of([9, 1], [0, 0]),
      of([0, 0], [500, 0.1]),
      of([0, 0], [0, 1]),
      of([0, 0], [1000, 0]),
      of([Number.NaN, Number.NaN], [Infinity, 1]),
    ];
    // shares of the greatest: 0.5 + 0.1, 1, 1, and 2 + 1 for what is not known
    expect(rankFronts(all)).toEqual([[1, 2], [0], [3], [4, 5], [6]]);
  });

  it('finds the front that comparing each with each finds', () => {
    const uniform = uniformSource(5);
    const all = Array.from({ length: 300 }, () =>
      of([uniform(), uniform(), Math.floor(5 * uniform())], [uniform() < 0.2 ? 1 : 0]),
    );
    const met = all.filter(({ violations }) => violations[0] === 0);
    const truth = met.filter((one) => !met.some((other) => dominates(other.costs, one.costs)));
    expect(new Set(paretoFront(all))).toEqual(new Set(truth));
    expect(rankFronts(all)[0].map((i) => all[i])).toEqual(truth);
  });
});

describe('hypervolume', () => {
  it('is what inclusion and exclusion of boxes give', () => {
    const uniform = uniformSource(2);
    for (const dimensions of [1, 2, 3, 4]) {
      const points = Array.from({ length: 7 }, () => Array.from({ length: dimensions }, uniform));
      const reference = Array.from({ length: dimensions }, () => 0.9);
      let volume = 0;
      for (let subset = 1; subset < 2 ** points.length; subset++) {
        const chosen = points.filter((_, i) => (subset >> i) & 1);
        const corner = reference.map((_, k) => Math.max(...chosen.map((point) => point[k])));
        const box = corner.reduce((all, cost, k) => all * Math.max(0, reference[k] - cost), 1);
        volume += chosen.length % 2 === 1 ? box : -box;
      }
      expect(hypervolume(points, reference), `${dimensions} costs`).toBeCloseTo(volume, 12);
    }
  });

  it('of the whole front of ZDT1 is 1.21 less the area under it', () => {
    // all up to 1.1 each way but ∫ (1 − √f) df = 1/3
    expect(hypervolume(ZDT1.front(20_000), [1.1, 1.1])).toBeCloseTo(1.21 - 1 / 3, 4);
  });
});
