/**
 * An independent numerical solution of the Graetz problem in a ring, for tests: finite volumes across r, implicit steps
 * downstream that grow with the distance. Radii in units of the outer one; the heated wall at 0, the inlet at 1.
 */

export interface Ring {
  /** Inner radius; 0 is a tube. */
  readonly ratio: number;
  readonly heated: 'inner' | 'outer';
  /** Velocity over r, any scale. */
  readonly velocity: (r: number) => number;
  /** Hydraulic diameter. */
  readonly diameter: number;
}

/** Velocity of a ring between two walls. */
export const wallToWall = (ratio: number) => (r: number) =>
  ratio === 0 ? 1 - r * r : 1 - r * r - ((1 - ratio * ratio) * Math.log(r)) / Math.log(ratio);

/**
 * @param graetz Graetz numbers wanted, falling
 * @returns the mean Nusselt number (log-mean) over the length of each
 */
export function meanNusselt(ring: Ring, graetz: readonly number[], cells = 400): number[] {
  const { ratio, heated, velocity, diameter } = ring;
  // faces crowd towards the heated wall, where the thermal layer begins
  const face = (i: number): number => {
    const y = (i / cells) ** 2;
    return heated === 'inner' ? ratio + (1 - ratio) * y : 1 - (1 - ratio) * y;
  };
  const centre = Array.from({ length: cells }, (_, i) => (face(i) + face(i + 1)) / 2);
  const area = Array.from({ length: cells }, (_, i) => Math.abs(face(i) ** 2 - face(i + 1) ** 2) / 2);
  const total = area.reduce((a, b) => a + b, 0);
  const mean = centre.reduce((sum, r, i) => sum + velocity(r) * area[i], 0) / total;
  const flow = centre.map((r, i) => (velocity(r) / mean) * area[i]);
  // conductance of the face before each cell; the first is the heated wall, none behind the last
  const conductance = centre.map((r, i) => face(i) / Math.abs(r - (i === 0 ? face(0) : centre[i - 1])));
  const perimeter = heated === 'inner' ? ratio : 1;
  let temperature = new Float64Array(cells).fill(1);
  let x = 0;
  return graetz.map((gz) => {
    const end = diameter ** 2 / gz; // in r_o² ū / a
    while (x < end * (1 - 1e-12)) {
      // in a long channel a step is also short against the decay of the temperature
      const dx = Math.min(Math.max(x * 0.005, diameter ** 2 * 1e-9), diameter ** 2 * 2e-4, end - x);
      temperature = downstream(temperature, flow, conductance, dx);
      x += dx;
    }
    const bulk = temperature.reduce((sum, t, i) => sum + t * flow[i], 0) / total;
    return (-Math.log(bulk) * gz * total) / (perimeter * diameter);
  });
}

/** One backward-Euler step by the Thomas algorithm. */
function downstream(old: Float64Array, flow: number[], conductance: number[], dx: number) {
  const n = old.length;
  const upper = new Float64Array(n);
  const right = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const before = conductance[i] * dx;
    const after = i + 1 < n ? conductance[i + 1] * dx : 0;
    const below = i > 0 ? before : 0;
    const pivot = flow[i] + before + after - below * (i > 0 ? upper[i - 1] : 0);
    upper[i] = after / pivot;
    right[i] = (flow[i] * old[i] + below * (i > 0 ? right[i - 1] : 0)) / pivot;
  }
  for (let i = n - 2; i >= 0; i--) right[i] = right[i] + upper[i] * right[i + 1];
  return right;
}
