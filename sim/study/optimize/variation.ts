/**
 * How children differ from parents: simulated binary crossover and polynomial mutation within bounds (K. Deb and R. B.
 * Agrawal, Complex Systems 9, 115, 1995; K. Deb, "Multi-Objective Optimization using Evolutionary Algorithms", 2001). Genes
 * are 0 to 1.
 */

/** The greater, the closer children are to their parents. */
const CROSSOVER_INDEX = 15;
const MUTATION_INDEX = 20;
const CROSSOVER_SHARE = 0.9;
const CLOSEST = 1e-14;

type Genes = readonly number[];

/** Two children of two parents. */
export function cross(a: Genes, b: Genes, uniform: () => number): [number[], number[]] {
  const children: [number[], number[]] = [[...a], [...b]];
  if (uniform() > CROSSOVER_SHARE) return children;
  for (let k = 0; k < a.length; k++) {
    if (uniform() > 0.5 || Math.abs(a[k] - b[k]) < CLOSEST) continue;
    const [low, high] = a[k] < b[k] ? [a[k], b[k]] : [b[k], a[k]];
    const share = uniform();
    // a child beyond its parent on either side, no further than the bound of that side lets both be alike
    const below = spread(share, 1 + (2 * low) / (high - low));
    const above = spread(share, 1 + (2 * (1 - high)) / (high - low));
    const pair = [(low + high - below * (high - low)) / 2, (low + high + above * (high - low)) / 2];
    const first = uniform() < 0.5 ? 0 : 1;
    children[0][k] = clamp(pair[first]);
    children[1][k] = clamp(pair[1 - first]);
  }
  return children;
}

/** The factor by which the distance of two parents is stretched, drawn for a bound at `reach` times that distance. */
function spread(share: number, reach: number): number {
  const all = 2 - reach ** -(CROSSOVER_INDEX + 1);
  const power = 1 / (CROSSOVER_INDEX + 1);
  return share <= 1 / all ? (share * all) ** power : (1 / (2 - share * all)) ** power;
}

/** Each gene is changed with a chance of one in their number. */
export function mutate(genes: Genes, uniform: () => number): number[] {
  return genes.map((gene) => {
    if (uniform() >= 1 / genes.length) return gene;
    const share = uniform();
    const power = 1 / (MUTATION_INDEX + 1);
    const step =
      share < 0.5
        ? (2 * share + (1 - 2 * share) * (1 - gene) ** (MUTATION_INDEX + 1)) ** power - 1
        : 1 - (2 * (1 - share) + (2 * share - 1) * gene ** (MUTATION_INDEX + 1)) ** power;
    return clamp(gene + step);
  });
}

const clamp = (gene: number): number => Math.min(1, Math.max(0, gene));
