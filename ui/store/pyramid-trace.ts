/** From a pyramid to what a screen can show, at a cost that depends on the pixels alone. */
import type { View } from './decimate.ts';
import { PixelStrokes } from './pixel-strokes.ts';
import type { Polyline } from './polyline.ts';
import { BLOCK_ROWS, FACTOR, type PyramidRing } from './pyramid-ring.ts';

/** A pixel column is made of 2 to 32 blocks: its edges are then at most half a column off, and it costs at most 32 steps. */
const LEAST_BLOCKS = 2;

const strokes = new PixelStrokes();

/**
 * Adds the curve of `view` to `out`: from the lowest of `lowColumn` to the highest of `highColumn`, which are the same where
 * rows are samples and two where they are extremes themselves.
 */
export function tracePyramid(
  ring: PyramidRing,
  lowColumn: number,
  highColumn: number,
  view: View,
  out: Polyline,
): void {
  // One row beyond each edge, so that the line runs out of the picture instead of ending inside it.
  const first = Math.max(ring.start, ring.firstAtOrAfter(view.fromS) - 1);
  const last = Math.min(ring.end - 1, ring.firstAtOrAfter(view.toS));
  if (last < first) return;
  strokes.begin(out, view.bucketS);
  const level = levelFor(ring, first, last, view.bucketS);
  if (level > 0) traceBlocks(ring, lowColumn, highColumn, level, first, last);
  else if (lowColumn === highColumn) traceRows(ring, lowColumn, first, last);
  else traceExtremes(ring, lowColumn, highColumn, first, last);
  strokes.end();
}

function levelFor(ring: PyramidRing, first: number, last: number, bucketS: number): number {
  const buckets = Math.max(1, (ring.timeOf(last) - ring.timeOf(first)) / bucketS);
  const rows = (last - first) / buckets / LEAST_BLOCKS;
  let level = 0;
  while (level < BLOCK_ROWS.length - 1 && rows >= FACTOR ** (level + 1)) level++;
  return level;
}

function traceRows(ring: PyramidRing, column: number, first: number, last: number): void {
  const { times } = ring;
  const values = ring.columns[column];
  for (let row = first, slot = ring.slot(first); row <= last; row++) {
    strokes.value(times[slot], values[slot]);
    if (++slot === times.length) slot = 0;
  }
}

function traceExtremes(ring: PyramidRing, low: number, high: number, first: number, last: number): void {
  for (let row = first; row <= last; row++) {
    const [lowest, highest] = [ring.value(low, row), ring.value(high, row)];
    if (Number.isNaN(lowest) || Number.isNaN(highest)) strokes.value(ring.timeOf(row), Number.NaN);
    else strokes.block(ring.timeOf(row), lowest, highest, false);
  }
}

function traceBlocks(
  ring: PyramidRing,
  lowColumn: number,
  highColumn: number,
  level: number,
  first: number,
  last: number,
): void {
  const rows = BLOCK_ROWS[level];
  const lows = ring.levels[lowColumn][level - 1];
  const highs = ring.levels[highColumn][level - 1];
  const { times } = ring;
  const oldest = Math.floor(first / rows);
  const newest = Math.floor(last / rows);
  let at = ring.slot(oldest, level);
  for (let block = oldest; block <= newest; block++) {
    // The oldest row of all may stand in the midst of its block; what is before it is not kept.
    const timeS = block * rows < ring.start ? ring.firstTimeS : times[at * rows];
    strokes.block(timeS, lows.low[at], highs.high[at], lows.broken[at] === 1);
    if (++at === lows.low.length) at = 0;
  }
}
