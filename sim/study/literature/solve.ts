/** One unknown: where a function that is dear to evaluate, and may be undefined, meets zero. */

export interface Root {
  readonly at: number;
  /** d(function)/d(unknown). */
  readonly slope: number;
}

/** undefined (null) counts as no point. */
export type Asked = (x: number) => number | null;

const STEPS = 30;
/** Difference for the slope, as a share of the range: far above the noise of a steady state, far below the range. */
const DIFFERENCE = 0.01;

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
    // a point that is a root itself belongs to the interval on its right
    if (left.y * right.y >= 0 && left.y !== 0) return [];
    const root = left.y === 0 ? left : narrowed(ask, left, right, tolerance);
    const slope = root && slopeAt(ask, root, DIFFERENCE * (high - low));
    return root && slope ? [{ at: root.x, slope }] : [];
  });
}

interface Point {
  readonly x: number;
  readonly y: number;
}

function narrowed(ask: Asked, left: Point, right: Point, tolerance: number): Point | null {
  let [a, b] = [left, right];
  // the values that the secant is drawn through; that of an end that stays is halved
  let [ya, yb] = [a.y, b.y];
  for (let step = 0; step < STEPS; step++) {
    const x = (a.x * yb - b.x * ya) / (yb - ya);
    const y = ask(x);
    if (y === null) return null;
    if (Math.abs(y) <= tolerance) return { x, y };
    if (y * b.y < 0) {
      [a, ya] = [b, yb];
    } else ya *= 0.5;
    [b, yb] = [{ x, y }, y];
  }
  return null;
}

/** To one side, or to the other where there is no value. */
function slopeAt(ask: Asked, { x, y }: Point, h: number): number | null {
  for (const step of [-h, h]) {
    const beside = ask(x + step);
    if (beside !== null) return (beside - y) / step;
  }
  return null;
}
