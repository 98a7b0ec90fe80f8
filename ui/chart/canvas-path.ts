/** From points and bands in data units to canvas paths in a uPlot's plotting area. */
import type uPlot from 'uplot';
import type { Band } from '../store/decimate.ts';
import type { Polyline } from '../store/polyline.ts';

export interface Mapping {
  readonly x0: number;
  readonly perX: number;
  readonly y0: number;
  readonly perY: number;
}

/** Value on the axis = scale * value in the ring + offset. */
export interface AxisValue {
  readonly scale: number;
  readonly offset: number;
}

const AS_IT_IS: AxisValue = { scale: 1, offset: 0 };

/** Canvas position = x0 + perX * x; worked out once a path, not once a point. */
export function mapping(plot: uPlot, yScale = 'y', { scale, offset }: AxisValue = AS_IT_IS): Mapping {
  const { left, top, width, height } = plot.bbox;
  const { min: fromX = 0, max: toX = 1 } = plot.scales.x;
  const { min: fromY = 0, max: toY = 1 } = plot.scales[yScale];
  const perX = width / (toX - fromX);
  const perY = -height / (toY - fromY);
  const y0 = top + height + perY * (offset - fromY);
  return { x0: left - perX * fromX, perX, y0, perY: perY * scale };
}

/** Of the points from `fromX` on, and the stroke that leads there. */
export function strokePath(line: Polyline, to: Mapping, fromX = Number.NEGATIVE_INFINITY): Path2D {
  const path = new Path2D();
  let penDown = false;
  for (let i = Math.max(0, firstAtOrAfter(line, fromX) - 1); i < line.length; i++) {
    const value = line.y[i];
    if (Number.isNaN(value)) {
      penDown = false;
      continue;
    }
    const x = to.x0 + to.perX * line.x[i];
    const y = to.y0 + to.perY * value;
    if (penDown) path.lineTo(x, y);
    else {
      path.moveTo(x, y);
      // A lone point between two gaps would leave no mark: give it the width of a pen.
      if (i + 1 === line.length || Number.isNaN(line.y[i + 1])) path.lineTo(x + 1, y);
    }
    penDown = true;
  }
  return path;
}

function firstAtOrAfter({ x, length }: Polyline, fromX: number): number {
  let [low, high] = [0, length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (x[middle] < fromX) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * Fills a band column by column on whole pixels: upright rectangles need no antialiasing, one path of a thousand
 * slivers would. Columns that look alike are filled as one.
 */
export function fillBand(context: CanvasRenderingContext2D, band: Band, to: Mapping): void {
  let left = 0;
  let right = 0;
  let top = 0;
  let bottom = 0;
  for (let i = 0; i < band.length; i++) {
    const from = Math.round(to.x0 + to.perX * band.x0[i]);
    const until = Math.max(from + 1, Math.round(to.x0 + to.perX * band.x1[i]));
    const high = Math.round(to.y0 + to.perY * band.high[i]);
    const low = Math.round(to.y0 + to.perY * band.low[i]);
    if (from <= right && high === top && low === bottom) {
      right = until;
      continue;
    }
    if (right > left) context.fillRect(left, top, right - left, bottom - top);
    left = Math.max(from, right);
    right = until;
    top = high;
    bottom = low;
  }
  if (right > left) context.fillRect(left, top, right - left, bottom - top);
}
