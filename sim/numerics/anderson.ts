/**
 * Fixed points of x → G(x) by Anderson acceleration. A cycle of a regenerator forgets its start slowly (tens to
 * hundreds of cycles), and a small change per cycle is not convergence: the secants of the last few cycles give both
 * a much better next guess and, as its distance from the present one, an estimate of the error.
 */
import { math } from '../mathjs.ts';

export interface FixedPointOptions {
  /** Plain iterations before the first extrapolation. */
  readonly warmUp: number;
  /** How many past iterations are kept. */
  readonly window: number;
  /** Stop when both the residual and the extrapolated error are below this, in the units of the scaled state. */
  readonly tolerance: number;
  readonly maxIterations: number;
  /** Weights that bring the entries of x to one unit (kelvin), shape [n]. */
  readonly scale: Float64Array;
  readonly onIteration?: (iteration: number, residual: number) => void;
}

export interface FixedPoint {
  readonly converged: boolean;
  readonly iterations: number;
  /** Largest scaled |G(x) − x| at the last iteration. */
  readonly residual: number;
  /** Largest scaled distance from the last iterate to the extrapolated fixed point. */
  readonly extrapolatedError: number;
  /** Why it did not converge; null where it did. */
  readonly cause: NotConverged | null;
}

/**
 * `diverged`: the state is no longer finite. `slow`: the residual was still falling, more iterations would do.
 * `stalled`: it had stopped falling, as where the map jumps between states.
 */
export type NotConverged = 'diverged' | 'slow' | 'stalled';

/** Iterations over which a residual that still falls must have halved. */
const TREND = 20;

/**
 * Iterates `x` in place until it is a fixed point of `map` (reads `from`, writes `to`, both of shape [n]).
 * Not converging is a result, not an exception.
 */
export function findFixedPoint(
  x: Float64Array,
  map: (from: Float64Array, to: Float64Array) => void,
  options: FixedPointOptions,
): FixedPoint {
  const { warmUp, window, tolerance, maxIterations, scale, onIteration } = options;
  const n = x.length;
  const image = new Float64Array(n);
  const residuals: number[] = [];
  const pastImage: Float64Array[] = [];
  const pastDefect: Float64Array[] = [];
  let residual = Number.POSITIVE_INFINITY;
  let extrapolatedError = Number.POSITIVE_INFINITY;
  for (let k = 1; k <= maxIterations; k++) {
    map(x, image);
    const defect = new Float64Array(n);
    residual = 0;
    for (let i = 0; i < n; i++) {
      defect[i] = (image[i] - x[i]) * scale[i];
      residual = Math.max(residual, Math.abs(defect[i]));
    }
    residuals.push(residual);
    onIteration?.(k, residual);
    if (defect.some((d) => !Number.isFinite(d)))
      return { converged: false, iterations: k, residual, extrapolatedError, cause: 'diverged' };
    pastImage.push(image.slice());
    pastDefect.push(defect);
    if (pastImage.length > window + 1) {
      pastImage.shift();
      pastDefect.shift();
    }
    const next = image.slice();
    if (k > warmUp) extrapolate(next, pastImage, pastDefect);
    extrapolatedError = 0;
    for (let i = 0; i < n; i++)
      extrapolatedError = Math.max(extrapolatedError, Math.abs(next[i] - x[i]) * scale[i]);
    x.set(next);
    if (k > warmUp && residual < tolerance && extrapolatedError < tolerance) {
      return { converged: true, iterations: k, residual, extrapolatedError, cause: null };
    }
  }
  const before = residuals.at(-1 - TREND) ?? residuals[0];
  const cause = Math.min(...residuals.slice(-TREND)) < 0.5 * before ? 'slow' : 'stalled';
  return { converged: false, iterations: maxIterations, residual, extrapolatedError, cause };
}

/** Moves `next` (the last image) by the combination of past images whose defect is smallest. */
function extrapolate(
  next: Float64Array,
  images: readonly Float64Array[],
  defects: readonly Float64Array[],
): void {
  const m = images.length - 1;
  if (m < 1) return;
  const last = defects[m];
  const differences = defects.slice(0, m).map((d, j) => d.map((v, i) => defects[j + 1][i] - v));
  const gram = differences.map((a) => differences.map((b) => dot(a, b)));
  const trace = gram.reduce((sum, row, j) => sum + row[j], 0);
  if (!(trace > 0)) return;
  // the secants become parallel as the iteration converges; 1e-13 of the trace keeps the solve finite, and without the
  // trace a pivot near convergence is so small that mathjs takes it for zero
  const scaled = gram.map((row, j) => row.map((v, k) => v / trace + (j === k ? 1e-13 : 0)));
  const weights = math.lusolve(
    scaled,
    differences.map((a) => dot(a, last) / trace),
  ) as number[][];
  for (let j = 0; j < m; j++) {
    const w = weights[j][0];
    for (let i = 0; i < next.length; i++) next[i] -= w * (images[j + 1][i] - images[j][i]);
  }
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}
