/**
 * How sure the mean of some cycles is, and a ratio of two such means (GUM, JCGM 100:2008). Only what the cycles
 * themselves show is in it (type A: their scatter); an error that all of them share, as of a sensor that reads 1 % too
 * much, is not, and cannot be seen from here.
 *
 * Cycles resemble the one before. With the correlation r of neighbours, n cycles say as much as
 * n_eff = n (1 − r) / (1 + r) that do not (Bartlett 1935, first order), and the standard error of a mean is s / √n_eff.
 *
 * For R = a/b: u²(R)/R² = u²(a)/a² + u²(b)/b² − 2 u(a,b)/(a b), u(a,b) the covariance of the means.
 */
export interface Estimate {
  readonly value: number;
  /** Standard uncertainty; NaN below three cycles. */
  readonly u: number;
  readonly cycles: number;
  /** Cycles that say as much without resembling each other. */
  readonly effective: number;
}

/** Expanded uncertainty of some 95 %: 2 u, as long as n_eff is not small. */
export const COVERAGE = 2;
const FEWEST = 3;

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

function covariance(a: readonly number[], b: readonly number[]): number {
  const [ofA, ofB] = [mean(a), mean(b)];
  return a.reduce((sum, value, i) => sum + (value - ofA) * (b[i] - ofB), 0) / (a.length - 1);
}

/** Correlation of neighbours in [0, 0.98]; a negative one would claim more than n cycles say. */
function resemblance(values: readonly number[]): number {
  const centre = mean(values);
  let [along, all] = [0, 0];
  for (const [i, value] of values.entries()) {
    all += (value - centre) ** 2;
    if (i > 0) along += (value - centre) * (values[i - 1] - centre);
  }
  return all > 0 ? Math.min(0.98, Math.max(0, along / all)) : 0;
}

/** Of pairs in which one is missing nothing is used. */
const whole = (a: readonly number[], b: readonly number[]): [number[], number[]] => {
  const both = a.flatMap((value, i) => (Number.isFinite(value) && Number.isFinite(b[i]) ? [i] : []));
  return [both.map((i) => a[i]), both.map((i) => b[i])];
};

export function meanOf(given: readonly number[]): Estimate {
  const values = given.filter((value) => Number.isFinite(value));
  const r = resemblance(values);
  const effective = (values.length * (1 - r)) / (1 + r);
  const u = values.length < FEWEST ? Number.NaN : Math.sqrt(covariance(values, values) / effective);
  return { value: mean(values), u, cycles: values.length, effective };
}

/** Mean of a over mean of b, cycle by cycle together; NaN where b is zero or negative. */
export function ratioOf(allA: readonly number[], allB: readonly number[]): Estimate {
  const [a, b] = whole(allA, allB);
  const [ofA, ofB] = [mean(a), mean(b)];
  const value = ofB > 0 ? ofA / ofB : Number.NaN;
  // u² of a/b is that of a − R b, over b²: the formula above, without a division by a
  const difference = meanOf(a.map((one, i) => one - value * b[i]));
  return { ...difference, value, u: difference.u / ofB };
}
