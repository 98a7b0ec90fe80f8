/**
 * Sobol indices from the values at the points of a Saltelli design: how much of the variance of a result comes from one
 * parameter alone (first order) and with all that it does together with others (total).
 *
 * First order after Saltelli et al., Comput. Phys. Commun. 181, 259 (2010), table 2 (b): mean of f(B) (f(AB_i) − f(A)) over
 * the variance, with the mean of f taken off, which leaves the index and makes its estimate steadier. Total after Jansen,
 * Comput. Phys. Commun. 117, 35 (1999): mean of (f(A) − f(AB_i))² / 2 over the variance. Intervals: the percentiles of a
 * bootstrap over rows. Rows of Sobol points are spread more evenly than the bootstrap's, so the intervals are on the wide side.
 */
import { uniformSource } from '../sampling/random.ts';

/** An estimate and its interval of 95 %. */
export interface Estimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

export interface ParameterIndices {
  readonly first: Estimate;
  readonly total: Estimate;
}

export interface SobolIndices {
  /** Rows with a value at each of their points. */
  readonly rows: number;
  readonly mean: number;
  readonly variance: number;
  /** In the order of the parameters; null where the result does not vary, or too few rows are whole. */
  readonly parameters: readonly ParameterIndices[] | null;
}

const RESAMPLES = 1000;
const FEWEST_ROWS = 8;
const [LOW, HIGH] = [0.025, 0.975];
/** Of the mean square: a result that varies by less is told from rounding by nothing. */
const LEAST_VARIANCE = 1e-18;

/** @param values at each point of the design, by number; null where there is none: its row is left out */
export function sobolIndices(
  values: readonly (number | null)[],
  dimensions: number,
  seed: number,
): SobolIndices {
  const blocks = dimensions + 2;
  const rows: number[][] = [];
  for (let first = 0; first + blocks <= values.length; first += blocks) {
    const row = values.slice(first, first + blocks);
    if (row.every((value) => value !== null)) rows.push(row);
  }
  const outside = rows.flatMap(([a, b]) => [a, b]);
  const mean = average(outside);
  const variance = average(outside.map((value) => (value - mean) ** 2));
  const about = { rows: rows.length, mean, variance };
  if (rows.length < FEWEST_ROWS || variance <= LEAST_VARIANCE * mean ** 2 || variance === 0)
    return { ...about, parameters: null };
  const terms = rows.map((row) => termsOf(row.map((value) => value - mean)));
  const found = estimate(terms, dimensions);
  const uniform = uniformSource(seed);
  const draws = Array.from({ length: RESAMPLES }, () =>
    estimate(
      Array.from(terms, () => terms[Math.floor(uniform() * terms.length)]),
      dimensions,
    ),
  );
  const withInterval = (which: number): Estimate => {
    const sorted = draws.map((draw) => draw[which]).toSorted((a, b) => a - b);
    const at = (share: number) => sorted[Math.round(share * (RESAMPLES - 1))];
    return { value: found[which], low: at(LOW), high: at(HIGH) };
  };
  return {
    ...about,
    parameters: Array.from({ length: dimensions }, (_, d) => ({
      first: withInterval(d),
      total: withInterval(dimensions + d),
    })),
  };
}

const average = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** What a row adds to the sums: of f and f² over A and B, then of each first order, then of each total. */
function termsOf([a, b, ...mixed]: readonly number[]): number[] {
  return [
    (a + b) / 2,
    (a * a + b * b) / 2,
    ...mixed.map((ab) => b * (ab - a)),
    ...mixed.map((ab) => (a - ab) ** 2 / 2),
  ];
}

/** First-order indices, then total ones. A bootstrap's rows have a variance of their own. */
function estimate(terms: readonly (readonly number[])[], dimensions: number): number[] {
  const sums = new Float64Array(2 + 2 * dimensions);
  for (const row of terms) for (let k = 0; k < sums.length; k++) sums[k] += row[k];
  const [mean, square, ...parts] = Array.from(sums, (sum) => sum / terms.length);
  const variance = square - mean ** 2;
  return parts.map((part) => part / variance);
}
