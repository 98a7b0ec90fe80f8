/** What weighted machines say together: quantiles of a figure, bands of a curve. */

import { weightedQuantiles } from '../../study/sampling/weighted.ts';

export interface Weighted<T> {
  readonly value: T;
  readonly weight: number;
}

export interface Interval {
  readonly low: number;
  readonly middle: number;
  readonly high: number;
}

/** The 90 % interval and the median; NaN values are left out. */
export function interval(values: readonly Weighted<number>[]): Interval {
  const [low, middle, high] = weightedQuantiles(values, [0.05, 0.5, 0.95]);
  return { low, middle, high };
}

/** The 90 % interval at each place of curves that are given at the same places; NaN where no curve has a value. */
export function bandOf(curves: readonly Weighted<readonly number[]>[]): { low: number[]; high: number[] } {
  const places = curves[0].value.map((_, i) =>
    interval(curves.map(({ value, weight }) => ({ value: value[i], weight }))),
  );
  return { low: places.map(({ low }) => low), high: places.map(({ high }) => high) };
}
