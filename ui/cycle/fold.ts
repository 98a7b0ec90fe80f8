/** Many cycles laid over each other by phase: mean and spread in each bin. */
import { spreadOf } from './spread.ts';

export interface Folded {
  readonly mean: Float64Array;
  /** Tenth and ninetieth percentile. */
  readonly low: Float64Array;
  readonly high: Float64Array;
}

/** `value(cycle, bin)`, NaN where it is absent. */
export function fold(cycles: number, bins: number, value: (cycle: number, bin: number) => number): Folded {
  const folded = { mean: new Float64Array(bins), low: new Float64Array(bins), high: new Float64Array(bins) };
  const here: number[] = [];
  for (let bin = 0; bin < bins; bin++) {
    for (let cycle = 0; cycle < cycles; cycle++) here[cycle] = value(cycle, bin);
    const { mean, low, high } = spreadOf(here);
    folded.mean[bin] = mean;
    folded.low[bin] = low;
    folded.high[bin] = high;
  }
  return folded;
}
