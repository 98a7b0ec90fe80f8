/** Flow along a bundle of tubes, in the space between them. */
import { UserError } from '../config/quantity.ts';
import { type Correlation, curvedEntry, joinBranches, turbulentTube } from './correlation.ts';
import { ringAroundRod } from './laminar-ring.ts';

/** How the tubes stand: each with six neighbours, or with four. */
export type BundleArray = 'triangular' | 'square';

interface ArrayData {
  /** Radius of the circle of the cell's area, in half pitches. */
  readonly cellRadius: number;
  /** Developed laminar f Re and Nu over those of the equivalent ring, at PITCHES. */
  readonly friction: readonly number[];
  readonly nusselt: readonly number[];
  /** Turbulent f Re^0.18 in powers of P/D − 1, below and above P/D 1.1. */
  readonly tight: readonly [number, number, number];
  readonly wide: readonly [number, number, number];
  /** Turbulent Nu over that of a tube (Presser). */
  turbulentFactor(pitch: number): number;
}

/** P/D of the laminar tables; the ring is reached to 2 % (friction) and 4 % (Nu) at the last. */
const PITCHES = [1.02, 1.05, 1.1, 1.15, 1.2, 1.25, 1.3, 1.4, 1.5, 1.75, 2, 3, 4];

/**
 * The laminar ratios are a finite-element solution of one symmetry sector (tubes of one temperature), which
 * test/sim/fluid-correlation.test.ts repeats; its friction lies within 1.5 % of the published fits (cheng-todreas-1986).
 */
const ARRAYS: Readonly<Record<BundleArray, ArrayData>> = {
  triangular: {
    cellRadius: Math.sqrt((2 * Math.sqrt(3)) / Math.PI),
    friction: [
      0.4271, 0.6125, 0.7861, 0.8702, 0.9147, 0.9403, 0.956, 0.9733, 0.9818, 0.9907, 0.994, 0.9975, 0.9983,
    ],
    nusselt: [
      0.1694, 0.2524, 0.3948, 0.5283, 0.6439, 0.7368, 0.8065, 0.8912, 0.9328, 0.9713, 0.9833, 0.9943, 0.9965,
    ],
    tight: [0.09378, 1.398, -8.664],
    wide: [0.1458, 0.03632, -0.03333],
    turbulentFactor: (pitch) => 0.909 + 0.0783 * pitch - 0.1283 * Math.exp(-2.4 * (pitch - 1)),
  },
  square: {
    cellRadius: Math.sqrt(4 / Math.PI),
    friction: [
      0.3247, 0.4167, 0.5436, 0.6393, 0.7104, 0.7635, 0.8037, 0.8583, 0.8922, 0.9356, 0.9551, 0.9791, 0.9855,
    ],
    nusselt: [
      0.1552, 0.1906, 0.2506, 0.3111, 0.3709, 0.4288, 0.484, 0.5829, 0.6643, 0.7974, 0.8657, 0.9484, 0.9678,
    ],
    tight: [0.09423, 0.5806, -1.239],
    wide: [0.1339, 0.09059, -0.09926],
    turbulentFactor: (pitch) => 0.9217 + 0.1478 * pitch - 0.113 * Math.exp(-7 * (pitch - 1)),
  },
};

/** Widest pitch of the turbulent fits; wider bundles take their value there. */
const WIDEST_TURBULENT = 1.5;

/**
 * Along a wide bundle of tubes of one temperature, hydraulic diameter 4 · free area / tube circumference. The laminar
 * entry is within 10 % of a numerical solution from P/D 1.2 on, in tighter bundles too high by up to 30 % (square:
 * 50 %). Turbulent
 * friction and the ends of the transition by Cheng and Todreas (fitted to P/D 1.5; their curve between those ends lies up
 * to 10 % above the straight line here), turbulent heat transfer by Presser (presser-1967, to P/D 2).
 * @param pitchPerDiameter distance of tube axes over tube diameter, from 1.02
 * @throws UserError for tubes closer than that
 */
export function bundle(pitchPerDiameter: number, array: BundleArray = 'triangular'): Correlation {
  const tightest = PITCHES[0];
  if (!(pitchPerDiameter >= tightest)) {
    throw new UserError(
      `bundle: the pitch is ${pitchPerDiameter} tube diameters; allowed is ${tightest} and above.`,
    );
  }
  const data = ARRAYS[array];
  const ring = ringAroundRod(1 / (pitchPerDiameter * data.cellRadius));
  const friction = ring.frictionReynolds * interpolate(data.friction, pitchPerDiameter);
  const developed = ring.nusselt * interpolate(data.nusselt, pitchPerDiameter);

  const gap = Math.min(pitchPerDiameter, WIDEST_TURBULENT) - 1;
  const [a, b, c] = gap < 0.1 ? data.tight : data.wide;
  const turbulentCoefficient = a + b * gap + c * gap * gap;
  const factor = data.turbulentFactor(Math.min(pitchPerDiameter, 2));
  return joinBranches({
    name: `along a ${array} bundle of pitch/diameter ${pitchPerDiameter.toPrecision(3)}`,
    source: 'cheng-todreas-1986',
    transition: [320 * 10 ** gap, 1e4 * 10 ** (0.7 * gap)],
    laminarFriction: friction,
    // the mean wall gradient follows from the balance of forces: f Re / 8 mean velocities per hydraulic diameter
    laminarNusselt: curvedEntry(developed, friction / 8, ring.wallCurvature),
    turbulentNusselt: (reynolds, prandtl, diameterPerLength) =>
      factor * turbulentTube(reynolds, prandtl, diameterPerLength),
    turbulentFriction: (reynolds) => turbulentCoefficient * reynolds ** 0.82,
  });
}

/** Linear between the tabulated pitches, constant beyond the last. */
function interpolate(values: readonly number[], pitch: number): number {
  const after = PITCHES.findIndex((p) => p > pitch);
  if (after < 0) return values[values.length - 1];
  const [low, high] = [PITCHES[after - 1], PITCHES[after]];
  const share = (pitch - low) / (high - low);
  return values[after - 1] + share * (values[after] - values[after - 1]);
}
