/**
 * Sobol points (I. M. Sobol, 1967) in the order of Antonov and Saleev, shifted digit by digit with a random word of each
 * dimension: any seed gives another set of the same evenness, each point of it uniform in the unit cube (Lemieux, "Monte
 * Carlo and Quasi-Monte Carlo Sampling", 2009, section 6.2.1). The packages that could be found read their tables from the
 * disk, have no seed, or shift 32-bit words by more than 31; so this is ours.
 */
import { JOE_KUO } from './joe-kuo.ts';
import { uniformSource } from './random.ts';

export const MOST_SOBOL_DIMENSIONS = JOE_KUO.length + 1;
const BITS = 32;
const WORD = 2 ** BITS;

/** Words of 32 bits, the k-th for bit k of the index, from the least. */
const DIRECTIONS = new Map<number, Uint32Array>();

function directionsOf(dimension: number): Uint32Array {
  const known = DIRECTIONS.get(dimension);
  if (known !== undefined) return known;
  const words = new Uint32Array(BITS);
  if (dimension === 0) for (let k = 0; k < BITS; k++) words[k] = 1 << (BITS - 1 - k);
  else {
    const [degree, inner, ...first] = JOE_KUO[dimension - 1];
    for (let k = 0; k < degree; k++) words[k] = first[k] << (BITS - 1 - k);
    for (let k = degree; k < BITS; k++) {
      words[k] = words[k - degree] ^ (words[k - degree] >>> degree);
      for (let j = 1; j < degree; j++) if ((inner >>> (degree - 1 - j)) & 1) words[k] ^= words[k - j];
    }
  }
  DIRECTIONS.set(dimension, words);
  return words;
}

/**
 * Coordinate of point `index` before its shift, as a word of 32 bits: the first points are 0, 1/2, 3/4, 1/4 of 2^32.
 * @param index 0 to 2^32 − 1
 */
export function sobolWord(index: number, dimension: number): number {
  const words = directionsOf(dimension);
  let gray = (index ^ (index >>> 1)) >>> 0;
  let word = 0;
  for (let k = 0; gray !== 0; k++, gray >>>= 1) if (gray & 1) word ^= words[k];
  return word >>> 0;
}

/**
 * Point `index` of the set of `seed`; it does not depend on how many there are.
 * @param index 0, 1, 2, …
 * @param dimensions 1 to MOST_SOBOL_DIMENSIONS
 * @returns each in (0, 1)
 */
export function sobolPoints(dimensions: number, seed: number): (index: number) => number[] {
  if (!(dimensions <= MOST_SOBOL_DIMENSIONS))
    throw new RangeError(
      `${dimensions} dimensions asked for; the table of directions has ${MOST_SOBOL_DIMENSIONS}`,
    );
  const uniform = uniformSource(seed);
  const shifts = Array.from({ length: dimensions }, () => Math.floor(uniform() * WORD));
  // in the middle of its cell: neither end of an interval is met
  return (index) => shifts.map((shift, d) => (((sobolWord(index, d) ^ shift) >>> 0) + 0.5) / WORD);
}
