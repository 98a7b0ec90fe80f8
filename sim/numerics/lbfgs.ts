/**
 * Limited-memory BFGS with backtracking (Nocedal and Wright, "Numerical Optimization", 2006, algorithm 7.4): the least of a
 * smooth function of many variables whose gradient is known. On the whole training set of a small network it reaches
 * in hundreds of passes what stochastic descent does not in thousands.
 */

export interface ValueAndGradient {
  readonly value: number;
  readonly gradient: Float64Array;
}

export interface LbfgsOptions {
  /** Pairs of steps and changes of gradient that are remembered. */
  readonly memory?: number;
  /** Called after each step with its number, from 1; `false` ends the search. */
  readonly onStep?: (step: number, value: number, point: Float64Array) => boolean | Promise<boolean>;
}

interface Pair {
  readonly step: Float64Array;
  readonly change: Float64Array;
  readonly curvature: number;
}

const SUFFICIENT = 1e-4;
const MOST_HALVINGS = 20;

/**
 * @param start where it begins; not changed
 * @param steps at most so many
 * @returns the point of least value
 */
export async function lbfgs(
  of: (point: Float64Array) => ValueAndGradient,
  start: Float64Array,
  steps: number,
  { memory = 30, onStep = () => true }: LbfgsOptions = {},
): Promise<Float64Array> {
  let point: Float64Array = Float64Array.from(start);
  let here = of(point);
  let pairs: Pair[] = [];
  for (let step = 1; step <= steps; step++) {
    const direction = descent(here.gradient, pairs);
    const found = lineSearch(of, point, here, direction, pairs.length === 0);
    if (found === null) {
      // the remembered curvature may be stale; from the plain gradient there is nothing more to gain
      if (pairs.length === 0) break;
      pairs = [];
      continue;
    }
    const { next, there } = found;
    const pair = {
      step: next.map((value, i) => value - point[i]),
      change: there.gradient.map((value, i) => value - here.gradient[i]),
    };
    const curvature = dot(pair.step, pair.change);
    if (curvature > 1e-10 * dot(pair.change, pair.change))
      pairs = [...pairs, { ...pair, curvature }].slice(-memory);
    point = next;
    here = there;
    if (!(await onStep(step, here.value, point))) break;
  }
  return point;
}

/** Minus the gradient times the approximate inverse Hessian: the two-loop recursion. */
function descent(gradient: Float64Array, pairs: readonly Pair[]): Float64Array {
  const direction = gradient.map((value) => -value);
  const shares = new Float64Array(pairs.length);
  for (let k = pairs.length - 1; k >= 0; k--) {
    const { step, change, curvature } = pairs[k];
    shares[k] = dot(step, direction) / curvature;
    addTo(direction, -shares[k], change);
  }
  const last = pairs.at(-1);
  if (last !== undefined) {
    const scale = last.curvature / dot(last.change, last.change);
    for (let i = 0; i < direction.length; i++) direction[i] *= scale;
  }
  for (const [k, { step, change, curvature }] of pairs.entries())
    addTo(direction, shares[k] - dot(change, direction) / curvature, step);
  return direction;
}

function lineSearch(
  of: (point: Float64Array) => ValueAndGradient,
  point: Float64Array,
  here: ValueAndGradient,
  direction: Float64Array,
  isFirst: boolean,
): { next: Float64Array; there: ValueAndGradient } | null {
  const slope = dot(here.gradient, direction);
  if (!(slope < 0)) return null;
  let length = isFirst ? Math.min(1, 1 / Math.sqrt(dot(direction, direction))) : 1;
  for (let halving = 0; halving < MOST_HALVINGS; halving++) {
    const next = point.map((value, i) => value + length * direction[i]);
    const there = of(next);
    if (there.value <= here.value + SUFFICIENT * length * slope) return { next, there };
    // the least of the parabola through what is known, not too near either end
    const parabola = (-slope * length * length) / (2 * (there.value - here.value - slope * length));
    length = Number.isFinite(parabola)
      ? Math.min(0.5 * length, Math.max(0.1 * length, parabola))
      : 0.1 * length;
  }
  return null;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

function addTo(sum: Float64Array, factor: number, other: Float64Array): void {
  for (let i = 0; i < sum.length; i++) sum[i] += factor * other[i];
}
