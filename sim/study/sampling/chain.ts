/**
 * Markov chains in the unit cube, for conditions that few points of the cube meet. A step moves some of the coordinates
 * by uniform deviates, folded back at the walls: that move is symmetric and leaves the uniform distribution as it is, so
 * that accepting it with probability min(1, density' / density) samples the density (Metropolis), in however many
 * dimensions. Long moves of a few coordinates and short ones of all take turns: most parameters of a machine matter
 * little and are soon renewed, the few that matter move in small steps.
 */
import { haltonPoint } from './halton.ts';

/** The moves that take turns: half-width, and the share of the coordinates that move. */
const MOVES = [
  { reach: 0.5, share: 0.15 },
  { reach: 0.25, share: 0.4 },
  { reach: 0.12, share: 1 },
];

export interface ChainState<T> {
  /** Where it is, coordinates in [0, 1]. */
  readonly point: readonly number[];
  /** What was found there; its density is positive. */
  readonly found: T;
}

export interface Found {
  /** Relative density; 0 where the condition is not met. */
  readonly density: number;
}

/**
 * One step from `state`. The deviates of all chains at one step are one randomized Halton set: each chain by itself sees
 * independent uniform numbers, together they move more evenly.
 * @param chain 0, 1, …, which of the chains it is
 * @param step 0, 1, …
 */
export function chainStep<T extends Found>(
  state: ChainState<T>,
  find: (point: readonly number[]) => T,
  chain: number,
  step: number,
  seed: number,
): ChainState<T> {
  const dimensions = state.point.length;
  const [toss, ...deviates] = haltonPoint(chain, 1 + 2 * dimensions, seed + 0x632be5ab * (step + 1));
  const { reach, share } = MOVES[step % MOVES.length];
  const point = state.point.map((u, d) =>
    deviates[dimensions + d] < share ? folded(u + reach * (2 * deviates[d] - 1)) : u,
  );
  const found = find(point);
  const isAccepted = toss * state.found.density < found.density;
  return isAccepted ? { point, found } : state;
}

/** Reflected at 0 and 1; the move is shorter than the cube. */
function folded(u: number): number {
  if (u < 0) return -u;
  return u > 1 ? 2 - u : u;
}
