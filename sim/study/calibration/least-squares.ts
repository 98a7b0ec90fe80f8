/**
 * Least squares inside the unit box: Levenberg-Marquardt with an active set. Parameters are scaled to their ranges by
 * whoever calls, so that 0 and 1 are the ends of each.
 *
 * Why not ml-levenberg-marquardt (5.1): on the problems of test/sim/calibrate-least-squares.test.ts it finds Misra1a, but
 * from the far start of Thurber its sum of squares is still 2.6 times the certified one after 1000 iterations, and in the
 * bounded valley of Rosenbrock 0.6 % too large. It goes on from a step that made the fit worse, stops only where the sum
 * of squares itself is below a tolerance (with noise: never), clips a step at the bounds without telling the others, ends
 * without a word where the model gives no number, and keeps the Jacobian, which covariance and correlation come from.
 */
import { CholeskyDecomposition, Matrix } from 'ml-matrix';

/** Residuals over their standard deviations at `u`, each 0 to 1; null where the model cannot be computed there. */
export type Residuals = (u: readonly number[]) => readonly number[] | null;

export interface Fit {
  readonly u: readonly number[];
  readonly residuals: readonly number[];
  /** Sum of the squares of the residuals. */
  readonly sum: number;
  /** Derivatives of the residuals, shape [residuals][parameters]. */
  readonly jacobian: readonly (readonly number[])[];
  readonly iterations: number;
  /** False where the iterations ran out or every step failed. */
  readonly converged: boolean;
}

export interface FitOptions {
  /** Half the distance of central differences; large against the noise of the model, small against its bends. */
  readonly differenceStep?: number;
  /** Parameters that stay where they start. */
  readonly held?: readonly number[];
  readonly maxIterations?: number;
  /** A step that promises less than this share of the sum of squares ends the fit. */
  readonly smallestGain?: number;
}

/** A step below this share of the ranges ends the fit. */
const SMALLEST_STEP = 1e-7;
const LARGEST_DAMPING = 1e12;

/** Goes downhill from `start`. null where the model cannot be computed at the start. */
export function fitFrom(
  residuals: Residuals,
  start: readonly number[],
  options: FitOptions = {},
): Fit | null {
  const { differenceStep = 1e-3, held = [], maxIterations = 60, smallestGain = 1e-10 } = options;
  const movable = start.map((_, k) => k).filter((k) => !held.includes(k));
  let u = start.map(clip);
  const first = residuals(u);
  if (first === null) return null;
  let now = first;
  let sum = sumOfSquares(now);
  let jacobian = derivatives(residuals, u, now, movable, differenceStep);
  let damping = 1e-3;
  let growth = 2;
  for (let iteration = 1; iteration <= maxIterations; iteration++) {
    const step = dampedStep(jacobian, now, u, movable, damping);
    const next = u.map((value, k) => clip(value + step[k]));
    const moved = Math.max(...next.map((value, k) => Math.abs(value - u[k])));
    const promised = sum - sumOfSquares(linear(now, jacobian, u, next));
    const isSpent = promised >= 0 && promised <= smallestGain * sum;
    if (moved < SMALLEST_STEP || isSpent)
      return { u, residuals: now, sum, jacobian, iterations: iteration, converged: true };
    const there = residuals(next);
    const gained = there === null ? -1 : sum - sumOfSquares(there);
    if (there !== null && gained > 0) {
      // the rule of Nielsen: the better the linear model foretold the gain, the less damping
      damping *= Math.max(1 / 3, 1 - (2 * (gained / promised) - 1) ** 3);
      growth = 2;
      [u, now, sum] = [next, there, sum - gained];
      jacobian = derivatives(residuals, u, now, movable, differenceStep);
    } else {
      damping *= growth;
      growth *= 2;
      if (damping > LARGEST_DAMPING)
        return { u, residuals: now, sum, jacobian, iterations: iteration, converged: false };
    }
  }
  return { u, residuals: now, sum, jacobian, iterations: maxIterations, converged: false };
}

/**
 * The step of the damped normal equations, inside the box. A parameter that the step would carry over a bound stops
 * there, and the others are solved for again: clipped alone, it would leave them where they fit its unclipped value.
 */
function dampedStep(
  jacobian: Fit['jacobian'],
  residuals: readonly number[],
  u: readonly number[],
  movable: readonly number[],
  damping: number,
): number[] {
  const slope = u.map((_, k) => residuals.reduce((sum, r, i) => sum + r * jacobian[i][k], 0));
  const product = (a: number, b: number) => jacobian.reduce((sum, row) => sum + row[a] * row[b], 0);
  const isPressedOut = (k: number) => (u[k] <= 0 && slope[k] >= 0) || (u[k] >= 1 && slope[k] <= 0);
  const step = u.map(() => 0);
  let free = movable.filter((k) => !isPressedOut(k));
  while (free.length > 0) {
    const stopped = movable.filter((k) => !free.includes(k));
    const normal = new Matrix(free.map((a) => free.map((b) => product(a, b))));
    // a parameter that moves nothing would leave the equations without a solution
    const floor = 1e-12 * Math.max(...normal.diag(), Number.MIN_VALUE);
    free.forEach((_, i) => {
      const own = normal.get(i, i);
      normal.set(i, i, own + damping * own + floor);
    });
    const pull = free.map((k) => -slope[k] - stopped.reduce((sum, s) => sum + product(k, s) * step[s], 0));
    const solved = new CholeskyDecomposition(normal).solve(Matrix.columnVector(pull)).to1DArray();
    free.forEach((k, i) => {
      step[k] = clip(u[k] + solved[i]) - u[k];
    });
    const inside = free.filter((k, i) => Math.abs(step[k] - solved[i]) < 1e-12);
    if (inside.length === free.length) break;
    free = inside;
  }
  return step;
}

/** By central differences, one-sided at a bound and where the model fails on one side; 0 where it fails on both. */
function derivatives(
  residuals: Residuals,
  u: readonly number[],
  now: readonly number[],
  movable: readonly number[],
  step: number,
): number[][] {
  const jacobian = now.map(() => u.map(() => 0));
  for (const k of movable) {
    const at = (value: number) => {
      const there = residuals(u.with(k, value));
      return there === null ? { value: u[k], there: now } : { value, there };
    };
    const above = at(clip(u[k] + step));
    const below = at(clip(u[k] - step));
    const apart = above.value - below.value;
    if (apart === 0) continue;
    for (let i = 0; i < now.length; i++) jacobian[i][k] = (above.there[i] - below.there[i]) / apart;
  }
  return jacobian;
}

const linear = (
  now: readonly number[],
  jacobian: Fit['jacobian'],
  from: readonly number[],
  to: readonly number[],
): number[] =>
  now.map((r, i) => r + jacobian[i].reduce((sum, slope, k) => sum + slope * (to[k] - from[k]), 0));

const clip = (value: number): number => Math.min(Math.max(value, 0), 1);

export const sumOfSquares = (values: readonly number[]): number => values.reduce((sum, v) => sum + v * v, 0);
