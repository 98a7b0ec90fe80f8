/**
 * The triangular distribution between two ends with its peak at a best guess: the usual choice where an expert can say
 * "between this and that, likely about here" and no more. Over an interval without a peak inside it is still defined.
 */
export interface Triangular {
  readonly low: number;
  /** low to high */
  readonly mode: number;
  /** above low */
  readonly high: number;
}

/** @param share 0 to 1, the probability of less */
export function triangularQuantile({ low, mode, high }: Triangular, share: number): number {
  const width = high - low;
  return share * width < mode - low
    ? low + Math.sqrt(share * width * (mode - low))
    : high - Math.sqrt((1 - share) * width * (high - mode));
}

/** The probability of less than `x`, which lies between low and high. */
export function triangularShare({ low, mode, high }: Triangular, x: number): number {
  const width = high - low;
  return x < mode
    ? (x - low) ** 2 / (width * (mode - low))
    : 1 - (mode < high ? (high - x) ** 2 / (width * (high - mode)) : 0);
}

/** Probability density; 0 outside. */
export function triangularDensity({ low, mode, high }: Triangular, x: number): number {
  if (x < low || x > high) return 0;
  const peak = 2 / (high - low);
  if (x === mode) return peak;
  return x < mode ? (peak * (x - low)) / (mode - low) : (peak * (high - x)) / (high - mode);
}
