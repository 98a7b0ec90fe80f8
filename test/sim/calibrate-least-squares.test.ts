/**
 * Bounded least squares, covariance and profiles on problems with certified or closed answers. Data and certified values
 * of Misra1a and Thurber: NIST Statistical Reference Datasets, nonlinear regression (itl.nist.gov/div898/strd), in the
 * public domain.
 */
import { describe, expect, it } from 'vitest';
import { type Residuals, fitFrom } from '../../sim/study/calibration/least-squares.ts';
import { profileEnd } from '../../sim/study/calibration/profile.ts';
import { normalSource } from '../../sim/study/sampling/random.ts';
import {
  chiSquaredScore,
  correlationOf,
  informationOf,
  riseOf95,
  serialCorrelation,
  studentQuantile,
} from '../../sim/study/calibration/statistics.ts';

interface Certified {
  readonly name: string;
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly model: (b: readonly number[], x: number) => number;
  readonly starts: readonly (readonly number[])[];
  /** Bounds that hold both starts and the answer. */
  readonly low: readonly number[];
  readonly high: readonly number[];
  readonly values: readonly number[];
  readonly errors: readonly number[];
  readonly sum: number;
}

const MISRA1A: Certified = {
  name: 'Misra1a',
  x: [77.6, 114.9, 141.1, 190.8, 239.9, 289, 332.8, 378.4, 434.8, 477.3, 536.8, 593.1, 689.1, 760],
  y: [10.07, 14.73, 17.94, 23.93, 29.61, 35.18, 40.02, 44.82, 50.76, 55.05, 61.01, 66.4, 75.47, 81.78],
  model: (b, x) => b[0] * (1 - Math.exp(-b[1] * x)),
  starts: [
    [500, 1e-4],
    [250, 5e-4],
  ],
  low: [0, 0],
  high: [1000, 2e-3],
  values: [2.3894212918e2, 5.5015643181e-4],
  errors: [2.7070075241, 7.2668688436e-6],
  sum: 1.2455138894e-1,
};

const THURBER: Certified = {
  name: 'Thurber',
  x: [-3.067, -2.981, -2.921, -2.912, -2.84, -2.797, -2.702, -2.699, -2.633, -2.481, -2.363, -2.322].concat(
    [-1.501, -1.46, -1.274, -1.212, -1.1, -1.046, -0.915, -0.714, -0.566, -0.545, -0.4, -0.309, -0.109],
    [-0.103, 0.01, 0.119, 0.377, 0.79, 0.963, 1.006, 1.115, 1.572, 1.841, 2.047, 2.2],
  ),
  y: [80.574, 84.248, 87.264, 87.195, 89.076, 89.608, 89.868, 90.101, 92.405, 95.854, 100.696, 101.06].concat(
    [401.672, 390.724, 567.534, 635.316, 733.054, 759.087, 894.206, 990.785, 1090.109, 1080.914, 1122.643],
    [1178.351, 1260.531, 1273.514, 1288.339, 1327.543, 1353.863, 1414.509, 1425.208, 1421.384, 1442.962],
    [1464.35, 1468.705, 1447.894, 1457.628],
  ),
  model: (b, x) =>
    (b[0] + b[1] * x + b[2] * x ** 2 + b[3] * x ** 3) / (1 + b[4] * x + b[5] * x ** 2 + b[6] * x ** 3),
  starts: [
    [1000, 1000, 400, 40, 0.7, 0.3, 0.03],
    [1300, 1500, 500, 75, 1, 0.4, 0.05],
  ],
  low: [0, 0, 0, 0, 0, 0, 0],
  high: [3000, 3000, 1500, 200, 2, 1, 0.2],
  values: [
    1.28813968e3, 1.4910792535e3, 5.8323836877e2, 7.5416644291e1, 9.6629502864e-1, 3.9797285797e-1,
    4.9727297349e-2,
  ],
  errors: [
    4.6647963344, 3.9571156086e1, 2.8698696102e1, 5.567537027, 3.1333340687e-2, 1.4984928198e-2,
    6.5842344623e-3,
  ],
  sum: 5.6427082397e3,
};

/** Central differences of smooth functions are best near the cube root of the last digit. */
const FINE = { differenceStep: 5e-6 };

function scaled({ x, y, model, low, high }: Certified) {
  const toValues = (u: readonly number[]) => u.map((v, k) => low[k] + v * (high[k] - low[k]));
  const toUnit = (b: readonly number[]) => b.map((v, k) => (v - low[k]) / (high[k] - low[k]));
  const residuals: Residuals = (u) => x.map((one, i) => model(toValues(u), one) - y[i]);
  return { toValues, toUnit, residuals };
}

describe.each([MISRA1A, THURBER])('certified problem $name', (problem) => {
  const { toValues, toUnit, residuals } = scaled(problem);
  it.each([0, 1])('is solved from start %i', (i) => {
    const fit = fitFrom(residuals, toUnit(problem.starts[i]), FINE);
    expect(fit?.converged).toBe(true);
    // the fit ends where a step promises 1e-10 of the sum; parameters, along the valley, are good to about its root
    expect(Math.abs((fit?.sum ?? 0) / problem.sum - 1)).toBeLessThan(1e-8);
    toValues(fit?.u ?? []).forEach((value, k) => {
      expect(Math.abs(value / problem.values[k] - 1)).toBeLessThan(1e-4);
    });
  });

  it('has the certified standard errors', () => {
    const fit = fitFrom(residuals, toUnit(problem.values), FINE);
    const freedom = problem.x.length - problem.values.length;
    const { covariance } = informationOf(fit?.jacobian ?? [], (fit?.sum ?? 0) / freedom);
    problem.errors.forEach((error, k) => {
      const own = Math.sqrt(covariance?.[k][k] ?? 0) * (problem.high[k] - problem.low[k]);
      expect(Math.abs(own / error - 1)).toBeLessThan(1e-3);
    });
  });
});

describe('bounds and failures', () => {
  // the valley of Rosenbrock, its minimum (1, 1) cut off by a bound: with x at 0.8 the best y is 0.64, the sum 0.04
  const [low, high] = [
    [-1.5, -3],
    [0.8, 1.5],
  ];
  const valley: Residuals = (u) => {
    const [x, y] = u.map((v, k) => low[k] + v * (high[k] - low[k]));
    return [10 * (y - x ** 2), 1 - x];
  };

  it.each([
    [0.13, 0.89],
    [0.65, 0.44],
    [1, 0],
  ])('ends at the bound of a bent valley from (%f, %f)', (a, b) => {
    const fit = fitFrom(valley, [a, b], { differenceStep: 1e-6 });
    expect(fit?.u[0]).toBe(1);
    expect(fit?.u[1]).toBeCloseTo((0.64 + 3) / 4.5, 6);
    expect(fit?.sum).toBeCloseTo(0.04, 8);
  });

  it('solves again for the others where a step meets a bound', () => {
    // clipped alone, the step leaves the valley, and it takes 10 and 15 of them
    for (const start of [
      [1, 0],
      [0.5, 1],
    ])
      expect(fitFrom(valley, start, { differenceStep: 1e-6 })?.iterations).toBeLessThan(9);
  });

  it('holds what is held', () => {
    const fit = fitFrom(valley, [0.5, 0.2], { held: [0], differenceStep: 1e-6 });
    const x = -1.5 + 0.5 * 2.3;
    expect(fit?.u[0]).toBe(0.5);
    // a step that promises 1e-10 of the sum is left out: sqrt(1e-10 · 2.4) / (10 · 4.5) is 3e-7
    expect(fit?.u[1]).toBeCloseTo((x ** 2 + 3) / 4.5, 6);
  });

  it('goes round where the model cannot be computed', () => {
    const holed: Residuals = (u) => (u[0] > 0.7 ? null : [u[0] - 0.65, 3 * (u[1] - 0.4)]);
    const fit = fitFrom(holed, [0.05, 0.9]);
    expect(fit?.u[0]).toBeCloseTo(0.65, 6);
    expect(fit?.u[1]).toBeCloseTo(0.4, 6);
    expect(fitFrom(holed, [0.8, 0.5])).toBeNull();
  });

  it('does not stumble over a parameter that moves nothing', () => {
    const fit = fitFrom((u) => [u[0] - 0.3, 2 * u[0] - 0.6], [0.9, 0.5]);
    expect(fit?.u[0]).toBeCloseTo(0.3, 8);
    expect(fit?.u[1]).toBe(0.5);
    expect(informationOf(fit?.jacobian ?? [], 1).covariance).toBeNull();
  });
});

/** y = a + b x at x = 0 … 9, standard deviation s: everything about it is known in closed form. */
describe('profiles of a straight line', () => {
  const s = 0.05;
  const xs = Array.from({ length: 10 }, (_, i) => i / 10);
  const line: Residuals = ([a, b]) => xs.map((x, i) => (a + b * x - 0.5 - 0.2 * x + 0.01 * (i % 3)) / s);
  const fit = fitFrom(line, [0.1, 0.9]) ?? expect.fail();
  const mean = xs.reduce((sum, x) => sum + x, 0) / 10;
  const spread = xs.reduce((sum, x) => sum + (x - mean) ** 2, 0);
  const slopeError = s / Math.sqrt(spread);

  it('have the ends of the closed form', () => {
    const rise = riseOf95(null, 8);
    expect(rise).toBeCloseTo(3.8415, 3);
    for (const direction of [-1, 1] as const) {
      const { u, end } = profileEnd(line, fit, 1, direction, rise, 0.03);
      expect(end).toBe('crossed');
      // the rise is met within 1 %, its root within 0.5 %
      expect(Math.abs(u[1] - fit.u[1]) / (1.96 * slopeError)).toBeCloseTo(1, 2);
      // the other parameter has followed: the mean stays where the data have it
      expect(u[0] + u[1] * mean).toBeCloseTo(fit.u[0] + fit.u[1] * mean, 5);
    }
  });

  it('are open at a bound, and where the model ends', () => {
    expect(profileEnd(line, fit, 1, -1, 1e6, 0.03)).toMatchObject({
      end: 'bound',
      u: [expect.any(Number), 0],
    });
    const cut: Residuals = (u) => (u[1] > fit.u[1] + 0.02 ? null : line(u));
    const { end, u } = profileEnd(cut, fit, 1, 1, 1e6, 0.03);
    expect(end).toBe('failed');
    expect(u[1]).toBeCloseTo(fit.u[1] + 0.02, 4);
  });

  it('tell of a better fit than the best', () => {
    const two: Residuals = ([a]) => [a < 0.5 ? 2 * (a - 0.2) + 1 : 4 * (a - 0.8), 1];
    const local = { u: [0.2], sum: 2 };
    expect(profileEnd(two, local, 0, 1, 3.84, 0.3).better).not.toBeNull();
  });

  it('agree with covariance and correlation', () => {
    const { covariance, condition } = informationOf(fit.jacobian, 1);
    expect(Math.sqrt(covariance?.[1][1] ?? 0)).toBeCloseTo(slopeError, 6);
    // of intercept and slope: minus the mean over the root mean square
    const square = Math.sqrt(xs.reduce((sum, x) => sum + x * x, 0) / 10);
    expect(correlationOf(covariance ?? [])[0][1]).toBeCloseTo(-mean / square, 6);
    expect(condition).toBeGreaterThan(1);
  });
});

describe('statistics', () => {
  it('knows the quantiles of Student', () => {
    // printed in any table, three decimals
    const table = { 1: 12.706, 2: 4.303, 3: 3.182, 4: 2.776, 5: 2.571, 10: 2.228, 30: 2.042, 120: 1.98 };
    for (const [freedom, value] of Object.entries(table))
      expect(Math.abs(studentQuantile(Number(freedom)) / value - 1)).toBeLessThan(1.5e-3);
  });

  it('scores chi squared', () => {
    // 95 % quantiles of chi squared, from tables: 1.645 in standard deviations
    for (const [freedom, value] of [
      [5, 11.07],
      [18, 28.87],
      [50, 67.5],
    ])
      expect(chiSquaredScore(value, freedom)).toBeCloseTo(1.645, 1);
  });

  it('sees residuals that drift', () => {
    expect(serialCorrelation([1, 2, 3, 4, 5, 6, 7, 8])).toBeGreaterThan(0.5);
    expect(serialCorrelation([1, -1, 1, -1, 1, -1])).toBeLessThan(-0.5);
  });

  it('makes normal noise', () => {
    const normal = normalSource(11);
    const values = Array.from({ length: 4000 }, normal);
    const mean = values.reduce((sum, v) => sum + v, 0) / 4000;
    const variance = values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / 4000;
    // standard errors: 1/sqrt(4000) = 0.016 and sqrt(2/4000) = 0.022; four of each
    expect(Math.abs(mean)).toBeLessThan(0.064);
    expect(Math.abs(variance - 1)).toBeLessThan(0.09);
    // the first numbers of neighbouring seeds must not be alike
    const firsts = Array.from({ length: 50 }, (_, seed) => normalSource(seed)());
    expect(Math.max(...firsts) - Math.min(...firsts)).toBeGreaterThan(2);
  });
});

/**
 * Coverage of the intervals of a bent model, y = exp(-k x) scaled, with the standard deviation given and with it
 * estimated. Of 200 intervals of 95 %, 190 hold the truth on average with a standard deviation of sqrt(200 · 0.95 · 0.05)
 * = 3.1: between 178 and 199 lies all but one case in ten thousand.
 */
describe('coverage', () => {
  const truth = [0.6, 0.35];
  const xs = [0, 0.5, 1, 1.5, 2, 3, 4, 5];
  const model = ([a, k]: readonly number[], x: number) => 2 * a * Math.exp(-3 * k * x);
  it.each([
    ['given', 0.03],
    ['given', 0.1],
    ['estimated', 0.03],
  ])('is 95 % with the deviation %s, noise %f', (kind, noise) => {
    let held = 0;
    for (let seed = 0; seed < 100; seed++) {
      const normal = normalSource(seed);
      const y = xs.map((x) => model(truth, x) + noise * normal());
      const residuals: Residuals = (u) =>
        xs.map((x, i) => (model(u, x) - y[i]) / (kind === 'given' ? noise : 1));
      const fit = fitFrom(residuals, [0.5, 0.5]) ?? expect.fail();
      const variance = kind === 'given' ? null : fit.sum / (xs.length - 2);
      const rise = riseOf95(variance, xs.length - 2);
      for (const index of [0, 1]) {
        const [low, high] = ([-1, 1] as const).map((way) =>
          profileEnd(residuals, fit, index, way, rise, 0.1),
        );
        if (low.u[index] <= truth[index] && truth[index] <= high.u[index]) held++;
      }
    }
    expect(held).toBeGreaterThanOrEqual(178);
    expect(held).toBeLessThanOrEqual(199);
  });
});
