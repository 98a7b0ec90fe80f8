/**
 * Heat transfer and friction of a channel as functions of Reynolds and Prandtl number, on the hydraulic diameter. Laminar
 * flow has its velocity profile from the inlet on (Prandtl numbers of liquids: the thermal entry is the longer one) and
 * a wall of one temperature. Between the Reynolds numbers where laminar flow ends and turbulence is complete both
 * numbers go over on a straight line (gnielinski-2013), so that nothing jumps.
 */
import { UserError } from '../config/quantity.ts';
import { ringBetweenWalls } from './laminar-ring.ts';

export interface Correlation {
  readonly name: string;
  /** Key in the bibliography. */
  readonly source: string;
  /** Outside the ranges the numbers are a continuation, and the caller reports. */
  readonly reynoldsRange: readonly [number, number];
  readonly prandtlRange: readonly [number, number];
  /** Mean Nusselt number over a length L, on the hydraulic diameter d (and the log-mean temperature difference). */
  nusselt(reynolds: number, prandtl: number, diameterPerLength: number): number;
  /** Darcy friction factor times Reynolds number (constant when laminar; 96 for a gap). */
  frictionReynolds(reynolds: number): number;
}

/** What makes a correlation: the two branches and where they meet. */
interface Branches {
  readonly name: string;
  readonly source: string;
  /** Reynolds numbers where laminar flow ends and where turbulence is complete. */
  readonly transition: readonly [number, number];
  readonly laminarFriction: number;
  /** @param graetz Re Pr d/L */
  laminarNusselt(graetz: number): number;
  turbulentNusselt(reynolds: number, prandtl: number, diameterPerLength: number): number;
  /** Friction factor times Reynolds number. */
  turbulentFriction(reynolds: number): number;
}

/** Joins the branches into one correlation that never falls with the Reynolds number. */
export function joinBranches(branches: Branches): Correlation {
  const { name, source, transition, laminarFriction } = branches;
  const [low, high] = transition;
  const share = (reynolds: number): number => Math.min(Math.max((reynolds - low) / (high - low), 0), 1);
  return {
    name,
    source,
    reynoldsRange: [0, 1e6],
    prandtlRange: [0.6, 1000],
    nusselt(reynolds, prandtl, diameterPerLength) {
      const laminar = branches.laminarNusselt(Math.min(reynolds, low) * prandtl * diameterPerLength);
      if (reynolds <= low) return laminar;
      const turbulent = branches.turbulentNusselt(Math.max(reynolds, high), prandtl, diameterPerLength);
      // a very short channel transfers more in its laminar entry than the turbulent formula gives
      return laminar + share(reynolds) * Math.max(turbulent - laminar, 0);
    },
    frictionReynolds(reynolds) {
      if (reynolds <= low) return laminarFriction;
      const turbulent = branches.turbulentFriction(Math.max(reynolds, high));
      return laminarFriction + share(reynolds) * (turbulent - laminarFriction);
    },
  };
}

const DUCT_TRANSITION = [2300, 4000] as const;

/**
 * Mean Nusselt number with thermal entry: [Nu∞ⁿ − bⁿ + (c Gz^⅓ + b)ⁿ]^(1/n), a negative base keeping its sign. Nickolay
 * and Martin use n = 3.592 and b = 0 for plates, Gnielinski (after Martin) n = 3 and b = −0.7 for a tube.
 * @param developed Nu∞
 * @param leveque c, of the thermal layer that is still thin
 * @param curvature b, by which a curved wall lifts (convex) or lowers (concave) the Nusselt number of that layer
 */
function laminarEntry(
  developed: number,
  leveque: number,
  n: number,
  curvature: number,
): (graetz: number) => number {
  const constant = developed ** n - signedPower(curvature, n);
  return (graetz) =>
    graetz === 0
      ? developed
      : (constant + signedPower(leveque * Math.cbrt(graetz) + curvature, n)) ** (1 / n);
}

const signedPower = (x: number, n: number): number => Math.sign(x) * Math.abs(x) ** n;

/**
 * The entry of a ring or rod. c is the Lévêque solution 3^(4/3) / (2 Γ(1/3)) · gradient^⅓ (1.615 in a tube, 1.849 in a
 * gap); n = 4 and b = 0.27 wall curvatures are fitted here to the numerical Graetz solution of the tests, which they
 * meet within 3 % from radius ratio 0.25 on and within 6.5 % from 0.05 on.
 */
export function curvedEntry(
  developed: number,
  wallGradient: number,
  wallCurvature: number,
): (graetz: number) => number {
  return laminarEntry(developed, 0.8075 * Math.cbrt(wallGradient), 4, 0.27 * wallCurvature);
}

/**
 * Darcy friction factor of smooth turbulent flow, Konakov's form as Gnielinski uses it.
 * @param reynolds for ducts other than tubes multiplied by 64 / (laminar f Re), which Gnielinski calls Re*
 */
const smoothFriction = (reynolds: number): number => (1.8 * Math.log10(reynolds) - 1.5) ** -2;

/** Turbulent mean Nusselt number in a tube (gnielinski-1976), 4000 ≤ Re ≤ 1e6. */
export function turbulentTube(reynolds: number, prandtl: number, diameterPerLength: number): number {
  const f8 = smoothFriction(reynolds) / 8;
  const developed =
    (f8 * (reynolds - 1000) * prandtl) / (1 + 12.7 * Math.sqrt(f8) * (Math.cbrt(prandtl) ** 2 - 1));
  return developed * (1 + Math.cbrt(diameterPerLength) ** 2);
}

/** Turbulent mean Nusselt number in an annulus, before the factor for which wall is heated (gnielinski-2009). */
function turbulentAnnulus(
  laminarFriction: number,
  reynolds: number,
  prandtl: number,
  diameterPerLength: number,
): number {
  const f8 = smoothFriction((reynolds * 64) / laminarFriction) / 8;
  const k1 = 1.07 + 900 / reynolds - 0.63 / (1 + 10 * prandtl);
  const developed = (f8 * reynolds * prandtl) / (k1 + 12.7 * Math.sqrt(f8) * (Math.cbrt(prandtl) ** 2 - 1));
  return developed * (1 + Math.cbrt(diameterPerLength) ** 2);
}

/** A ring or gap by its laminar numbers and the turbulent factor of its heated wall. */
function annularDuct(
  name: string,
  source: string,
  laminarFriction: number,
  laminarNusselt: (graetz: number) => number,
  wallFactor: number,
): Correlation {
  return joinBranches({
    name,
    source,
    transition: DUCT_TRANSITION,
    laminarFriction,
    laminarNusselt,
    turbulentNusselt: (reynolds, prandtl, diameterPerLength) =>
      wallFactor * turbulentAnnulus(laminarFriction, reynolds, prandtl, diameterPerLength),
    turbulentFriction: (reynolds) => reynolds * smoothFriction((reynolds * 64) / laminarFriction),
  });
}

/** Gnielinski's factors of either heated wall at radius ratio 1; both walls together come to the same. */
const PLANE_WALL_FACTOR = 0.75;

/** A narrow gap between a heated and an inert wall; the entry stands per wall, so it is that of two. */
export const GAP_ONE_SIDED: Correlation = annularDuct(
  'gap, one wall active',
  'nickolay-martin-2002',
  96,
  laminarEntry(4.861, 1.841, 3.592, 0),
  PLANE_WALL_FACTOR,
);

/** Parallel plates, both walls active. */
export const PLATES: Correlation = annularDuct(
  'plates, both walls active',
  'nickolay-martin-2002',
  96,
  laminarEntry(7.541, 1.841, 3.592, 0),
  PLANE_WALL_FACTOR,
);

/**
 * Inside a tube, by Gnielinski. His laminar entry is within 1.1 % of the Graetz solution; Hausen's older one stands 8 to
 * 12 % above it at Graetz numbers of 1e3 to 1e5.
 */
export const TUBE: Correlation = joinBranches({
  name: 'tube, inside',
  source: 'gnielinski-2013',
  transition: DUCT_TRANSITION,
  laminarFriction: 64,
  laminarNusselt: laminarEntry(3.657, 1.615, 3, -0.7),
  turbulentNusselt: turbulentTube,
  turbulentFriction: (reynolds) => reynolds * smoothFriction(reynolds),
});

/**
 * A concentric annulus, one wall heated and the other adiabatic: developed laminar numbers exact, turbulent ones by
 * Gnielinski. It solves an equation here, once: call it when a machine is built.
 * @param radiusRatio inner / outer radius, above 0 and below 1 (0.9999 and above count as a plane gap)
 * @throws UserError for any other ratio
 */
export function annulus(radiusRatio: number, heated: 'inner' | 'outer'): Correlation {
  if (!(radiusRatio > 0 && radiusRatio < 1)) {
    throw new UserError(`annulus: the radius ratio is ${radiusRatio}; allowed is above 0 and below 1.`);
  }
  const ring = ringBetweenWalls(radiusRatio, heated);
  return annularDuct(
    `annulus of radius ratio ${radiusRatio.toPrecision(3)}, ${heated} wall active`,
    'gnielinski-2009',
    ring.frictionReynolds,
    curvedEntry(ring.nusselt, ring.wallGradient, ring.wallCurvature),
    heated === 'inner' ? 0.75 * radiusRatio ** -0.17 : 0.9 - 0.15 * radiusRatio ** 0.6,
  );
}
