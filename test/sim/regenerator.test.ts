import { describe, expect, it } from 'vitest';
import { solveRegenerator } from '../../sim/index.ts';
import { referenceEffectiveness } from '../../sim/study/verification/regenerator-reference.ts';

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
      // its own error is below 1e-5 here
      const reference = referenceEffectiveness(ntu, utilization);
      const result = solveRegenerator(ntu, utilization);
      expect(result.converged).toBe(true);
      expect(Math.abs(result.effectiveness / reference - 1)).toBeLessThan(1e-3);
      // balanced: what one side gives the other takes, in periodic state to 1e-8
      expect(Math.abs(result.effectiveness - result.effectiveness_cold)).toBeLessThan(1e-6);
    },
  );
});
