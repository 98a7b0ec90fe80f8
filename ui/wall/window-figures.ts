/** Least, greatest, mean and rms of what a window shows of a channel, from every sample in it. */
import type { View } from '../store/decimate.ts';
import type { Polyline } from '../store/polyline.ts';

export interface WindowFigures {
  readonly count: number;
  readonly least: number;
  readonly greatest: number;
  readonly mean: number;
  /** Of the mean of the squares about the mean. */
  readonly deviation: number;
}

/** Shorter than any spacing of samples: every one of them comes by itself. */
const EVERY_SAMPLE_S = 1e-6;

type Trace = (view: View, out: Polyline) => void;

/** `scratch` is reused from call to call. NaN where the window holds no sample. */
export function figuresOf(trace: Trace, fromS: number, toS: number, scratch: Polyline): WindowFigures {
  trace({ fromS, toS, bucketS: EVERY_SAMPLE_S }, scratch);
  let count = 0;
  let least = Number.NaN;
  let greatest = Number.NaN;
  let mean = 0;
  let squares = 0;
  for (let i = 0; i < scratch.length; i++) {
    const value = scratch.y[i];
    // the trace goes one row beyond either edge
    if (Number.isNaN(value) || !(scratch.x[i] >= fromS && scratch.x[i] <= toS)) continue;
    count++;
    if (!(value >= least)) least = value;
    if (!(value <= greatest)) greatest = value;
    // Welford: no cancellation where a small swing stands on a large mean
    const away = value - mean;
    mean += away / count;
    squares += away * (value - mean);
  }
  if (count === 0) mean = Number.NaN;
  return { count, least, greatest, mean, deviation: Math.sqrt(squares / count) };
}

/** In a unit that is shown as scale * value + offset. */
export function shownFigures(
  figures: WindowFigures,
  { scale, offset }: { readonly scale: number; readonly offset: number },
): { least: number; greatest: number; mean: number; rms: number } {
  const mean = scale * figures.mean + offset;
  return {
    least: scale * figures.least + offset,
    greatest: scale * figures.greatest + offset,
    mean,
    rms: Math.hypot(mean, scale * figures.deviation),
  };
}
