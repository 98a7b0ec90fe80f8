/** Channels against exact limits, a numerical Graetz solution and published fits. */
import { describe, expect, it } from 'vitest';
import { type BundleArray, bundle } from '../../sim/fluid/bundle.ts';
import { type Correlation, GAP_ONE_SIDED, PLATES, TUBE, annulus } from '../../sim/fluid/correlation.ts';
import { ringAroundRod, ringBetweenWalls } from '../../sim/fluid/laminar-ring.ts';
import { meanNusselt, wallToWall } from './fluid-graetz.ts';
import { sectorFlow } from './fluid-sector.ts';

/** At Re 1 and Pr 1 the Graetz number is d/L. */
const laminar = (correlation: Correlation, graetz: number): number => correlation.nusselt(1, 1, graetz);

const relative = (value: number, reference: number): number => Math.abs(value / reference - 1);

/** Largest difference from a numerical Graetz solution from a developed channel (Gz 5) to a very short one (1e5). */
function worstEntry(correlation: Correlation, ratio: number, heated: 'inner' | 'outer'): number {
  const graetz = [1e5, 1e4, 3000, 1000, 300, 100, 30, 10, 5];
  const ring = { ratio, heated, velocity: wallToWall(ratio), diameter: 2 * (1 - ratio) };
  const exact = meanNusselt(ring, graetz);
  return Math.max(...graetz.map((gz, i) => relative(laminar(correlation, gz), exact[i])));
}

const ALL: readonly Correlation[] = [
  GAP_ONE_SIDED,
  PLATES,
  TUBE,
  annulus(0.1, 'inner'),
  annulus(0.5, 'inner'),
  annulus(0.5, 'outer'),
  annulus(0.97, 'outer'),
  bundle(1.05),
  bundle(1.3),
  bundle(1.3, 'square'),
  bundle(2.5),
];

describe('laminar limits', () => {
  it('are those of gap, plates and tube', () => {
    for (const [correlation, nusselt, friction] of [
      [GAP_ONE_SIDED, 4.861, 96],
      [PLATES, 7.541, 96],
      [TUBE, 3.657, 64],
    ] as const) {
      expect(laminar(correlation, 0)).toBeCloseTo(nusselt, 12);
      expect(correlation.frictionReynolds(1)).toBe(friction);
    }
  });

  it('are reached by a narrow annulus: 4.861 and 96', () => {
    for (const heated of ['inner', 'outer'] as const) {
      const ring = ringBetweenWalls(0.99999, heated);
      // the plane limit is met to the curvature of a ring of 0.9999 and the digits of 4.861
      expect(relative(ring.nusselt, 4.861)).toBeLessThan(2e-4);
      expect(relative(ring.frictionReynolds, 96)).toBeLessThan(1e-5);
      expect(relative(ring.wallGradient, 12)).toBeLessThan(1e-4);
    }
  });

  it('are in the annulus the closed form of friction and the textbook table of Nusselt numbers', () => {
    // table: kays-crawford, given to two decimals
    for (const [ratio, inner, outer] of [
      [0.05, 17.46, 4.06],
      [0.1, 11.56, 4.11],
      [0.25, 7.37, 4.23],
      [0.5, 5.74, 4.43],
    ] as const) {
      const square = ratio * ratio;
      const closed = (64 * (1 - ratio) ** 2) / (1 + square + (1 - square) / Math.log(ratio));
      expect(relative(ringBetweenWalls(ratio, 'inner').frictionReynolds, closed)).toBeLessThan(2e-5);
      expect(Math.abs(ringBetweenWalls(ratio, 'inner').nusselt - inner)).toBeLessThan(0.006);
      expect(Math.abs(ringBetweenWalls(ratio, 'outer').nusselt - outer)).toBeLessThan(0.006);
    }
  });

  it('go from the outer wall of an annulus to the tube as the core vanishes', () => {
    // the core is felt as 1/ln(ratio): 1e-8 still takes part of it
    expect(relative(ringBetweenWalls(1e-8, 'outer').nusselt, 3.657)).toBeLessThan(0.06);
  });
});

describe('thermal entry', () => {
  it('of tube and gap is the numerical Graetz solution within 1.1 %', () => {
    expect(worstEntry(TUBE, 0, 'outer')).toBeLessThan(0.011);
    // one wall active: the entry stands per wall, as for two
    expect(worstEntry(GAP_ONE_SIDED, 0.9999, 'outer')).toBeLessThan(0.01);
  });

  it('of an annulus is it within 3 %, with a thin core within 6.5 %', () => {
    for (const heated of ['inner', 'outer'] as const) {
      for (const ratio of [0.25, 0.5, 0.9]) {
        expect(worstEntry(annulus(ratio, heated), ratio, heated), `${heated} ${ratio}`).toBeLessThan(0.03);
      }
      expect(worstEntry(annulus(0.05, heated), 0.05, heated), heated).toBeLessThan(0.065);
    }
  });

  it('of plates is Shah and London over three ranges (recalled formulas, within their 3 %)', () => {
    for (const x of [1e-5, 1e-4, 3e-4, 1e-3, 3e-3, 1e-2, 0.1]) {
      const leveque = 1.849 / Math.cbrt(x);
      const published = x <= 5e-4 ? leveque : x <= 6e-3 ? leveque + 0.6 : 7.541 + 0.0235 / x;
      expect(relative(laminar(PLATES, 1 / x), published), `${x}`).toBeLessThan(0.03);
    }
  });
});

describe('turbulent flow and transition', () => {
  it('in a tube is the short form that Gnielinski gave beside the long one', () => {
    // gnielinski-1976; the short forms stand within 11 % of the long one
    for (const reynolds of [4000, 1e4, 1e5, 1e6]) {
      const gas = 0.0214 * (reynolds ** 0.8 - 100) * 0.7 ** 0.4;
      const liquid = 0.012 * (reynolds ** 0.87 - 280) * 7 ** 0.4;
      expect(relative(TUBE.nusselt(reynolds, 0.7, 0), gas), `${reynolds}`).toBeLessThan(0.11);
      expect(relative(TUBE.nusselt(reynolds, 7, 0), liquid), `${reynolds}`).toBeLessThan(0.11);
    }
  });

  it('rubs like Blasius, 0.3164 Re^0.75, in a tube', () => {
    for (const reynolds of [4000, 1e4, 5e4]) {
      expect(relative(TUBE.frictionReynolds(reynolds), 0.3164 * reynolds ** 0.75)).toBeLessThan(0.03);
    }
  });

  it('goes over on a straight line, half-way at half the Reynolds numbers', () => {
    for (const value of [
      (reynolds: number) => TUBE.nusselt(reynolds, 7, 0.05),
      (reynolds: number) => TUBE.frictionReynolds(reynolds),
    ]) {
      expect(value(3150)).toBeCloseTo((value(2300) + value(4000)) / 2, 9);
    }
  });

  it('never falls nor jumps with the Reynolds number', () => {
    for (const correlation of ALL) {
      for (const prandtl of [0.7, 7, 200]) {
        for (const diameterPerLength of [0, 0.1, 1]) {
          let nusselt = correlation.nusselt(100, prandtl, diameterPerLength);
          let friction = correlation.frictionReynolds(100);
          // the straight line of a transition rises by up to 25 % per percent of Re: steps of 0.02 % stay below 0.5 %
          for (let reynolds = 100; reynolds < 5e4; reynolds *= 1.0002) {
            const nextNusselt = correlation.nusselt(reynolds, prandtl, diameterPerLength);
            const nextFriction = correlation.frictionReynolds(reynolds);
            if (!(nextNusselt >= nusselt * (1 - 1e-12) && nextNusselt < nusselt * 1.01)) {
              expect.fail(`${correlation.name}: Nu ${nusselt} to ${nextNusselt} at Re ${reynolds}`);
            }
            if (!(nextFriction >= friction * (1 - 1e-12) && nextFriction < friction * 1.01)) {
              expect.fail(`${correlation.name}: f Re ${friction} to ${nextFriction} at Re ${reynolds}`);
            }
            [nusselt, friction] = [nextNusselt, nextFriction];
          }
        }
      }
    }
  });
});

describe('bundles', () => {
  it('have the laminar friction of the published fits', () => {
    // cheng-todreas-1986, in powers of P/D − 1; the fits are good to 1.5 % by the solution below
    const fits = [
      ['triangular', 1.05, [26, 888.2, -3334]],
      ['triangular', 1.2, [62.97, 216.9, -190.2]],
      ['triangular', 1.5, [62.97, 216.9, -190.2]],
      ['square', 1.05, [26.37, 374.2, -493.9]],
      ['square', 1.2, [35.55, 263.7, -190.2]],
      ['square', 1.5, [35.55, 263.7, -190.2]],
    ] as const;
    for (const [array, pitch, [a, b, c]] of fits) {
      const published = a + b * (pitch - 1) + c * (pitch - 1) ** 2;
      expect(relative(bundle(pitch, array).frictionReynolds(1), published), `${array} ${pitch}`).toBeLessThan(
        0.015,
      );
    }
  });

  it('have friction within 10 % of the published transition curve', () => {
    const pitch = 1.2;
    const [low, high] = [320 * 10 ** 0.2, 1e4 * 10 ** 0.14];
    for (const reynolds of [300, 1000, 3000, 6000, 2e4]) {
      const share = Math.min(Math.max(Math.log(reynolds / low) / Math.log(high / low), 0), 1);
      const laminarPart = (62.97 + 216.9 * 0.2 - 190.2 * 0.04) * Math.cbrt(1 - share) * (1 - share ** 7);
      const turbulentPart = (0.1458 + 0.03632 * 0.2 - 0.03333 * 0.04) * reynolds ** 0.82 * Math.cbrt(share);
      const published = laminarPart + turbulentPart;
      expect(relative(bundle(pitch).frictionReynolds(reynolds), published), `${reynolds}`).toBeLessThan(0.1);
    }
  });

  it('have laminar friction and Nusselt number of a finite-element solution, between the tabulated pitches too', () => {
    const angles: Record<BundleArray, number> = { triangular: Math.PI / 6, square: Math.PI / 4 };
    for (const array of ['triangular', 'square'] as const) {
      for (const pitch of [1.075, 1.2, 1.6]) {
        const reference = sectorFlow(pitch, angles[array]);
        const correlation = bundle(pitch, array);
        // 2.4 % linear interpolation where the table is steepest, 0.5 % the mesh
        expect(
          relative(correlation.frictionReynolds(1), reference.friction),
          `${array} ${pitch}`,
        ).toBeLessThan(0.029);
        expect(relative(laminar(correlation, 0), reference.nusselt), `${array} ${pitch}`).toBeLessThan(0.029);
      }
    }
  });

  it('become rods on their own when far apart', () => {
    const ring = ringAroundRod(1 / (6 * Math.sqrt((2 * Math.sqrt(3)) / Math.PI)));
    expect(relative(bundle(6).frictionReynolds(1), ring.frictionReynolds)).toBeLessThan(0.004);
    expect(relative(laminar(bundle(6), 0), ring.nusselt)).toBeLessThan(0.004);
  });

  it('and annuli refuse a geometry that cannot be', () => {
    expect(() => bundle(1)).toThrow('allowed is 1.02 and above');
    expect(() => annulus(1, 'inner')).toThrow('above 0 and below 1');
    expect(() => annulus(Number.NaN, 'inner')).toThrow('above 0 and below 1');
  });
});
