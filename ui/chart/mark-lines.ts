/** What people marked, in every chart: an upright line with the first words of the note. */
import type uPlot from 'uplot';
import { events } from '../session.ts';
import type { View } from '../store/decimate.ts';
import { AXIS_FONT } from './axes.ts';
import type { Palette } from './palette.ts';
import { type Mark, placedWords } from './placed-words.ts';

export function marksIn(view: Pick<View, 'fromS' | 'toS'>): Mark[] {
  return events
    .peek()
    .flatMap(({ mark }) => (mark === undefined ? [] : [{ atS: mark.at_s, note: mark.note, by: mark.by }]))
    .filter(({ atS }) => atS >= view.fromS && atS <= view.toS)
    .toSorted((a, b) => a.atS - b.atS);
}

/** Differs where there is another mark. */
export const marksVersion = (): string => {
  const list = events.peek();
  return `${list.length} ${list[0]?.sequence ?? -1}`;
};

export function drawMarks(plot: uPlot, view: View, palette: Palette): void {
  const marks = marksIn(view);
  if (marks.length === 0) return;
  const { ctx, bbox } = plot;
  const px = devicePixelRatio;
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  ctx.font = AXIS_FONT.replace('12px', `${11 * px}px`);
  ctx.textAlign = 'left';
  ctx.textBaseline = 'top';
  const placed = placedWords(
    marks,
    (timeS) => plot.valToPos(timeS, 'x', true),
    (words) => ctx.measureText(words).width + 10 * px,
  );
  for (const { x, words } of placed) {
    ctx.fillStyle = palette.mark;
    ctx.fillRect(Math.round(x), bbox.top, px, bbox.height);
    ctx.beginPath();
    ctx.moveTo(x - 4 * px, bbox.top);
    ctx.lineTo(x + 5 * px, bbox.top);
    ctx.lineTo(x + px / 2, bbox.top + 7 * px);
    ctx.fill();
    ctx.lineWidth = 3 * px;
    ctx.strokeStyle = palette.ground;
    ctx.strokeText(words, x + 6 * px, bbox.top + 2 * px);
    ctx.fillText(words, x + 6 * px, bbox.top + 2 * px);
  }
  ctx.restore();
}
