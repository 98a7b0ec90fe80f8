/** Places of a curve that is known at points only. */

/**
 * Where and how high the top of a curve is: the parabola through its highest point and the neighbours. At an end of the
 * curve it is that end; NaN without values.
 */
export function topOf(x: readonly number[], y: readonly number[]): { x: number; y: number } {
  const highest = y.reduce(
    (best, value, i) => (value > (y[best] ?? Number.NEGATIVE_INFINITY) ? i : best),
    -1,
  );
  if (highest < 0) return { x: Number.NaN, y: Number.NaN };
  const [before, after] = [y[highest - 1], y[highest + 1]];
  if (!Number.isFinite(before) || !Number.isFinite(after)) return { x: x[highest], y: y[highest] };
  const [left, right] = [x[highest - 1] - x[highest], x[highest + 1] - x[highest]];
  const [fall, rise] = [before - y[highest], after - y[highest]];
  // y − top = slope·d + bend·d² through both neighbours
  const bend = (fall / left - rise / right) / (left - right);
  const slope = rise / right - bend * right;
  const d = -slope / (2 * bend);
  return { x: x[highest] + d, y: y[highest] + slope * d + bend * d * d };
}

/** Where a curve first falls through zero, on the straight line between two points; NaN where it does not. */
export function zeroOf(x: readonly number[], y: readonly number[]): number {
  const after = y.findIndex((value, i) => i > 0 && value <= 0 && y[i - 1] > 0);
  if (after < 0) return Number.NaN;
  const [above, below] = [y[after - 1], y[after]];
  return x[after - 1] + ((x[after] - x[after - 1]) * above) / (above - below);
}

/** On the straight line between two points; NaN outside. */
export function valueAt(x: readonly number[], y: readonly number[], at: number): number {
  const exact = x.indexOf(at);
  if (exact >= 0) return y[exact];
  const after = x.findIndex((one, i) => i > 0 && one > at && x[i - 1] < at);
  if (after < 0) return Number.NaN;
  return y[after - 1] + ((y[after] - y[after - 1]) * (at - x[after - 1])) / (x[after] - x[after - 1]);
}
