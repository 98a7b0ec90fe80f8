/**
 * From a ring to what a screen can show: at most two points a pixel column, its lowest and its highest sample at
 * their own times, so that a peak never hides (LTTB could drop it). Columns are aligned to multiples of their width
 * in time, so a picture that scrolls does not shimmer.
 */
import type { Polyline } from './polyline.ts';
import type { Ring } from './ring.ts';

/** Where a chart looks: `bucketS` is the time that one pixel column covers. */
export interface View {
  fromS: number;
  toS: number;
  bucketS: number;
}

/**
 * NaN lifts the pen. Within one pixel column values on both sides of an absence share the column's vertical stroke;
 * no line crosses the absence to another column.
 */
export function decimate(ring: Ring, column: number, view: View, out: Polyline): void {
  out.clear();
  const { times } = ring;
  const values = ring.columns[column];
  // One row beyond each edge, so that the line runs out of the picture instead of ending inside it.
  const first = Math.max(0, ring.firstAtOrAfter(view.fromS) - 1);
  const last = Math.min(ring.length - 1, ring.firstAtOrAfter(view.toS));
  let bucket = Number.NaN;
  let low = 0;
  let high = 0;
  let lowAt = 0;
  let highAt = 0;
  let count = 0;
  /** Time of the first absence among the column's values; NaN where there is none. */
  let brokenAt = Number.NaN;
  for (let age = first; age <= last + 1; age++) {
    const slot = ring.slot(age);
    const time = age > last ? Number.POSITIVE_INFINITY : times[slot];
    const itsBucket = Math.floor(time / view.bucketS);
    if (itsBucket !== bucket) {
      if (count > 0) {
        // extremes that both lie behind the absence have no line to the column before
        if (brokenAt < Math.min(lowAt, highAt)) out.liftPen(brokenAt);
        if (lowAt <= highAt) out.add(lowAt, low);
        if (low !== high) out.add(highAt, high);
        if (lowAt > highAt) out.add(lowAt, low);
        if (!Number.isNaN(brokenAt)) out.liftPen(highAt);
      }
      bucket = itsBucket;
      count = 0;
      brokenAt = Number.NaN;
      if (age > last) return;
    }
    const value = values[slot];
    if (Number.isNaN(value)) {
      if (count === 0) out.liftPen(time);
      else if (Number.isNaN(brokenAt)) brokenAt = time;
      continue;
    }
    if (count === 0 || value < low) {
      low = value;
      lowAt = time;
    }
    if (count === 0 || value > high) {
      high = value;
      highAt = time;
    }
    count++;
  }
}

/** Columns of a band: from `x[i]` to `x1[i]` everything between `low[i]` and `high[i]`. */
export class Band {
  x0 = new Float64Array(4096);
  x1 = new Float64Array(4096);
  low = new Float64Array(4096);
  high = new Float64Array(4096);
  length = 0;
}

/**
 * The band between two columns of a ring whose rows are whole cycles; `periodColumn` is their duration in s and the
 * time of a row is its end. Cycles narrower than a pixel column are merged; a missing cycle stays blank where it is wider.
 */
export function decimateBand(
  ring: Ring,
  lowColumn: number,
  highColumn: number,
  periodColumn: number,
  view: View,
  out: Band,
): void {
  out.length = 0;
  const last = Math.min(ring.length - 1, ring.firstAtOrAfter(view.toS));
  for (let age = ring.firstAtOrAfter(view.fromS); age <= last; age++) {
    const slot = ring.slot(age);
    const low = ring.columns[lowColumn][slot];
    const high = ring.columns[highColumn][slot];
    const period = ring.columns[periodColumn][slot];
    if (Number.isNaN(low) || Number.isNaN(high) || Number.isNaN(period)) continue;
    const end = ring.times[slot];
    const n = out.length;
    if (n > 0 && end - out.x0[n - 1] <= 2 * view.bucketS && end - period <= out.x1[n - 1] + view.bucketS) {
      out.x1[n - 1] = end;
      out.low[n - 1] = Math.min(out.low[n - 1], low);
      out.high[n - 1] = Math.max(out.high[n - 1], high);
      continue;
    }
    if (n === out.x0.length) grow(out);
    out.x0[n] = end - period;
    out.x1[n] = end;
    out.low[n] = low;
    out.high[n] = high;
    out.length = n + 1;
  }
}

function grow(band: Band): void {
  for (const key of ['x0', 'x1', 'low', 'high'] as const) {
    const larger = new Float64Array(2 * band[key].length);
    larger.set(band[key]);
    band[key] = larger;
  }
}
