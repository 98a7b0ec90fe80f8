/** Standard problems of multi-objective optimisation with fronts that are known in closed form. */

export interface Problem {
  readonly name: string;
  /** Ends of each variable. */
  readonly bounds: readonly (readonly [low: number, high: number])[];
  readonly costs: (x: readonly number[]) => number[];
  /** Each holds where it is 0 or less. */
  readonly constraints: (x: readonly number[]) => number[];
  /** Points of the true front, evenly along it, about so many. */
  readonly front: (count: number) => number[][];
  /** Worse than all of the front. */
  readonly reference: readonly number[];
  readonly population: number;
  readonly generations: number;
}

const unit = (count: number) => Array.from({ length: count }, (): [number, number] => [0, 1]);
const along = (count: number, low: number, high: number) =>
  Array.from({ length: count }, (_, i) => low + ((high - low) * i) / (count - 1));
const none = (): number[] => [];

/** E. Zitzler, K. Deb and L. Thiele, Evol. Comput. 8, 173 (2000). */
function zdt(name: string, second: (f: number, g: number) => number, intervals: [number, number][]): Problem {
  const length = intervals.reduce((sum, [low, high]) => sum + high - low, 0);
  return {
    name,
    bounds: unit(30),
    costs([first, ...rest]) {
      const g = 1 + (9 * rest.reduce((sum, x) => sum + x, 0)) / rest.length;
      return [first, second(first, g)];
    },
    constraints: none,
    front: (count) =>
      intervals
        .flatMap(([low, high]) => along(Math.max(2, Math.round((count * (high - low)) / length)), low, high))
        .map((f) => [f, second(f, 1)]),
    reference: [1.1, 1.1],
    population: 100,
    generations: 200,
  };
}

export const ZDT1 = zdt('ZDT1', (f, g) => g * (1 - Math.sqrt(f / g)), [[0, 1]]);
export const ZDT2 = zdt('ZDT2', (f, g) => g * (1 - (f / g) ** 2), [[0, 1]]);
/** Its front is five pieces; where they end is from the literature (ten digits). */
export const ZDT3 = zdt('ZDT3', (f, g) => g * (1 - Math.sqrt(f / g) - (f / g) * Math.sin(10 * Math.PI * f)), [
  [0, 0.0830015349],
  [0.182228728, 0.2577623634],
  [0.4093136748, 0.4538821041],
  [0.6183967944, 0.6525117038],
  [0.8233317983, 0.8518328654],
]);

/** K. Deb, L. Thiele, M. Laumanns and E. Zitzler (2002): the front is an eighth of the unit sphere. */
export const DTLZ2: Problem = {
  name: 'DTLZ2',
  bounds: unit(12),
  costs([a, b, ...rest]) {
    const radius = 1 + rest.reduce((sum, x) => sum + (x - 0.5) ** 2, 0);
    const [u, v] = [(a * Math.PI) / 2, (b * Math.PI) / 2];
    return [radius * Math.cos(u) * Math.cos(v), radius * Math.cos(u) * Math.sin(v), radius * Math.sin(u)];
  },
  constraints: none,
  // rings of equal height have equal areas
  front(count) {
    const rings = Math.round(Math.sqrt(count));
    return along(rings, 0, 1).flatMap((height) => {
      const radius = Math.sqrt(1 - height ** 2);
      return along(Math.max(2, Math.round((rings * radius * Math.PI) / 2)), 0, Math.PI / 2).map((angle) => [
        radius * Math.cos(angle),
        radius * Math.sin(angle),
        height,
      ]);
    });
  },
  reference: [1.1, 1.1, 1.1],
  population: 100,
  generations: 60,
};

const bnhCosts = ([x, y]: readonly number[]) => [4 * x * x + 4 * y * y, (x - 5) ** 2 + (y - 5) ** 2];
/** T. T. Binh and U. Korn (1997): along x = y up to 3, then along y = 3. */
export const BNH: Problem = {
  name: 'BNH',
  bounds: [
    [0, 5],
    [0, 3],
  ],
  costs: bnhCosts,
  constraints: ([x, y]) => [(x - 5) ** 2 + y * y - 25, 7.7 - (x - 8) ** 2 - (y + 3) ** 2],
  front: (count) => along(count, 0, 5).map((x) => bnhCosts([x, Math.min(x, 3)])),
  reference: [150, 60],
  population: 60,
  generations: 60,
};

const srnCosts = ([x, y]: readonly number[]) => [2 + (x - 2) ** 2 + (y - 1) ** 2, 9 * x - (y - 1) ** 2];
/**
 * N. Srinivas and K. Deb (1994). Three pieces, by Lagrange: where the second constraint binds, x = 3 y - 10 from the least of
 * the first cost; x = -2.5 where none does; the circle of 15 to the least of the second cost.
 */
export const SRN: Problem = {
  name: 'SRN',
  bounds: [
    [-20, 20],
    [-20, 20],
  ],
  costs: srnCosts,
  constraints: ([x, y]) => [x * x + y * y - 225, x - 3 * y + 10],
  front(count) {
    const share = (part: number) => Math.max(2, Math.round(part * count));
    const wall = along(share(0.1), 3.7, 2.5).map((y) => [3 * y - 10, y]);
    const inside = along(share(0.8), 2.5, Math.sqrt(225 - 2.5 ** 2)).map((y) => [-2.5, y]);
    // 9 + 2 x - 2 x / y = 0 there
    const arc = along(share(0.1), -2.5, -4.8419).map((x) => [x, Math.sqrt(225 - x * x)]);
    return [...wall, ...inside, ...arc].map(srnCosts);
  },
  reference: [260, 50],
  population: 60,
  generations: 60,
};

const single = (
  name: string,
  variables: number,
  end: number,
  cost: (x: readonly number[]) => number,
): Problem => ({
  name,
  bounds: Array.from({ length: variables }, (): [number, number] => [-end, end]),
  costs: (x) => [cost(x)],
  constraints: none,
  front: () => [[0]],
  reference: [1],
  population: 60,
  generations: 100,
});

/** L. A. Rastrigin (1974): a bowl with 10 ripples each way. */
export const RASTRIGIN = single('Rastrigin', 5, 5.12, (x) =>
  x.reduce((sum, one) => sum + one * one + 10 - 10 * Math.cos(2 * Math.PI * one), 0),
);
/** H. H. Rosenbrock (1960): a flat curved valley that ends at 1, 1. */
export const ROSENBROCK = single('Rosenbrock', 2, 2, ([x, y]) => 100 * (y - x * x) ** 2 + (1 - x) ** 2);
