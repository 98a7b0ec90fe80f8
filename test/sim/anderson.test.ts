import { describe, expect, it } from 'vitest';
import { findFixedPoint } from '../../sim/numerics/anderson.ts';

const options = { warmUp: 3, window: 5, tolerance: 1e-9, maxIterations: 60, scale: Float64Array.of(1, 1) };

describe('a fixed point by Anderson acceleration', () => {
  it('is found in a few more iterations than it has slow modes, where plain ones take hundreds', () => {
    // x → A x + b with eigenvalues 0.99 and 0.9; fixed point (100, 10)
    const x = new Float64Array(2);
    const result = findFixedPoint(
      x,
      (from, to) => {
        to[0] = 0.99 * from[0] + 1;
        to[1] = 0.9 * from[1] + 1;
      },
      options,
    );
    expect(result).toMatchObject({ converged: true, cause: null });
    expect(result.iterations).toBeLessThan(12);
    expect(x[0]).toBeCloseTo(100, 6);
    expect(x[1]).toBeCloseTo(10, 6);
  });

  it('is not a hang where there is none: it says that the state jumps', () => {
    // 0 → 1 → 0: no state repeats itself
    const result = findFixedPoint(
      new Float64Array(2),
      (from, to) => to.set(from.map((v) => (v > 0.5 ? 0 : 1))),
      options,
    );
    expect(result).toMatchObject({ converged: false, cause: 'stalled', iterations: 60 });
  });

  it('says that it is slow where it only needs more iterations', () => {
    const result = findFixedPoint(
      Float64Array.of(1, 1),
      // the residual falls by 0.95^20 = 0.36 in twenty plain iterations
      (from, to) => to.set(from.map((v) => 0.95 * v)),
      { ...options, warmUp: 1000 },
    );
    expect(result).toMatchObject({ converged: false, cause: 'slow' });
  });

  it('ends at once where the state is no longer a number', () => {
    const result = findFixedPoint(
      Float64Array.of(1, 1),
      (from, to) => to.set(from.map((v) => Math.sqrt(v - 1.5))),
      options,
    );
    expect(result).toMatchObject({ converged: false, cause: 'diverged', iterations: 1 });
  });
});
