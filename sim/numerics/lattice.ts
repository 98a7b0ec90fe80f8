/** Values on a rectangular lattice of any number of axes, straight lines between, the edge beyond. */
export interface Lattice {
  /** Each ascending, of at least two points. */
  readonly axes: readonly (readonly number[])[];
  /** The last axis runs fastest. */
  readonly values: readonly number[];
}

/** @param point one coordinate an axis; NaN where one is not a number */
export function interpolate({ axes, values }: Lattice, point: readonly number[]): number {
  let corners: { readonly at: number; readonly weight: number }[] = [{ at: 0, weight: 1 }];
  for (const [k, axis] of axes.entries()) {
    const { at, share } = place(axis, point[k]);
    corners = corners.flatMap((corner) => [
      { at: corner.at * axis.length + at, weight: corner.weight * (1 - share) },
      { at: corner.at * axis.length + at + 1, weight: corner.weight * share },
    ]);
  }
  return corners.reduce((sum, { at, weight }) => sum + weight * values[at], 0);
}

function place(axis: readonly number[], value: number): { at: number; share: number } {
  const found = axis.findIndex((edge) => edge >= value);
  const at = Math.min(axis.length - 2, Math.max(0, (found < 0 ? axis.length : found) - 1));
  return { at, share: Math.min(1, Math.max(0, (value - axis[at]) / (axis[at + 1] - axis[at]))) };
}
