import { describe, expect, it } from 'vitest';
import {
  NUSSELT_ONE_SIDED,
  NUSSELT_TWO_SIDED,
  gapConductance,
  gapNusselt,
} from '../../sim/fluid/correlations.ts';
import { waterViscosity } from '../../sim/fluid/properties.ts';
import { linerLump } from '../../sim/machine/geometry.ts';
import { kilowatt } from './kilowatt.ts';

describe('gap correlations', () => {
  it('go to the developed Nusselt numbers of one and two active walls in a long gap', () => {
    expect(gapNusselt(NUSSELT_ONE_SIDED, 0)).toBe(4.861);
    expect(gapNusselt(NUSSELT_TWO_SIDED, 0.01)).toBeCloseTo(7.541, 2);
  });

  it('go to the Lévêque entry solution, 1.841 Gz^(1/3), in a short one', () => {
    expect(gapNusselt(NUSSELT_TWO_SIDED, 1e6) / (1.841 * 100)).toBeCloseTo(1, 4);
  });

  it('have the pressure drop of 96/Re Darcy (24/Re Fanning), not a quarter of it', () => {
    const [width, gap, length, viscosity, density, flow] = [0.02, 2e-4, 0.1, 9e-4, 997, 4e-6];
    const velocity = flow / (width * gap);
    const reynolds = (density * velocity * 2 * gap) / viscosity;
    const darcy = ((96 / reynolds) * length * density * velocity ** 2) / (2 * 2 * gap);
    expect(flow / gapConductance(width, gap, length, viscosity)).toBeCloseTo(darcy, 6);
  });

  it('know the viscosity of water within 2.5 %', () => {
    // textbook values at 5, 20, 25 and 50 °C, mPa s
    for (const [celsius, expected] of [
      [5, 1.518],
      [20, 1.002],
      [25, 0.89],
      [50, 0.547],
    ]) {
      expect(Math.abs((waterViscosity(celsius + 273.15) * 1e3) / expected - 1)).toBeLessThan(0.025);
    }
  });

  it('lump the inert wall so that it answers like a half-space at the cycle frequency', () => {
    const device = kilowatt();
    const { liner_conductivity: k, liner_heat_capacity: rhoC } = device.channel;
    const omega = 2 * Math.PI * 3.5;
    const { capacity, resistance } = linerLump(device, 3.5);
    // impedance of a half-space: (1 − i) / √(2 ω k ρc)
    const half = 1 / Math.sqrt(2 * omega * k * rhoC);
    expect(resistance / half).toBeCloseTo(1, 12);
    expect(1 / (omega * capacity) / half).toBeCloseTo(1, 12);
  });
});
