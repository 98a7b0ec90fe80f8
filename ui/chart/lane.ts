/** A strip along the time axis, on the canvas. */
import type uPlot from 'uplot';
import type { View } from '../store/decimate.ts';
import { mapping } from './canvas-path.ts';
import type { Palette } from './palette.ts';
import type { LaneSpec } from './time-chart-spec.ts';

export const LANE_PX = 4;

export function drawLane(plot: uPlot, view: View, palette: Palette, lane: LaneSpec | undefined): void {
  if (lane === undefined) return;
  const { ctx, bbox } = plot;
  const to = mapping(plot);
  const height = LANE_PX * devicePixelRatio;
  const y = bbox.top + bbox.height - height;
  ctx.save();
  ctx.fillStyle = palette.grid;
  ctx.fillRect(bbox.left, y, bbox.width, height);
  ctx.beginPath();
  ctx.rect(bbox.left, y, bbox.width, height);
  ctx.clip();
  ctx.fillStyle = lane.colour(palette);
  lane.forEachIn(view, (fromS, toS) => {
    ctx.fillRect(to.x0 + to.perX * fromS, y, Math.max(1, to.perX * (toS - fromS) - devicePixelRatio), height);
  });
  ctx.restore();
}
