/**
 * Who is better than whom: Pareto dominance with constraints (K. Deb et al., IEEE Trans. Evol. Comput. 6, 182, 2002). What
 * meets the constraints is better than what does not; of two that meet them the dominating one; of two that do not the one
 * that misses them by less, each constraint in shares of the greatest miss among those that are compared.
 */

export interface Evaluated {
  /** 0 to 1 each. */
  readonly genes: readonly number[];
  /** All to be made small. Looked at only where every constraint holds. */
  readonly costs: readonly number[];
  /** By how much each constraint is missed: 0 where it holds, infinite where that is not known. */
  readonly violations: readonly number[];
}

/** Whether costs `a` are nowhere greater than `b` and somewhere less. */
export function dominates(a: readonly number[], b: readonly number[]): boolean {
  let less = false;
  for (let k = 0; k < a.length; k++) {
    if (a[k] > b[k]) return false;
    if (a[k] < b[k]) less = true;
  }
  return less;
}

export const isFeasible = ({ violations }: Evaluated): boolean => violations.every((miss) => miss === 0);

/** Fronts from the best on, as positions in `all`. */
export function rankFronts(all: readonly Evaluated[]): number[][] {
  const missed = missesOf(all);
  const isBetter = (a: number, b: number): boolean =>
    missed[a] === 0 && missed[b] === 0 ? dominates(all[a].costs, all[b].costs) : missed[a] < missed[b];
  const beaten = all.map((): number[] => []);
  const beatenBy = new Uint32Array(all.length);
  const note = (better: number, worse: number): void => {
    beaten[better].push(worse);
    beatenBy[worse]++;
  };
  for (let a = 0; a < all.length; a++)
    for (let b = 0; b < a; b++)
      if (isBetter(a, b)) note(a, b);
      else if (isBetter(b, a)) note(b, a);
  const fronts: number[][] = [];
  let front = all.flatMap((_, i) => (beatenBy[i] === 0 ? [i] : []));
  while (front.length > 0) {
    fronts.push(front);
    front = front.flatMap((i) => beaten[i].filter((other) => --beatenBy[other] === 0));
  }
  return fronts;
}

/** What an unknown miss counts as, in shares of the greatest that is known. */
const UNKNOWN = 2;

/** Of each, the sum of its misses, each constraint in shares of the greatest. */
function missesOf(all: readonly Evaluated[]): number[] {
  const constraints = all[0]?.violations.length ?? 0;
  const greatest = Array.from({ length: constraints }, (_, c) =>
    all.reduce(
      (most, { violations }) => (violations[c] < Infinity ? Math.max(most, violations[c]) : most),
      0,
    ),
  );
  return all.map(({ violations }) =>
    violations.reduce((sum, miss, c) => {
      if (miss === 0) return sum;
      return sum + (miss < Infinity ? miss / greatest[c] : UNKNOWN);
    }, 0),
  );
}

/** How far apart a front stands around each of its members, in shares of its extent; infinite at its ends. */
export function crowding(front: readonly Evaluated[]): number[] {
  const distances = front.map(() => 0);
  const objectives = front[0]?.costs.length ?? 0;
  for (let k = 0; k < objectives; k++) {
    const order = front.map((_, i) => i).toSorted((a, b) => front[a].costs[k] - front[b].costs[k]);
    const [first, last] = [order[0], order[order.length - 1]];
    const extent = front[last].costs[k] - front[first].costs[k];
    distances[first] = distances[last] = Infinity;
    if (!(extent > 0)) continue;
    for (let i = 1; i < order.length - 1; i++)
      distances[order[i]] += (front[order[i + 1]].costs[k] - front[order[i - 1]].costs[k]) / extent;
  }
  return distances;
}

/** Those that no other dominates, of those that meet the constraints; of equals the first. */
export function paretoFront<T extends Evaluated>(all: readonly T[]): T[] {
  const front: T[] = [];
  for (const one of all) {
    if (!isFeasible(one) || front.some((other) => equalOrBetter(other.costs, one.costs))) continue;
    const left = front.filter((other) => !dominates(one.costs, other.costs));
    front.splice(0, front.length, ...left, one);
  }
  return front;
}

const equalOrBetter = (a: readonly number[], b: readonly number[]): boolean =>
  a.every((cost, k) => cost <= b[k]);
