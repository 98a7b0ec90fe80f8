/** One unknown: where a function that is dear to evaluate, and may be undefined, meets zero. */

export interface Root {
  readonly at: number;
  /** d(function)/d(unknown), from the points nearest to it. */
  readonly slope: number;
}

/** undefined (null) counts as no point. */
export type Asked = (x: number) => number | null;

const STEPS = 30;

/**
 * Every sign change between neighbouring points of an even scan of [low, high], narrowed by the Illinois rule until the
 * function is within `tolerance` of zero. Roots closer to each other than the scan are missed.
 * @param scan points, at least 2
 */
export function rootsWithin(ask: Asked, low: number, high: number, scan: number, tolerance: number): Root[] {
  const points = Array.from({ length: scan }, (_, k) => {
    const x = low + ((high - low) * k) / (scan - 1);
    return { x, y: ask(x) };
  }).flatMap(({ x, y }) => (y === null || !Number.isFinite(y) ? [] : [{ x, y }]));
  return points.slice(1).flatMap((right, k) => {
    const left = points[k];
    if (left.y === 0) return [{ at: left.x, slope: (right.y - left.y) / (right.x - left.x) }];
    return left.y * right.y < 0 ? narrowed(ask, left, right, tolerance) : [];
  });
}

interface Point {
  readonly x: number;
  readonly y: number;
}

function narrowed(ask: Asked, left: Point, right: Point, tolerance: number): Root[] {
  let [a, b] = [left, right];
  // the values that the secant is drawn through; that of an end that stays is halved
  let [ya, yb] = [a.y, b.y];
  for (let step = 0; step < STEPS; step++) {
    const x = (a.x * yb - b.x * ya) / (yb - ya);
    const y = ask(x);
    if (y === null) return [];
    const slope = (b.y - a.y) / (b.x - a.x);
    if (Math.abs(y) <= tolerance) return [{ at: x, slope }];
    if (y * b.y < 0) {
      [a, ya] = [b, yb];
    } else ya *= 0.5;
    [b, yb] = [{ x, y }, y];
  }
  return [];
}
