/** Seeded numbers. */
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** Uniform numbers from 0 (included) to 1. */
export function uniformSource(seed: number): () => number {
  const generator = xoroshiro128plus(seed);
  const next = () => uniformFloat64(generator);
  // the first numbers of small seeds are alike: few bits of the state are set
  for (let i = 0; i < WARM_UP; i++) next();
  return next;
}

const WARM_UP = 32;

/** Normal numbers of mean 0 and variance 1 (Box and Muller). */
export function normalSource(seed: number): () => number {
  const uniform = uniformSource(seed);
  return () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
}

/** 0 to count − 1 in random order. */
export function shuffled(count: number, uniform: () => number): number[] {
  const order = Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i--) {
    const other = Math.floor(uniform() * (i + 1));
    [order[i], order[other]] = [order[other], order[i]];
  }
  return order;
}
