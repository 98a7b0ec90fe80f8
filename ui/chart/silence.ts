/** A stretch in which nothing was heard is hatched and named, so that it is not taken for a quiet machine. */
import type uPlot from 'uplot';
import { t } from '../language.ts';
import { telemetry } from '../session.ts';
import type { View } from '../store/decimate.ts';
import { AXIS_FONT } from './axes.ts';
import type { Palette } from './palette.ts';

/** A rig that is heard at all is heard this often, in ms. */
const SILENT_MS = 1000;
/** Room that the words need, in px. */
const WORDS_PX = 70;

/** Calls `visit` for every stretch of the view in which nothing was heard; `isOpen` where it lasts. */
export function forEachSilence(
  view: View,
  nowMs: number,
  visit: (fromS: number, toS: number, isOpen: boolean) => void,
): void {
  const { absences, clock } = telemetry;
  absences.forEachIn(view.fromS, view.toS, (fromS, toS) => visit(fromS, toS, false));
  const openS = absences.openSinceS;
  const silentSinceS = !Number.isNaN(openS)
    ? openS
    : clock.silenceMs(nowMs) >= SILENT_MS
      ? clock.lastS
      : Number.NaN;
  if (silentSinceS < view.toS) visit(silentSinceS, view.toS, true);
}

export function drawSilence(plot: uPlot, view: View, palette: Palette): void {
  const { ctx, bbox } = plot;
  forEachSilence(view, performance.now(), (fromS, toS, isOpen) => {
    const left = Math.max(bbox.left, plot.valToPos(fromS, 'x', true));
    const right = Math.min(bbox.left + bbox.width, plot.valToPos(toS, 'x', true));
    // A loss narrower than a pixel is seen all the same.
    hatch(ctx, left, bbox.top, Math.max(devicePixelRatio, right - left), bbox.height, palette);
    if (right - left > WORDS_PX * devicePixelRatio)
      name(ctx, (left + right) / 2, bbox.top, isOpen ? t('not heard') : t('no data'), palette);
  });
}

function hatch(
  ctx: CanvasRenderingContext2D,
  left: number,
  top: number,
  width: number,
  height: number,
  palette: Palette,
): void {
  ctx.save();
  ctx.beginPath();
  ctx.rect(left, top, width, height);
  ctx.clip();
  ctx.strokeStyle = palette.hatch;
  ctx.globalAlpha = 0.45;
  ctx.lineWidth = devicePixelRatio;
  ctx.beginPath();
  const step = 9 * devicePixelRatio;
  if (width < step) {
    ctx.fillStyle = palette.hatch;
    ctx.fillRect(left, top, width, height);
  }
  for (let x = left - height; x < left + width; x += step) {
    ctx.moveTo(x, top + height);
    ctx.lineTo(x + height, top);
  }
  ctx.stroke();
  ctx.restore();
}

function name(ctx: CanvasRenderingContext2D, x: number, top: number, words: string, palette: Palette): void {
  ctx.save();
  ctx.font = AXIS_FONT.replace('12px', `${12 * devicePixelRatio}px`);
  ctx.textAlign = 'center';
  ctx.textBaseline = 'top';
  ctx.lineWidth = 4 * devicePixelRatio;
  ctx.strokeStyle = palette.ground;
  ctx.fillStyle = palette.muted;
  const y = top + 6 * devicePixelRatio;
  ctx.strokeText(words, x, y);
  ctx.fillText(words, x, y);
  ctx.restore();
}
