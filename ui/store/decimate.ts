/** From a ring to what a screen can show: at most two points a pixel column (see PixelStrokes; LTTB could drop a peak). */
import { PixelStrokes } from './pixel-strokes.ts';
import type { Polyline } from './polyline.ts';
import type { Ring } from './ring.ts';

/** Where a chart looks: `bucketS` is the time that one pixel column covers. */
export interface View {
  fromS: number;
  toS: number;
  bucketS: number;
}

const strokes = new PixelStrokes();

/** The curve of one column in `view`; `out` is cleared. */
export function decimate(ring: Ring, column: number, view: View, out: Polyline): void {
  out.clear();
  addDecimated(ring, column, view, out);
}

/** The same, behind what is in `out` already. */
export function addDecimated(ring: Ring, column: number, view: View, out: Polyline): void {
  const { times } = ring;
  const values = ring.columns[column];
  // One row beyond each edge, so that the line runs out of the picture instead of ending inside it.
  const first = Math.max(0, ring.firstAtOrAfter(view.fromS) - 1);
  const last = Math.min(ring.length - 1, ring.firstAtOrAfter(view.toS));
  strokes.begin(out, view.bucketS);
  for (let age = first; age <= last; age++) {
    const slot = ring.slot(age);
    strokes.value(times[slot], values[slot]);
  }
  strokes.end();
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
