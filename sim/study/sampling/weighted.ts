/** Quantiles of weighted samples, and few samples for many. */

export interface Weighted {
  readonly value: number;
  /** Any positive scale. */
  readonly weight: number;
}

/**
 * Values at which the weights below reach each share, linear between the middles of neighbouring samples.
 * @param shares 0 to 1
 * @returns NaN where there is no sample
 */
export function weightedQuantiles(samples: readonly Weighted[], shares: readonly number[]): number[] {
  const sorted = samples
    .filter(({ value, weight }) => Number.isFinite(value) && weight > 0)
    .toSorted((a, b) => a.value - b.value);
  const total = sorted.reduce((sum, { weight }) => sum + weight, 0);
  let below = 0;
  const middles = sorted.map(({ weight }) => {
    below += weight;
    return (below - 0.5 * weight) / total;
  });
  return shares.map((share) => {
    if (sorted.length === 0) return Number.NaN;
    const after = middles.findIndex((middle) => middle >= share);
    if (after < 0) return sorted[sorted.length - 1].value;
    if (after === 0) return sorted[0].value;
    const t = (share - middles[after - 1]) / (middles[after] - middles[after - 1]);
    return sorted[after - 1].value + t * (sorted[after].value - sorted[after - 1].value);
  });
}

/**
 * At most `count` of them, drawn evenly along the sum of weights (systematic resampling), weights by how often each was
 * drawn: what a band is drawn from. The same in, the same out.
 */
export function thinned<T extends { readonly weight: number }>(members: readonly T[], count: number): T[] {
  if (members.length <= count) return [...members];
  const total = members.reduce((sum, { weight }) => sum + weight, 0);
  let [below, drawn] = [0, 0];
  return members.flatMap((member) => {
    below += member.weight / total;
    const before = drawn;
    while (drawn < count && (drawn + 0.5) / count <= below) drawn++;
    return drawn === before ? [] : [{ ...member, weight: (drawn - before) / count }];
  });
}
