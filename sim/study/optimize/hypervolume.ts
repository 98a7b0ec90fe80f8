/**
 * The volume that a front dominates up to a reference point: grows with every design that adds something (E. Zitzler and
 * L. Thiele, IEEE Trans. Evol. Comput. 3, 257, 1999). Exact, by the exclusive volumes of While, Bradstreet and Barone (IEEE Trans.
 * Evol. Comput. 16, 86, 2012).
 */
import { dominates } from './rank.ts';

type Point = readonly number[];

/** @param points costs, all to be made small; those not better than `reference` in each add nothing */
export function hypervolume(points: readonly Point[], reference: Point): number {
  const inside = points.filter((point) => point.every((cost, k) => cost < reference[k]));
  return volume(inside, reference);
}

function volume(points: readonly Point[], reference: Point): number {
  if (reference.length === 1)
    return points.length === 0 ? 0 : reference[0] - Math.min(...points.map(([cost]) => cost));
  if (reference.length === 2) return area(points, reference);
  // by the last cost, from the worst: what stands behind it is cut to it, and so has one dimension less to care for
  const sorted = undominated(points).toSorted((a, b) => b[b.length - 1] - a[a.length - 1]);
  return sorted.reduce((sum, point, i) => sum + exclusive(point, sorted.slice(i + 1), reference), 0);
}

/** What `point` dominates and none of `others` does; each of these is at least as good in the last cost. */
function exclusive(point: Point, others: readonly Point[], reference: Point): number {
  const last = point.length - 1;
  const depth = reference[last] - point[last];
  const flat = point.slice(0, last);
  const edge = reference.slice(0, last);
  const box = flat.reduce((product, cost, k) => product * (edge[k] - cost), 1);
  const cut = others.map((other) => flat.map((cost, k) => Math.max(cost, other[k])));
  return depth * (box - volume(cut, edge));
}

function area(points: readonly Point[], [right, top]: Point): number {
  let [sum, below] = [0, top];
  for (const [x, y] of points.toSorted((a, b) => a[0] - b[0] || a[1] - b[1])) {
    if (y >= below) continue;
    sum += (right - x) * (below - y);
    below = y;
  }
  return sum;
}

function undominated(points: readonly Point[]): Point[] {
  const left: Point[] = [];
  for (const point of points) {
    if (left.some((other) => dominates(other, point) || other.every((cost, k) => cost === point[k])))
      continue;
    left.splice(0, left.length, ...left.filter((other) => !dominates(point, other)), point);
  }
  return left;
}
