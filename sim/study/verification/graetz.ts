/**
 * Laminar flow between parallel plates that starts to exchange heat with walls of one temperature (the Graetz problem),
 * solved numerically: the reference of the correlations. Finite volumes across the gap, implicit steps downstream that
 * grow with the distance; parabolic velocity, no conduction along the flow.
 */

/** Steps downstream between two Graetz numbers of a decade. */
const STEPS_PER_DECADE = 400;
/** Here the thermal layer is still thinner than the first cells: the march starts before all that is asked. */
const START = 1e-9;
/** Short against the decay of the developed profile, exp(−7.54 x): half of 7.54 · 1e-4 is 0.04 % of Nu. */
const LONGEST_STEP = 1e-4;

/**
 * Mean Nusselt number from the inlet on (on the hydraulic diameter 2 gap and the log-mean difference).
 * @param active walls that exchange heat; the other one is inert
 * @param graetz Re Pr d/L wanted, falling
 */
export function meanNusselt(active: 1 | 2, graetz: readonly number[], cells = 300): number[] {
  // from the active wall to the inert one, or to the plane of symmetry; cells crowd at the wall
  const width = active === 1 ? 1 : 0.5;
  const face = Float64Array.from({ length: cells + 1 }, (_, i) => width * (i / cells) ** 2);
  // ∫ 6 y (1 − y) dy over each cell, exact: the mean over the gap is 1
  const stream = (y: number) => 3 * y * y - 2 * y ** 3;
  const flow = Float64Array.from({ length: cells }, (_, i) => stream(face[i + 1]) - stream(face[i]));
  const middle = Float64Array.from(flow, (_, i) => (face[i] + face[i + 1]) / 2);
  // conductance towards the wall, across the face before each cell
  const conductance = Float64Array.from(middle, (y, i) => 1 / (y - (i === 0 ? 0 : middle[i - 1])));
  const total = stream(width);
  const temperature = new Float64Array(cells).fill(1);
  const upper = new Float64Array(cells);
  const growth = 10 ** (1 / STEPS_PER_DECADE);

  // distance in gap² ū / a; a length L is reached at d²/Gz = 4/Gz
  let x = 0;
  return graetz.map((gz) => {
    const end = 4 / gz;
    while (x < end * (1 - 1e-12)) {
      const dx = Math.min(Math.max(x * (growth - 1), START), LONGEST_STEP, end - x);
      stepDownstream(temperature, upper, flow, conductance, dx);
      x += dx;
    }
    const bulk = temperature.reduce((sum, t, i) => sum + t * flow[i], 0) / total;
    // −ln θ = Nu · 4 heated perimeter / (Gz · wetted perimeter)
    return (-Math.log(bulk) * gz) / (active === 2 ? 4 : 2);
  });
}

/** One backward-Euler step of flow · dT/dx = Σ conductance ΔT by the Thomas algorithm; the wall is at 0. */
function stepDownstream(
  field: Float64Array,
  upper: Float64Array,
  flow: Float64Array,
  conductance: Float64Array,
  dx: number,
): void {
  const n = field.length;
  for (let i = 0; i < n; i++) {
    const before = conductance[i] * dx;
    const after = i + 1 < n ? conductance[i + 1] * dx : 0;
    const below = i === 0 ? 0 : before;
    const pivot = flow[i] + before + after - (i === 0 ? 0 : below * upper[i - 1]);
    upper[i] = after / pivot;
    field[i] = (flow[i] * field[i] + (i === 0 ? 0 : below * field[i - 1])) / pivot;
  }
  for (let i = n - 2; i >= 0; i--) field[i] += upper[i] * field[i + 1];
}
