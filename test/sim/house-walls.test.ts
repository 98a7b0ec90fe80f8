import { describe, expect, it } from 'vitest';
import { Envelope } from '../../sim/house/envelope.ts';

const WALL = { area: 10, heatCapacity: 20_000, innerCoefficient: 8, transmittance: 0.8 };

/** The walls with the air held at `airK`, through steps of `dtS`. */
function hold(walls: Envelope, airK: number, outdoorK: number, dtS: number, steps: number): number {
  let into = 0;
  for (let i = 0; i < steps; i++) {
    walls.prepare(dtS, outdoorK, 0);
    into = walls.follow(dtS, airK, outdoorK) / dtS;
  }
  return into;
}

describe('the wall layers', () => {
  it('let through exactly the given transmittance in steady state, however many they are', () => {
    const exact = (WALL.area * 10) / (1 / WALL.innerCoefficient + 1 / WALL.transmittance);
    for (let layers = 1; layers <= 5; layers++) {
      // 50 steps of 1e6 s against a time constant of 25,000 s: steady to round-off
      const into = hold(new Envelope({ ...WALL, layers }, 300), 293, 303, 1e6, 50);
      expect(Math.abs(into / exact - 1)).toBeLessThan(1e-12);
    }
  });

  it('relax as one exponential when they are one, at first order in the step', () => {
    const conductance = (WALL.innerCoefficient + WALL.transmittance) * WALL.area;
    const steady =
      (WALL.innerCoefficient * 293 + WALL.transmittance * 303) / (WALL.innerCoefficient + WALL.transmittance);
    const exact = steady + (300 - steady) * Math.exp((-conductance * 2000) / (WALL.heatCapacity * WALL.area));
    const errors = [200, 100, 50].map((dtS) => {
      const walls = new Envelope({ ...WALL, layers: 1 }, 300);
      hold(walls, 293, 303, dtS, 2000 / dtS);
      return Math.abs(walls.temperatureK[0] - exact);
    });
    for (const i of [0, 1]) {
      expect(errors[i] / errors[i + 1]).toBeGreaterThan(1.85);
      expect(errors[i] / errors[i + 1]).toBeLessThan(2.1);
    }
  });

  it('approach a slab as they become many', () => {
    const layersAndHeat = [5, 10, 20, 40].map((layers) => {
      const walls = new Envelope({ ...WALL, layers }, 300);
      hold(walls, 293, 303, 10, 720);
      return walls.storedEnergy(300);
    });
    const differences = [0, 1, 2].map((i) => layersAndHeat[i + 1] - layersAndHeat[i]);
    // nodes at the inner face of their layers: first order in the thickness of a layer
    for (const i of [0, 1]) {
      expect(differences[i] / differences[i + 1]).toBeGreaterThan(1.7);
      expect(differences[i] / differences[i + 1]).toBeLessThan(2.3);
    }
  });
});
