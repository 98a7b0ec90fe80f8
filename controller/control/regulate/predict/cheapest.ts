/**
 * Which recipe gives so much cooling for the least electricity between these port temperatures. Over cooling, the
 * electricity of all recipes that stress and pressure allow has a lower convex hull; along it the price of one more watt
 * only rises, so a small change of what is wanted is a small change of the recipe.
 */
import {
  type MachineOutlook,
  type Moved,
  type Ports,
  coolingOf,
  electricOf,
  latticeRecipes,
} from './outlook.ts';

export interface Allowed {
  readonly stress_MPa: number;
  readonly pressure_bar: number;
}

export interface HullPoint {
  readonly recipe: Moved;
  readonly cooling_W: number;
  readonly electric_W: number;
}

/** Of all recipes with one strain, a point of its axis. Points by rising cooling, the first being that of the least electricity; empty where nothing allowed cools. */
export function cheapestHull(
  outlook: MachineOutlook,
  strain_percent: number,
  ports: Ports,
  allowed: Allowed,
): HullPoint[] {
  const points = latticeRecipes(outlook)
    .filter(
      ({ recipe, peak_stress_MPa, pressure_bar }) =>
        recipe.strain_percent === strain_percent &&
        peak_stress_MPa <= allowed.stress_MPa &&
        pressure_bar <= allowed.pressure_bar,
    )
    .map(({ recipe }) => ({
      recipe,
      cooling_W: coolingOf(outlook, recipe, ports),
      electric_W: electricOf(outlook, recipe, ports),
    }))
    .filter(({ cooling_W }) => cooling_W > 0)
    .toSorted((a, b) => a.cooling_W - b.cooling_W || a.electric_W - b.electric_W);
  const hull: HullPoint[] = [];
  for (const point of points) {
    while (hull.length > 0 && isAbove(hull.at(-2), hull[hull.length - 1], point)) hull.pop();
    hull.push(point);
  }
  return hull;
}

/** The middle one costs more than both its neighbours taken in turn; without one before it, more than the next. */
function isAbove(before: HullPoint | undefined, middle: HullPoint, after: HullPoint): boolean {
  if (before === undefined) return middle.electric_W >= after.electric_W;
  const [x, y] = [after.cooling_W - before.cooling_W, after.electric_W - before.electric_W];
  const [u, v] = [middle.cooling_W - before.cooling_W, middle.electric_W - before.electric_W];
  return v * x >= y * u;
}

/** The recipe on the hull that cools so much; its ends where it does not reach so far. */
export function cheapestRecipe(
  outlook: MachineOutlook,
  hull: readonly HullPoint[],
  ports: Ports,
  cooling_W: number,
): Moved {
  const found = hull.findIndex((point) => point.cooling_W >= cooling_W);
  if (found <= 0) return hull[found < 0 ? hull.length - 1 : 0].recipe;
  const [from, to] = [hull[found - 1].recipe, hull[found].recipe];
  let [low, high] = [0, 1];
  // Between two points of the lattice cooling is no straight line; it rises all the same.
  for (let i = 0; i < 20; i++) {
    const middle = (low + high) / 2;
    if (coolingOf(outlook, between(from, to, middle), ports) < cooling_W) low = middle;
    else high = middle;
  }
  return between(from, to, high);
}

/** What the hull costs, as a parabola p0 + p1 Q + p2 Q²/2 through its ends and its middle, W, 1 and 1/W; p2 above 0. */
export function priceOf(hull: readonly HullPoint[]): { readonly slope: number; readonly bend_per_W: number } {
  const [first, last] = [hull[0], hull[hull.length - 1]];
  const span = last.cooling_W - first.cooling_W;
  if (!(span > 0)) return { slope: first.electric_W / first.cooling_W, bend_per_W: FLAT_PER_W };
  const mean = (last.electric_W - first.electric_W) / span;
  const half = electricOnHull(hull, first.cooling_W + span / 2);
  const sag = (first.electric_W + last.electric_W) / 2 - half;
  const bend_per_W = Math.max(FLAT_PER_W, (8 * sag) / span ** 2);
  return { slope: mean - (bend_per_W * (first.cooling_W + last.cooling_W)) / 2, bend_per_W };
}

/** A hull without a bend still leaves the plan one answer. */
const FLAT_PER_W = 1e-6;

/** What so much cooling costs, W; infinite where the hull does not reach so far, the least of it below. */
export function electricOnHull(hull: readonly HullPoint[], cooling_W: number): number {
  if (hull.length === 0 || cooling_W > hull[hull.length - 1].cooling_W) return Infinity;
  if (cooling_W <= hull[0].cooling_W) return hull[0].electric_W;
  const at = Math.max(
    1,
    hull.findIndex((point) => point.cooling_W >= cooling_W),
  );
  const [a, b] = [hull[at - 1], hull[at]];
  return (
    a.electric_W + ((b.electric_W - a.electric_W) * (cooling_W - a.cooling_W)) / (b.cooling_W - a.cooling_W)
  );
}

export const between = (from: Moved, to: Moved, share: number): Moved => ({
  frequency_Hz: from.frequency_Hz + share * (to.frequency_Hz - from.frequency_Hz),
  strain_percent: from.strain_percent + share * (to.strain_percent - from.strain_percent),
  blow_flow_kg_per_s: from.blow_flow_kg_per_s + share * (to.blow_flow_kg_per_s - from.blow_flow_kg_per_s),
});
