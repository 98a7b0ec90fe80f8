/** What a Jacobian and a number of measurements say about parameters. */
import { Matrix, SingularValueDecomposition, inverse } from 'ml-matrix';

/**
 * Rise of the sum of squared residuals that ends a 95 % interval. With known standard deviations it is 3.84 (chi squared,
 * one degree of freedom); with a variance estimated from `freedom` residuals it is variance · t², t of Student.
 * @param variance estimated variance; null where the standard deviations are known
 */
export function riseOf95(variance: number | null, freedom: number): number {
  return variance === null ? NORMAL_975 ** 2 : variance * studentQuantile(freedom) ** 2;
}

/** 97.5 % quantile of the normal distribution. */
export const NORMAL_975 = 1.959964;

/**
 * 97.5 % quantile of Student's t, within 0.1 %: closed for 1 and 2 degrees of freedom, else the series in 1/freedom of
 * Abramowitz and Stegun, Handbook of Mathematical Functions, 26.7.5.
 */
export function studentQuantile(freedom: number): number {
  if (freedom === 1) return Math.tan(0.475 * Math.PI);
  if (freedom === 2) return 0.95 * Math.sqrt(2 / (1 - 0.95 ** 2));
  const x = NORMAL_975;
  return (
    x +
    (x ** 3 + x) / 4 / freedom +
    (5 * x ** 5 + 16 * x ** 3 + 3 * x) / 96 / freedom ** 2 +
    (3 * x ** 7 + 19 * x ** 5 + 17 * x ** 3 - 15 * x) / 384 / freedom ** 3 +
    (79 * x ** 9 + 776 * x ** 7 + 1482 * x ** 5 - 1920 * x ** 3 - 945 * x) / 92160 / freedom ** 4
  );
}

/**
 * How far chi squared of `freedom` degrees of freedom lies above its mean, in standard deviations of a normal variable:
 * the cube root of Wilson and Hilferty (1931), good to 0.01 from 3 degrees of freedom on.
 */
export function chiSquaredScore(sum: number, freedom: number): number {
  const spread = 2 / (9 * freedom);
  return ((sum / freedom) ** (1 / 3) - (1 - spread)) / Math.sqrt(spread);
}

export interface Information {
  /** Of the parameters, 0 to 1 over their ranges; null where some combination of them moves nothing. */
  readonly covariance: readonly (readonly number[])[] | null;
  /** Largest over least singular value of the Jacobian; Infinity where some combination moves nothing. */
  readonly condition: number;
}

/** Beyond this the covariance has no correct digit: the derivatives themselves are good to about 1e-5. */
const WORST_CONDITION = 1e5;

/** @param variance of the residuals; 1 where they are already over their standard deviations */
export function informationOf(jacobian: readonly (readonly number[])[], variance: number): Information {
  const matrix = new Matrix(jacobian.map((row) => [...row]));
  if (matrix.rows < matrix.columns) return { covariance: null, condition: Number.POSITIVE_INFINITY };
  const singular = new SingularValueDecomposition(matrix).diagonal;
  const condition = Math.max(...singular) / Math.min(...singular);
  if (!(condition < WORST_CONDITION))
    return { covariance: null, condition: Number.isNaN(condition) ? Number.POSITIVE_INFINITY : condition };
  const covariance = inverse(matrix.transpose().mmul(matrix)).mul(variance);
  return { covariance: covariance.to2DArray(), condition };
}

export function correlationOf(covariance: readonly (readonly number[])[]): number[][] {
  return covariance.map((row, a) =>
    row.map((value, b) => value / Math.sqrt(covariance[a][a] * covariance[b][b])),
  );
}

/** Correlation of each value with the one before it: near 0 for independent residuals, near 1 for ones that drift. */
export function serialCorrelation(values: readonly number[]): number {
  const mean = values.reduce((sum, v) => sum + v, 0) / values.length;
  const product = (lag: number) =>
    values.slice(lag).reduce((sum, v, i) => sum + (v - mean) * (values[i] - mean), 0);
  return product(0) === 0 ? 0 : product(1) / product(0);
}
