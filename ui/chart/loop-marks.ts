/** What is drawn onto a loop beside its line: arrows along its way, words in its middle, a mark at the cursor. */
import { FONT_FAMILY } from './axes.ts';
import type { Mapping } from './canvas-path.ts';
import type { LoopTrace } from './loop-chart.ts';
import type { Palette } from './palette.ts';

type Context = CanvasRenderingContext2D;

const place = (loop: LoopTrace, to: Mapping, bin: number): readonly [number, number] => {
  const at = (bin + loop.bins) % loop.bins;
  return [to.x0 + to.perX * loop.x(at), to.y0 + to.perY * loop.y(at)];
};

/** Runs shorter than this have no room for an arrow, px. */
const LEAST_RUN = 30;
const ARROW = 6;

/** Half way along a run of bins, pointing the way it goes. */
export function drawArrow(ctx: Context, loop: LoopTrace, to: Mapping, from: number, until: number): void {
  const points = Array.from({ length: until - from + 1 }, (_, i) => place(loop, to, from + i));
  const lengths = points.map(([x, y], i) =>
    i === 0 ? 0 : Math.hypot(x - points[i - 1][0], y - points[i - 1][1]),
  );
  const whole = lengths.reduce((sum, length) => sum + length, 0);
  if (!(whole > LEAST_RUN * devicePixelRatio)) return;
  let along = 0;
  const at = lengths.findIndex((length) => (along += length) >= whole / 2);
  const [[x0, y0], [x1, y1]] = [points[Math.max(0, at - 1)], points[at]];
  const size = ARROW * devicePixelRatio;
  ctx.save();
  ctx.translate((x0 + x1) / 2, (y0 + y1) / 2);
  ctx.rotate(Math.atan2(y1 - y0, x1 - x0));
  ctx.beginPath();
  ctx.moveTo(1.2 * size, 0);
  ctx.lineTo(-0.8 * size, -0.85 * size);
  ctx.lineTo(-0.8 * size, 0.85 * size);
  ctx.fill();
  ctx.restore();
}

/** Around the centroid of the loop's area, with a rim of the ground's colour so that lines beneath do not disturb. */
export function drawCaption(
  ctx: Context,
  loop: LoopTrace,
  to: Mapping,
  lines: readonly string[],
  { ink, ground }: Palette,
): void {
  const [x, middle] = centroid(Array.from({ length: loop.bins }, (_, bin) => place(loop, to, bin)));
  if (Number.isNaN(x + middle)) return;
  const size = 13 * devicePixelRatio;
  ctx.save();
  ctx.font = `600 ${size}px ${FONT_FAMILY}`;
  ctx.textAlign = 'center';
  ctx.textBaseline = 'middle';
  ctx.lineWidth = 5 * devicePixelRatio;
  ctx.strokeStyle = ground;
  ctx.fillStyle = ink;
  for (const [i, line] of lines.entries()) {
    const y = middle + (i - (lines.length - 1) / 2) * 1.3 * size;
    ctx.strokeText(line, x, y);
    ctx.fillText(line, x, y);
  }
  ctx.restore();
}

/** Of the area that the points enclose; NaN where they enclose none or one is absent. */
function centroid(points: readonly (readonly [number, number])[]): readonly [number, number] {
  let [twice, sumX, sumY] = [0, 0, 0];
  for (const [i, [x, y]] of points.entries()) {
    const [nextX, nextY] = points[(i + 1) % points.length];
    const cross = x * nextY - nextX * y;
    twice += cross;
    sumX += (x + nextX) * cross;
    sumY += (y + nextY) * cross;
  }
  return [sumX / (3 * twice), sumY / (3 * twice)];
}

export function drawMarker(
  ctx: Context,
  loop: LoopTrace,
  to: Mapping,
  bin: number,
  { ink, ground }: Palette,
): void {
  const [x, y] = place(loop, to, bin);
  if (Number.isNaN(x + y)) return;
  ctx.beginPath();
  ctx.arc(x, y, 5.5 * devicePixelRatio, 0, 2 * Math.PI);
  ctx.fillStyle = ground;
  ctx.fill();
  ctx.lineWidth = 2.5 * devicePixelRatio;
  ctx.strokeStyle = ink;
  ctx.stroke();
}
