/**
 * Randomized Halton points (A. B. Owen, "A randomized Halton algorithm in R", 2017): every digit of every dimension is
 * permuted at random from a seed. Each point is uniform in the unit cube, together they fill it more evenly than
 * independent ones, point i does not depend on how many there are, and a further dimension changes no other: a run can
 * be refined without throwing away what it has. The libraries that could be found have Sobol points of unknown origin
 * or no seed.
 */
import { shuffled, uniformSource } from './random.ts';

/** Digits worth less than this share of the unit interval are left out. */
const FINEST = 2 ** -20;

/**
 * @param index 0, 1, 2, …
 * @param dimensions how many coordinates
 * @returns each in [0, 1)
 */
export function haltonPoint(index: number, dimensions: number, seed: number): number[] {
  return primes(dimensions).map((base, d) => {
    let [rest, share, value] = [index, 1 / base, 0];
    for (let digit = 0; share > FINEST; digit++) {
      value += permutation(base, d, digit, seed)[rest % base] * share;
      rest = Math.floor(rest / base);
      share /= base;
    }
    return Math.min(value, 1 - FINEST);
  });
}

/** Of the last seed that was asked for, by dimension and digit. */
const PERMUTATIONS = new Map<string, readonly number[]>();
let seedOfPermutations: number | undefined;

function permutation(base: number, dimension: number, digit: number, seed: number): readonly number[] {
  if (seed !== seedOfPermutations) PERMUTATIONS.clear();
  seedOfPermutations = seed;
  const key = `${dimension} ${digit}`;
  const known = PERMUTATIONS.get(key);
  if (known) return known;
  const order = shuffled(base, uniformSource(seed + 0x9e3779b1 * (dimension + 1) + 0x85ebca6b * (digit + 1)));
  PERMUTATIONS.set(key, order);
  return order;
}

const PRIMES: number[] = [];

function primes(count: number): readonly number[] {
  for (let n = PRIMES.at(-1) ?? 1; PRIMES.length < count; ) {
    n++;
    if (PRIMES.every((p) => n % p !== 0)) PRIMES.push(n);
  }
  return PRIMES.slice(0, count);
}
