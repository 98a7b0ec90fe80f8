import { describe, expect, it } from 'vitest';
import { BrinsonLaw, type BrinsonParameters, brinsonFrom } from '../../sim/material/brinson-law.ts';
import { branchStress, clausiusClapeyron } from '../../sim/material/superelastic.ts';
import { FULL, Path, T, alloy } from './law-path.ts';

const p = alloy('niti-compression');
const b = brinsonFrom(p);

/** The published formulas, written out once more: ξ towards martensite, and towards austenite. */
const toMartensite = (q: BrinsonParameters, stress: number, temperature: number, from: number) => {
  const { criticalStart: s, criticalFinish: f, martensiteSlope, martensiteStart } = q;
  const turned = stress - f - martensiteSlope * (temperature - martensiteStart);
  return ((1 - from) / 2) * Math.cos((Math.PI / (s - f)) * turned) + (1 + from) / 2;
};
const toAustenite = (q: BrinsonParameters, stress: number, temperature: number, from: number) =>
  (from / 2) *
  (Math.cos(
    (Math.PI / (q.austeniteFinish - q.austeniteStart)) *
      (temperature - q.austeniteStart - stress / q.austeniteSlope),
  ) +
    1);

const isothermal = () => new Path(new BrinsonLaw(b, 1, T), true);

describe('Brinson’s law', () => {
  it('has the branches of the description it was made from, and their slopes', () => {
    expect(T).toBe(p.referenceTemperature);
    for (const [target, formula, from] of [
      [p.dissipation, toMartensite, 0],
      [-p.dissipation, toAustenite, 1],
    ] as const) {
      const middle = branchStress(p, target, T, 0.5);
      expect(formula(b, middle, T, from)).toBeCloseTo(0.5, 9);
      // ¼ and ¾ lie as far apart as there; the curve of stress over ξ is not quite symmetric about its middle
      expect(formula(b, branchStress(p, target, T, 0.25), T, from)).toBeCloseTo(0.25, 2);
      expect(formula(b, branchStress(p, target, T, 0.75), T, from)).toBeCloseTo(0.75, 2);
      const h = 0.01;
      const warmer = middle + h * clausiusClapeyron(p, middle);
      expect(formula(b, warmer, T + h, from)).toBeCloseTo(0.5, 6);
    }
  });

  it('follows the published cosines, from wherever a transformation begins', () => {
    const path = isothermal();
    const check = (formula: typeof toMartensite, from: number) =>
      // waiting leaves 1e-10 K, and ξ is solved to 1e-12
      expect(path.law.fraction[0]).toBeCloseTo(formula(b, path.stress, T, from), 8);
    for (const xi of [0.2, 0.5, 0.7]) {
      path.walk(branchStress(p, p.dissipation, T, xi), 50).settle();
      check(toMartensite, 0);
    }
    const turned = path.law.fraction[0];
    for (const xi of [0.6, 0.4]) {
      path.walk(branchStress(p, -p.dissipation, T, xi), 50).settle();
      check(toAustenite, turned);
    }
    const again = path.law.fraction[0];
    path.walk(branchStress(p, p.dissipation, T, 0.5), 50).settle();
    check(toMartensite, again);
  });

  it('goes on where a transformation rested, without a jump', () => {
    const stress = branchStress(p, p.dissipation, T, 0.5);
    const path = isothermal().walk(stress, 50).settle();
    const rested = path.law.fraction[0];
    path.walk(stress - 50e6, 20).settle();
    expect(path.law.fraction[0]).toBe(rested);
    path.walk(stress, 20).settle();
    expect(path.law.fraction[0]).toBeCloseTo(rested, 10);
    path.walk(stress + 1e5, 1).settle();
    expect(path.law.fraction[0] - rested).toBeLessThan(0.01);
    expect(path.law.fraction[0]).toBeGreaterThan(rested);
  });

  it('books latent heat and hysteresis as its equation says', () => {
    const path = new Path(new BrinsonLaw(b, 1, T), false);
    path.walk(FULL, 300);
    expect(path.law.fraction[0]).toBeCloseTo(1, 10);
    expect(path.law.temperature[0] - T).toBeCloseTo((b.latentHeat + b.dissipation) / b.heatCapacity, 8);
    path.walk(0, 300);
    expect(path.law.temperature[0] - T).toBeCloseTo((2 * b.dissipation) / b.heatCapacity, 8);
  });

  it('keeps its two transformations apart where hardening is larger than hysteresis', () => {
    const narrow = brinsonFrom({ ...p, dissipation: 0.2e6 });
    const finish = narrow.austeniteSlope * (T - narrow.austeniteStart);
    const start = narrow.criticalStart + narrow.martensiteSlope * (T - narrow.martensiteStart);
    expect(finish).toBeLessThan(start);
  });
});
