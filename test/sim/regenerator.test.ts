import { describe, expect, it } from 'vitest';
import { solveRegenerator } from '../../sim/index.ts';

/**
 * An independent solution: no fluid in the matrix, so along the characteristics ∂T_f/∂ξ = T_s − T_f and
 * ∂T_s/∂η = T_f − T_s on [0, NTU] × [0, NTU·U]. Box scheme (trapezoidal both ways, second order) in n × ~nU cells; the
 * next blow comes from the other end, so the start is the mirrored complement of the end.
 */
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

describe('the balanced passive regenerator', () => {
  it('gives the published 0.8559 at NTU 12 and utilization 0.1', () => {
    // UA 600 W/K, flow 50 W/K, matrix 500 J/K, blow 1 s (Dragutinovic & Baclic); four digits are given
    expect(Math.abs(solveRegenerator(12, 0.1).effectiveness - 0.8559)).toBeLessThan(0.0002);
  });

  it('converges at better than first order: twice the nodes, less than half the error', () => {
    // NTU 20, U 0.5; an upwind scheme halves at best
    const run = (nodes: number) => solveRegenerator(20, 0.5, { nodes }).effectiveness;
    const reference = run(160);
    const [coarse, fine] = [Math.abs(run(20) - reference), Math.abs(run(40) - reference)];
    expect(coarse / fine).toBeGreaterThan(2.5);
    // error of the loss 1 − effectiveness at 40 nodes: 0.7 % as measured before the design
    expect(fine / (1 - reference)).toBeLessThan(0.015);
  });

  it.each([
    [2, 0.05],
    [2, 1.2],
    [20, 0.5],
    [60, 1.2],
    [60, 0.5],
  ])(
    'agrees with an independent solution within a thousandth at NTU %d, utilization %d',
    (ntu, utilization) => {
      // Richardson on a second-order scheme: its own error is below 1e-5 here
      const [coarse, fine] = [
        boxEffectiveness(ntu, utilization, 100),
        boxEffectiveness(ntu, utilization, 200),
      ];
      const reference = fine + (fine - coarse) / 3;
      const result = solveRegenerator(ntu, utilization);
      expect(result.converged).toBe(true);
      expect(Math.abs(result.effectiveness / reference - 1)).toBeLessThan(1e-3);
      // balanced: what one side gives the other takes, in periodic state to 1e-8
      expect(Math.abs(result.effectiveness - result.effectiveness_cold)).toBeLessThan(1e-6);
    },
  );
});
