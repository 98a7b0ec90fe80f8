/**
 * Profile likelihood: how far one parameter can move from the best fit, the others following as well as they can,
 * before the sum of squares has risen by a given amount. Unlike the covariance it knows bounds, bends and open ends.
 */
import { type Fit, type FitOptions, type Residuals, fitFrom } from './least-squares.ts';

export interface ProfileEnd {
  /** All parameters at the end, 0 to 1. */
  readonly u: readonly number[];
  /** crossed: the sum has risen; bound: it has not, up to the bound; failed: the model cannot be computed further. */
  readonly end: 'crossed' | 'bound' | 'failed';
  /** Rise of the sum of squares there. */
  readonly rise: number;
  /** Parameters that fit better than what was called the best. */
  readonly better: readonly number[] | null;
}

/** The rise is met within this share of it. */
const CLOSE = 0.01;
const NARROW = 1e-5;
/** Where the best fit itself is improved by more than this share of the rise, it was not the best. */
const BETTER = 0.02;
const MOST_REFITS = 40;

/**
 * @param best a fit of all parameters
 * @param index of the parameter
 * @param rise of the sum of squares that ends the interval
 * @param guess distance at which the rise is expected, as a share of the range
 */
export function profileEnd(
  residuals: Residuals,
  best: Pick<Fit, 'u' | 'sum'>,
  index: number,
  direction: -1 | 1,
  rise: number,
  guess: number,
  options: FitOptions = {},
): ProfileEnd {
  const reach = direction > 0 ? 1 - best.u[index] : best.u[index];
  let inside: Point = { distance: 0, rise: 0, u: best.u };
  let outside: Point | null = null;
  let failedAt: number | null = null;
  let better: ProfileEnd['better'] = null;
  const done = (end: ProfileEnd['end'], { u, rise: risen }: Point) => ({ u, end, rise: risen, better });
  let distance = Math.min(Math.max(guess, 1e-3), reach);
  for (let refit = 0; refit < MOST_REFITS; refit++) {
    if (inside.distance >= reach) return done('bound', inside);
    const start = inside.u.with(index, best.u[index] + direction * distance);
    const fit = fitFrom(residuals, start, { maxIterations: 25, ...options, held: [index] });
    if (fit === null) {
      if (outside !== null || distance - inside.distance < NARROW) return done('failed', inside);
      failedAt = distance;
      distance = (inside.distance + distance) / 2;
      continue;
    }
    const point = { distance, rise: fit.sum - best.sum, u: fit.u };
    if (point.rise < -BETTER * rise) better = fit.u;
    if (Math.abs(point.rise - rise) <= CLOSE * rise) return done('crossed', point);
    if (point.rise > rise) outside = point;
    else inside = point;
    if (outside !== null && outside.distance - inside.distance < NARROW) return done('crossed', outside);
    if (outside !== null) distance = crossing(inside, outside, rise);
    else if (failedAt !== null) distance = (inside.distance + failedAt) / 2;
    else distance = Math.min(2 * distance, reach);
  }
  return outside === null ? done('failed', inside) : done('crossed', outside);
}

interface Point {
  /** From the best value, as a share of the range. */
  readonly distance: number;
  readonly rise: number;
  readonly u: readonly number[];
}

/** The root of the rise is nearly straight in the distance, so that a secant on it lands close. */
function crossing(inside: Point, outside: Point, rise: number): number {
  const depth = ({ rise: risen }: Point) => Math.sqrt(Math.max(risen, 0));
  const share = (Math.sqrt(rise) - depth(inside)) / (depth(outside) - depth(inside));
  // kept off the ends, so that the bracket shrinks from both sides
  const kept = Math.min(Math.max(share, 0.05), 0.95);
  return inside.distance + kept * (outside.distance - inside.distance);
}
