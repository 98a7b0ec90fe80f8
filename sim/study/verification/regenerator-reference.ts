/**
 * The balanced passive regenerator by another road than the production kernels, as a reference only: no fluid in the
 * matrix, no advection scheme, no splitting. Along the characteristics ∂T_f/∂ξ = T_s − T_f and ∂T_s/∂η = T_f − T_s on
 * [0, NTU] × [0, NTU·U]; the next blow comes from the other end, so it starts from the mirrored complement of the end.
 */

/** Effectiveness, extrapolated from two grids of the second-order scheme; its own error is below 1e-5 of it. */
export function referenceEffectiveness(ntu: number, utilization: number): number {
  const [coarse, fine] = [100, 200].map((n) => boxEffectiveness(ntu, utilization, n));
  return fine + (fine - coarse) / 3;
}

/** Box scheme, trapezoidal both ways, in n × about nU cells. */
function boxEffectiveness(ntu: number, utilization: number, n: number): number {
  const m = Math.max(2, Math.ceil(n * utilization));
  const a = ntu / n / 2;
  const b = (ntu * utilization) / m / 2;
  let solid = Float64Array.from({ length: n + 1 }, (_, i) => 1 - i / n);
  let effectiveness = 0;
  for (let cycle = 0; cycle < 5000; cycle++) {
    let fluid = new Float64Array(n + 1).fill(1);
    for (let i = 0; i < n; i++) fluid[i + 1] = ((1 - a) * fluid[i] + a * (solid[i] + solid[i + 1])) / (1 + a);
    let left = 0;
    for (let j = 0; j < m; j++) {
      const f = new Float64Array(n + 1).fill(1);
      const s = new Float64Array(n + 1);
      s[0] = ((1 - b) * solid[0] + b * (fluid[0] + f[0])) / (1 + b);
      for (let i = 0; i < n; i++) {
        const r1 = (1 - a) * f[i] + a * s[i];
        const r2 = (1 - b) * solid[i + 1] + b * fluid[i + 1];
        const determinant = (1 + a) * (1 + b) - a * b;
        f[i + 1] = (r1 * (1 + b) + a * r2) / determinant;
        s[i + 1] = ((1 + a) * r2 + b * r1) / determinant;
      }
      left += (fluid[n] + f[n]) / 2;
      [fluid, solid] = [f, s];
    }
    const next = 1 - left / m;
    solid = solid.map((_, i) => 1 - solid[n - i]);
    if (cycle > 5 && Math.abs(next - effectiveness) < 1e-11) return next;
    effectiveness = next;
  }
  return effectiveness;
}
