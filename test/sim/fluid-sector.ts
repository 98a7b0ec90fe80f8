/**
 * Laminar flow along a lattice of rods, for tests: linear finite elements on one symmetry sector (half the angle between
 * two neighbours), rod radius 1, rods at temperature 0.
 */

/** Developed Darcy f Re and Nusselt number on the hydraulic diameter. */
export function sectorFlow(
  pitch: number,
  angle: number,
  across = 24,
  along = 12,
): { friction: number; nusselt: number } {
  const columns = across + 1;
  const nodes = columns * (along + 1);
  const x = new Float64Array(nodes);
  const y = new Float64Array(nodes);
  for (let i = 0; i <= along; i++) {
    const t = (angle * i) / along;
    for (let j = 0; j <= across; j++) {
      const r = 1 + ((pitch / Math.cos(t) - 1) * j) / across;
      x[i * columns + j] = r * Math.cos(t);
      y[i * columns + j] = r * Math.sin(t);
    }
  }
  const stiffness = Array.from({ length: nodes }, () => new Map<number, number>());
  const share = new Float64Array(nodes); // of the area, lumped to the nodes
  const add = (p: number, q: number, r: number): void => {
    const corner = [p, q, r];
    const b = corner.map((_, k) => y[corner[(k + 1) % 3]] - y[corner[(k + 2) % 3]]);
    const c = corner.map((_, k) => x[corner[(k + 2) % 3]] - x[corner[(k + 1) % 3]]);
    const area = Math.abs(b[0] * c[1] - b[1] * c[0]) / 2;
    corner.forEach((m, k) => {
      share[m] += area / 3;
      corner.forEach((n, l) => {
        const value = (b[k] * b[l] + c[k] * c[l]) / (4 * area);
        stiffness[m].set(n, (stiffness[m].get(n) ?? 0) + value);
      });
    });
  };
  for (let i = 0; i < along; i++) {
    for (let j = 0; j < across; j++) {
      const p = i * columns + j;
      add(p, p + 1, p + columns + 1);
      add(p, p + columns + 1, p + columns);
    }
  }
  const onRod = (n: number): boolean => n % columns === 0;
  const solve = (load: Float64Array): Float64Array => conjugateGradients(stiffness, onRod, load);

  const area = share.reduce((a, b) => a + b, 0);
  const diameter = (4 * area) / angle;
  const velocity = solve(share);
  const mean = velocity.reduce((sum, w, n) => sum + w * share[n], 0) / area;
  const flow = velocity.map((w, n) => (w / mean) * share[n]);
  let temperature = new Float64Array(nodes).fill(1);
  let nusselt = 0;
  for (let round = 0; round < 25; round++) {
    const heat = flow.map((f, n) => f * temperature[n]);
    const released = heat.reduce((a, b) => a + b, 0);
    temperature = Float64Array.from(solve(heat));
    const bulk = temperature.reduce((sum, t, n) => sum + t * flow[n], 0) / area;
    nusselt = (released / angle / bulk) * diameter;
    temperature = temperature.map((t) => t / bulk);
  }
  return { friction: (2 * diameter ** 2) / mean, nusselt };
}

function conjugateGradients(
  matrix: readonly Map<number, number>[],
  fixed: (n: number) => boolean,
  load: Float64Array,
): Float64Array {
  const dot = (a: Float64Array, b: Float64Array): number => a.reduce((sum, v, n) => sum + v * b[n], 0);
  const precondition = (v: Float64Array): Float64Array => v.map((value, n) => value / matrix[n].get(n)!);
  const solution = new Float64Array(load.length);
  const residual = load.map((v, n) => (fixed(n) ? 0 : v));
  let search = precondition(residual);
  let norm = dot(residual, search);
  const target = norm * 1e-18;
  while (norm > target) {
    const image = search.map((_, n) => {
      if (fixed(n)) return 0;
      let sum = 0;
      for (const [m, value] of matrix[n]) sum += value * search[m];
      return sum;
    });
    const length = norm / dot(search, image);
    solution.forEach((_, n) => {
      solution[n] += length * search[n];
      residual[n] -= length * image[n];
    });
    const next = precondition(residual);
    const nextNorm = dot(residual, next);
    search = next.map((v, n) => v + (nextNorm / norm) * search[n]);
    norm = nextNorm;
  }
  return solution;
}
