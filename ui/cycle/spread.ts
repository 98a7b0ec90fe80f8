/** Many values of one thing: mean, tenth and ninetieth percentile, and which of them lies apart. */
export interface Spread {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
  readonly count: number;
}

/** Between neighbours in order, as numpy and Excel's PERCENTILE.INC do; NaN of nothing. `sorted` ascending. */
export function quantile(sorted: readonly number[], share: number): number {
  const at = share * (sorted.length - 1);
  const below = Math.floor(at);
  const [low, high] = [
    sorted[below] ?? Number.NaN,
    sorted[Math.min(below + 1, sorted.length - 1)] ?? Number.NaN,
  ];
  return low + (at - below) * (high - low);
}

/** Absent values are left out. */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = values.filter((value) => Number.isFinite(value)).toSorted((a, b) => a - b);
  const mean = sorted.reduce((sum, value) => sum + value, 0) / sorted.length;
  return { mean, low: quantile(sorted, 0.1), high: quantile(sorted, 0.9), count: sorted.length };
}

/** Beyond this many robust standard deviations a value is an outlier: Iglewicz and Hoaglin (1993). */
const OUTLIER = 3.5;
/** The median of |x| of a normal distribution is this share of its standard deviation. */
const MAD_OF_SIGMA = 0.6745;

export interface Deviation {
  /** Value minus median; NaN where it is absent. */
  readonly by: number;
  readonly isApart: boolean;
}

/**
 * How far each lies from the median of all, and whether that is more than the others' own scatter explains and more than
 * `floor`, which says what is too little to matter. The median moves little for one wild value; a mean would.
 */
export function deviations(
  values: readonly number[],
  floor: number,
): { readonly each: Deviation[]; readonly limit: number } {
  const median = medianOf(values);
  const scatter = medianOf(values.map((value) => Math.abs(value - median)));
  const limit = Math.max(floor, (OUTLIER * scatter) / MAD_OF_SIGMA);
  return {
    limit,
    each: values.map((value) => ({ by: value - median, isApart: Math.abs(value - median) > limit })),
  };
}

export const medianOf = (values: readonly number[]): number =>
  quantile(
    values.filter((value) => Number.isFinite(value)).toSorted((a, b) => a - b),
    0.5,
  );
