import { describe, expect, it } from 'vitest';
import { verify } from '../../sim/index.ts';
import { breakthrough } from '../../sim/study/single-blow.ts';
import { kilowattPreset } from './kilowatt.ts';

describe('elastocool verify', () => {
  it('holds on every case, and states a reference and a tolerance for each', () => {
    const cases = verify(kilowattPreset({ gap_tolerance: '0' }));
    expect(cases.filter(({ pass }) => !pass)).toEqual([]);
    expect(cases.length).toBeGreaterThan(10);
    for (const { error, allowed, pass } of cases) expect(pass).toBe(error <= allowed);
  });

  it('fails where the numbers are too coarse: its cases can fail', () => {
    // steps that are fine enough for a loop of 3.5 MJ/m³ are not for one a hundred times thinner
    const cases = verify(kilowattPreset({ gap_tolerance: '0', hysteresis_energy: '0.035 MJ/m^3' }));
    const loop = cases.find(({ name }) => name.startsWith('isothermal loop'));
    expect(loop?.value).toBeGreaterThan(1.01);
    expect(loop?.pass).toBe(false);
  });

  it('has the Anzelius-Schumann solution right: symmetric at Λ = η up to the Bessel term, monotone, 0 to 1', () => {
    // T(Λ, η) + T(η, Λ) = 1 + e^(−Λ−η) I₀(2√(Λη)); at Λ = η = 10: e^(−20) I₀(20) = 0.0897803
    expect(2 * breakthrough(10, 10) - 1).toBeCloseTo(0.0897803, 6);
    expect(breakthrough(10, 0.01)).toBeLessThan(1e-3);
    expect(breakthrough(10, 60)).toBeGreaterThan(0.999);
  });
});
