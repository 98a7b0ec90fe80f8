/**
 * The design of Saltelli: two independent sets of points A and B, and for every parameter i the set AB_i, which is A with
 * its column i taken from B. N rows of d parameters are N (d + 2) points. A and B are the two halves of Sobol points in
 * 2 d dimensions (A. Saltelli et al., Comput. Phys. Commun. 181, 259, 2010).
 */
import { MOST_SOBOL_DIMENSIONS, sobolPoints } from '../sampling/sobol.ts';

export const MOST_PARAMETERS = MOST_SOBOL_DIMENSIONS / 2;

export interface SaltelliDesign {
  readonly count: number;
  /** Point by number: row · (d + 2), then A, B, AB_0, AB_1, …; each coordinate in (0, 1). */
  readonly at: (index: number) => number[];
}

/**
 * @param rows N, best a power of two
 * @param dimensions d, 1 to MOST_PARAMETERS
 */
export function saltelliDesign(rows: number, dimensions: number, seed: number): SaltelliDesign {
  const points = sobolPoints(2 * dimensions, seed);
  const blocks = dimensions + 2;
  return {
    count: rows * blocks,
    at(index) {
      const both = points(Math.floor(index / blocks));
      const block = index % blocks;
      const [a, b] = [both.slice(0, dimensions), both.slice(dimensions)];
      if (block === 0) return a;
      return block === 1 ? b : a.map((share, d) => (d === block - 2 ? b[d] : share));
    },
  };
}
