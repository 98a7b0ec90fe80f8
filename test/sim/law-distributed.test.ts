import { describe, expect, it } from 'vitest';
import { DistributedLaw, distributeElements } from '../../sim/material/distributed-law.ts';
import { SmoothLaw } from '../../sim/material/smooth-law.ts';
import { type SuperelasticParameters, branchStress } from '../../sim/material/superelastic.ts';
import { FULL, Path, T, alloy } from './law-path.ts';

const p = alloy('niti-compression');
const isothermal = (count = 5) => new Path(new DistributedLaw(p, count, 1, T), true);
const mean = (values: ArrayLike<number>) => Array.from(values).reduce((a, b) => a + b, 0) / values.length;

/** Driving force of element k without its offset and hardening: D of the header, J/m³. */
const drive = (q: SuperelasticParameters, stress: number, temperature: number) =>
  0.5 * q.complianceChange * stress * stress +
  q.transformationStrain * stress -
  q.entropyChange * (temperature - q.equilibriumTemperature);

describe('the elements of the distributed law', () => {
  it.each([2, 3, 4, 5, 8, 16])(
    'keep dissipation, entropy and plateaus of the smooth law, %d of them',
    (count) => {
      const { offset, dissipation, linear, end } = distributeElements(p, count);
      expect(mean(dissipation) / p.dissipation).toBeCloseTo(1, 12);
      expect(mean(offset) / p.dissipation).toBeCloseTo(0, 12);
      expect(Math.min(...dissipation)).toBeGreaterThan(0.19 * p.dissipation);
      const rise = p.linearHardening + p.endHardening;
      const within = linear + end;
      const up = Array.from(offset, (h, k) => h + dissipation[k]);
      const down = Array.from(offset, (h, k) => h - dissipation[k]);
      // both plateaus begin and end where those of the smooth law do
      expect((Math.min(...up) - within - p.dissipation) / rise).toBeCloseTo(-1, 12);
      expect((Math.max(...up) + within - p.dissipation) / rise).toBeCloseTo(1, 12);
      expect((Math.min(...down) - within + p.dissipation) / rise).toBeCloseTo(-1, 12);
      expect((Math.max(...down) + within + p.dissipation) / rise).toBeCloseTo(1, 12);
      // equilibrium temperatures and dissipations are both distributed
      if (count >= 4) expect(Math.max(...offset)).toBeGreaterThan(0.05 * rise);
      expect(Math.max(...dissipation)).toBeGreaterThan(1.2 * p.dissipation);
    },
  );

  it('dissipate a fifth of Y at least where hardening is larger than Y', () => {
    const flat = distributeElements({ ...p, dissipation: 0.3e6 }, 5);
    expect(Math.min(...flat.dissipation)).toBeGreaterThanOrEqual(0.2 * 0.3e6 - 1e-6);
    expect(() => distributeElements(p, 17)).toThrow(/2 to 16 elements, not 17/);
  });
});

describe('the distributed law', () => {
  it.each([5, 16])('runs an outer loop close to the smooth law’s, with %d elements', (count) => {
    const one = new Path(new SmoothLaw(p, 1, T), true);
    const other = isothermal(count);
    let [largest, last] = [0, 0];
    for (const goal of [FULL, 0]) {
      const from = one.stress;
      for (let k = 1; k <= 1500; k++) {
        for (const path of [one, other]) path.to(from + ((goal - from) * k) / 1500);
        largest = Math.max(largest, Math.abs(one.law.fraction[0] - other.law.fraction[0]));
      }
      last = one.law.fraction[0] - other.law.fraction[0];
    }
    // levels at the middles of K parts: f′ is met within the cubic's bend and half a part, some 0.3/K of ξ and 0.05
    expect(largest).toBeLessThan(0.3 / count + 0.05);
    expect(last).toBeCloseTo(0, 9);
    expect(other.work / one.work).toBeCloseTo(1, 2);
  });

  it('returns to every tip of nested loops: return-point memory', () => {
    const level = (y: number, xi: number) => branchStress(p, y * p.dissipation, T, xi);
    const tips = [level(1, 0.8), level(-1, 0.2), level(0.9, 0.6), level(-0.8, 0.4), level(0.6, 0.5)];
    const path = isothermal();
    const strains: number[] = [];
    for (const tip of tips) {
      path.walk(tip, 300).settle();
      strains.push(path.strain);
    }
    // back out through all of them: each inner loop closes at its own tip
    for (let k = tips.length - 2; k >= 0; k--) {
      path.walk(tips[k], 300).settle();
      // waiting leaves 1e-12
      expect(Math.abs(path.strain - strains[k])).toBeLessThan(1e-9);
    }
    // and on along the outer loop as if they had not been
    path.walk(level(1, 0.9), 300).settle();
    const straight = isothermal().walk(level(1, 0.9), 300).settle();
    expect(Math.abs(path.strain - straight.strain)).toBeLessThan(1e-9);
  });

  it('encloses less per transformed fraction in a minor loop than 2Y, and the more the smaller it is', () => {
    // without end hardening the elements follow each other without overlap, and the widths have a closed form
    const q = { ...p, linearHardening: 1e6, endHardening: 0 };
    const { offset, dissipation, linear } = distributeElements(q, 5);
    const width = (elements: number) => {
      // from the end of loading of the lowest 3 elements back until some have returned, and again
      const levels = Array.from(offset, (h, k) => ({ up: h + dissipation[k], down: h - dissipation[k] }));
      const upEnd = Math.max(...levels.slice(0, 3).map(({ up }) => up)) + linear;
      const returns = levels
        .slice(0, 3)
        .map(({ down }) => down)
        .toSorted((a, b) => b - a);
      const stressAt = (x: number) => branchStress(q, x, T, 0.5);
      const path = new Path(new DistributedLaw(q, 5, 1, T), true).walk(stressAt(upEnd), 2000).settle();
      const before = path.law.fraction[0];
      path.work = 0;
      path.walk(stressAt(returns[elements - 1] - linear), 3000).settle();
      const moved = before - path.law.fraction[0];
      path.walk(stressAt(upEnd), 3000).settle();
      expect(path.law.fraction[0]).toBeCloseTo(before, 9);
      expect(moved).toBeCloseTo(elements / 5, 6);
      return path.work / moved / (2 * q.dissipation);
    };
    const widths = [width(1), width(2), width(3)];
    const own = Array.from(dissipation.slice(0, 3).toSorted(), (y) => y / q.dissipation);
    // closed form: a loop that moves some elements encloses 2Y_k of each; steps with heat add some percent
    widths.forEach((w, k) => {
      const expected = mean(own.slice(0, k + 1));
      expect(w).toBeGreaterThan(expected - 1e-6);
      expect(w).toBeLessThan(1.12 * expected);
    });
    expect(widths[0]).toBeLessThan(0.7);
    expect(widths[0]).toBeLessThan(widths[2]);
    expect(widths[2]).toBeLessThan(0.85);
  });

  it('keeps every element in its corridor |X| ≤ Y_k, on its branch while it moves, on an adiabatic walk', () => {
    const { offset, dissipation, linear, end } = distributeElements(p, 5);
    const path = new Path(new DistributedLaw(p, 5, 1, T), false);
    const [elements] = path.law.memory;
    let before = Array.from(elements);
    let moves = 0;
    for (const goal of [520e6, 260e6, 470e6, 300e6, 600e6, 0]) {
      path.walk(goal, 60, ({ law, stress }) => {
        const d = drive(p, stress, law.temperature[0]);
        Array.from(elements).forEach((xi, k) => {
          const z = 2 * xi - 1;
          const x = (d - offset[k] - z * (linear + end * z * z)) / dissipation[k];
          const moved = xi - before[k];
          // T is solved to 1e-9 K (3e-4 J/m³) and z to 1e-14: 1e-9 of Y
          if (xi > 0 && xi < 1) expect(Math.abs(x)).toBeLessThan(1 + 1e-8);
          if (moved !== 0 && xi > 0 && xi < 1) expect(x).toBeCloseTo(Math.sign(moved), 7);
          expect(x * moved).toBeGreaterThanOrEqual(0);
          moves += Number(moved !== 0);
        });
        before = Array.from(elements);
      });
    }
    expect(moves).toBeGreaterThan(100);
    expect(path.law.fraction[0]).toBe(0);
  });
});
