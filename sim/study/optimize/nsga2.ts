/**
 * NSGA-II (K. Deb, A. Pratap, S. Agarwal and T. Meyarivan, IEEE Trans. Evol. Comput. 6, 182, 2002): a population that is bred,
 * ranked by dominance and thinned where it is crowded. It asks for points and is told what they are worth, so whoever
 * computes them does so on as many cores as there are; the same seed and the same answers give the same points. The
 * packages for genetic algorithms that npm offers have one objective, draw from Math.random or call for each point by itself;
 * so this is ours.
 */
import { latinHypercube } from '../sampling/latin-hypercube.ts';
import { uniformSource } from '../sampling/random.ts';
import { type Evaluated, crowding, rankFronts } from './rank.ts';
import { cross, mutate } from './variation.ts';

export interface Nsga2Options {
  readonly variables: number;
  /** Even, at least 4. */
  readonly population: number;
  readonly seed: number;
  /** What a point is, where different genes mean the same: such a point is asked for once. */
  readonly identity?: (genes: readonly number[]) => string;
}

/** So often, for each child, what is known already is bred anew; then it is drawn anew so often; then taken as it is. */
const MOST_TRIES = 50;

export class Nsga2 {
  readonly #population: number;
  readonly #uniform: () => number;
  readonly #identity: (genes: readonly number[]) => string;
  readonly #first: number[][];
  readonly #known = new Set<string>();
  #parents: Evaluated[] = [];
  /** Of each parent. */
  #rank: number[] = [];
  #distance: number[] = [];

  constructor({ variables, population, seed, identity = String }: Nsga2Options) {
    this.#population = population;
    this.#uniform = uniformSource(seed);
    this.#identity = identity;
    this.#first = Array.from({ length: population }, (_, i) => i).map(
      latinHypercube(population, variables, seed),
    );
  }

  /** The best that were told, at most the population. */
  get parents(): readonly Evaluated[] {
    return this.#parents;
  }

  /** The next generation: as many points as the population has, each gene 0 to 1. */
  ask(): number[][] {
    const asked = this.#parents.length === 0 ? this.#first : this.#breed();
    for (const genes of asked) this.#known.add(this.#identity(genes));
    return asked;
  }

  /** What the points that were asked for are worth. */
  tell(evaluated: readonly Evaluated[]): void {
    const all = [...this.#parents, ...evaluated];
    this.#parents = [];
    this.#rank = [];
    this.#distance = [];
    for (const [rank, places] of rankFronts(all).entries()) {
      const front = places.map((place) => all[place]);
      const distance = crowding(front);
      const room = this.#population - this.#parents.length;
      if (room === 0) return;
      const kept = front
        .map((one, i) => ({ one, distance: distance[i] }))
        .toSorted((a, b) => (a.distance === b.distance ? 0 : b.distance - a.distance))
        .slice(0, room);
      for (const { one, distance: around } of kept) {
        this.#parents.push(one);
        this.#rank.push(rank);
        this.#distance.push(around);
      }
    }
  }

  #breed(): number[][] {
    const children: number[][] = [];
    const asked = new Set<string>();
    const most = MOST_TRIES * this.#population;
    for (let tries = 0; children.length < this.#population; tries++) {
      for (const child of tries < most ? this.#pair() : [this.#stranger()]) {
        const key = this.#identity(child);
        const isNew = !this.#known.has(key) && !asked.has(key);
        if (children.length === this.#population || (!isNew && tries < 2 * most)) continue;
        children.push(child);
        asked.add(key);
      }
    }
    return children;
  }

  #pair(): number[][] {
    const [a, b] = [this.#pick(), this.#pick()];
    return cross(a.genes, b.genes, this.#uniform).map((crossed) => mutate(crossed, this.#uniform));
  }

  #stranger(): number[] {
    return this.#parents[0].genes.map(() => this.#uniform());
  }

  /** The better of two parents by chance. */
  #pick(): Evaluated {
    const [a, b] = [this.#anyone(), this.#anyone()];
    const isBetter =
      this.#rank[b] < this.#rank[a] ||
      (this.#rank[b] === this.#rank[a] && this.#distance[b] > this.#distance[a]);
    return this.#parents[isBetter ? b : a];
  }

  #anyone(): number {
    return Math.floor(this.#uniform() * this.#parents.length);
  }
}
