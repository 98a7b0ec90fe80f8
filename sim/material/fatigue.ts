/**
 * How long an alloy lives, as far as published figures say: a table of points, nothing between or beyond them that the
 * sentence does not name. Structural life (fracture) is meant, not the training of training.ts.
 */
import { UserError } from '../config/quantity.ts';

export type Alloy = 'NiTi' | 'TiNiCu';
export type Loading = 'tension' | 'compression';

export interface FatigueLife {
  /** null where no published figure says anything. */
  readonly cycles: number | null;
  readonly kind: 'estimate' | 'lower bound' | 'outside the data';
  readonly sentence: string;
  /** Key in fixtures/bibliography.yaml; null outside the data. */
  readonly source: string | null;
}

/** Strain limits of NiTi in tension, and the cycles they are given for (niti-handbook, T). */
const TENSION: readonly (readonly [strain: number, cycles: number])[] = [
  [0.04, 1e5],
  [0.06, 100],
  [0.08, 1],
];
/** Cycles that a compressed tube regenerator ran without failing (ljubljana-2022, T). */
const COMPRESSED_TUBES = 300_000;
/** Up to here they are taken for a bound, 1: the strain of those cycles was not in what could be read (assumed). */
const COMPRESSED_STRAIN = 0.04;
/** Transformation cycles of TiNiCu films (chluba-2015, T). */
const TINICU_FILMS = 1e7;
/** Usual full transformation of such films, 1 (assumed). */
const TINICU_STRAIN = 0.015;

const outside = (sentence: string): FatigueLife => ({
  cycles: null,
  kind: 'outside the data',
  sentence,
  source: null,
});
const percent = (strain: number) => `${Number((100 * strain).toPrecision(3))} %`;

/**
 * @param strain largest strain of the cycle from the unloaded state, 1, above 0
 * Throws UserError for a strain that is not above 0.
 */
export function fatigueLife(alloy: Alloy, loading: Loading, strain: number): FatigueLife {
  if (!(strain > 0)) throw new UserError(`fatigue: a strain of ${strain} cannot be; give one above 0.`);
  if (alloy === 'TiNiCu') return ofTiNiCu(strain);
  return loading === 'tension' ? pulled(strain) : pressed(strain);
}

/** Of several parts, that of the one which says least; one that nothing is published of says nothing at all. */
export function shortestLife(lives: readonly FatigueLife[]): FatigueLife {
  const rank = ({ cycles }: FatigueLife) => cycles ?? 0;
  return lives.reduce((shortest, life) => (rank(life) < rank(shortest) ? life : shortest));
}

function pulled(strain: number): FatigueLife {
  const source = 'niti-handbook';
  const [[lowest, longest]] = TENSION;
  if (strain < lowest)
    return {
      cycles: longest,
      kind: 'lower bound',
      sentence: `NiTi pulled to ${percent(strain)}: less than the ${percent(lowest)} that the handbook gives 1e5 cycles, so at least those; how many more, it does not say.`,
      source,
    };
  for (let k = 1; k < TENSION.length; k++) {
    const [s0, n0] = TENSION[k - 1];
    const [s1, n1] = TENSION[k];
    if (strain > s1) continue;
    const way = Math.log(strain / s0) / Math.log(s1 / s0);
    const cycles = n0 * (n1 / n0) ** way;
    return {
      cycles,
      kind: 'estimate',
      sentence: `NiTi pulled to ${percent(strain)}: about ${cycles.toPrecision(2)} cycles, by a straight line in logarithms between the handbook's ${percent(s0)} and ${percent(s1)}; single alloys differ by more than ten times.`,
      source,
    };
  }
  return outside(`NiTi pulled to ${percent(strain)}: beyond the 8 % that the handbook allows once.`);
}

function pressed(strain: number): FatigueLife {
  if (strain > COMPRESSED_STRAIN)
    return outside(
      `NiTi pressed to ${percent(strain)}: the published run of 300,000 cycles is taken for strains up to ${percent(COMPRESSED_STRAIN)} only.`,
    );
  return {
    cycles: COMPRESSED_TUBES,
    kind: 'lower bound',
    sentence: `NiTi tubes pressed to ${percent(strain)}: more than 300,000 cycles were run without failure in a regenerator; that it covers strains up to ${percent(COMPRESSED_STRAIN)} is assumed.`,
    source: 'ljubljana-2022',
  };
}

function ofTiNiCu(strain: number): FatigueLife {
  if (strain > TINICU_STRAIN)
    return outside(
      `TiNiCu at ${percent(strain)}: the published 1e7 cycles are of films whose transformation ends near ${percent(TINICU_STRAIN)} (assumed).`,
    );
  return {
    cycles: TINICU_FILMS,
    kind: 'lower bound',
    sentence: `TiNiCu at ${percent(strain)}: films ran at least 1e7 cycles; whether bulk does is not said by that.`,
    source: 'chluba-2015',
  };
}
