/** Where the values of a grid cross a level: open lines, and none along the rim of the grid or of a gap. */
import { contours } from 'd3-contour';
import type { Value } from './axes.ts';

type Corner = readonly [x: number, y: number];
export type ContourLine = readonly Corner[];

/**
 * @param x places of the columns, in any unit, and `y` of the rows; the lines come in these
 * @param values values[row][column]; what is not finite is a gap
 */
export function contourLines(
  x: readonly number[],
  y: readonly number[],
  values: readonly (readonly Value[])[],
  level: number,
): ContourLine[] {
  const flat = values.flat().map((v) => v ?? Number.NaN);
  const at = (row: number, column: number): number =>
    row < 0 || column < 0 || column >= x.length ? Number.NaN : (flat[row * x.length + column] ?? Number.NaN);
  /** d3 stands half way between two neighbours, and also on the rim: there it has no crossing to give. */
  const crossing = ([i, j]: readonly number[]): Corner | undefined => {
    const along = Number.isInteger(i);
    const [row, column] = along ? [j - 0.5, i] : [j, i - 0.5];
    const [before, after] = along
      ? [at(row, column - 1), at(row, column)]
      : [at(row - 1, column), at(row, column)];
    const share = (level - before) / (after - before);
    if (!Number.isFinite(share)) return undefined;
    return along
      ? [mix(x[column - 1], x[column], share), y[row]]
      : [x[column], mix(y[row - 1], y[row], share)];
  };
  const rings = contours().size([x.length, y.length]).smooth(false).contour(flat, level).coordinates.flat();
  return rings.flatMap((ring) => cutAtGaps(ring.map(crossing)));
}

const mix = (from: number, to: number, share: number): number => from + (to - from) * share;

/** A ring begins anywhere and ends with its first corner: what comes first and last of it may be one line. */
function cutAtGaps(ring: readonly (Corner | undefined)[]): ContourLine[] {
  const start = ring.indexOf(undefined);
  const open = start < 0 ? ring : [...ring.slice(start), ...ring.slice(1, start)];
  const lines: Corner[][] = [[]];
  for (const corner of open) {
    if (corner) lines[lines.length - 1].push(corner);
    else lines.push([]);
  }
  return lines.filter((line) => line.length > 1);
}
