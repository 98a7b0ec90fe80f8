/** What weighted machines say together: quantiles of a figure, bands of a curve. */

export interface Weighted<T> {
  readonly value: T;
  readonly weight: number;
}

export interface Interval {
  readonly low: number;
  readonly middle: number;
  readonly high: number;
}

/**
 * Weighted quantile, 0 ≤ q ≤ 1: each value stands at the middle of its own share of the weight, straight lines in
 * between. NaN values are left out; without any it is NaN.
 */
export function quantile(values: readonly Weighted<number>[], q: number): number {
  const sorted = values.filter(({ value }) => !Number.isNaN(value)).toSorted((a, b) => a.value - b.value);
  const total = sorted.reduce((sum, { weight }) => sum + weight, 0);
  let [before, place, value] = [0, Number.NaN, Number.NaN];
  for (const next of sorted) {
    const nextPlace = (before + next.weight / 2) / total;
    if (nextPlace >= q) {
      if (Number.isNaN(place)) return next.value;
      return value + ((next.value - value) * (q - place)) / (nextPlace - place);
    }
    before += next.weight;
    [place, value] = [nextPlace, next.value];
  }
  return value;
}

/** The 90 % interval and the median. */
export function interval(values: readonly Weighted<number>[]): Interval {
  return { low: quantile(values, 0.05), middle: quantile(values, 0.5), high: quantile(values, 0.95) };
}

/** The 90 % interval at each place of curves that are given at the same places; NaN where no curve has a value. */
export function bandOf(curves: readonly Weighted<readonly number[]>[]): { low: number[]; high: number[] } {
  const places = curves[0].value.map((_, i) =>
    interval(curves.map(({ value, weight }) => ({ value: value[i], weight }))),
  );
  return { low: places.map(({ low }) => low), high: places.map(({ high }) => high) };
}
