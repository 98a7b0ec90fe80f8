/** The four phases behind a picture over the period, named above it. */
import type uPlot from 'uplot';
import { AXIS_FONT } from '../chart/axes.ts';
import type { Palette } from '../chart/palette.ts';
import { withAlpha } from '../chart/time-chart.ts';
import { phaseColour, phaseWord } from './phase-colour.ts';
import { type PhaseBand, type Phases, bandsOf } from './phases.ts';

/** Height of the coloured edge of a band, CSS px. */
const EDGE = 4;

/** Where the period stands on a canvas, px of it. */
export interface Place {
  readonly left: number;
  readonly top: number;
  readonly width: number;
}

/** Behind a plot, over its whole height. */
export function drawBands({ ctx, bbox }: uPlot, phases: Phases, palette: Palette): void {
  ctx.save();
  for (const band of [...bandsOf(phases.blow), ...bandsOf(phases.stroke)]) {
    ctx.fillStyle = withAlpha(phaseColour(band.name, palette), 0.09);
    ctx.fillRect(
      bbox.left + band.from * bbox.width,
      bbox.top,
      (band.to - band.from) * bbox.width,
      bbox.height,
    );
  }
  ctx.restore();
  nameBands(ctx, bbox, phases, palette);
}

/** Names and coloured edges above `place`; a name that does not fit is left to the key. */
export function nameBands(
  ctx: CanvasRenderingContext2D,
  place: Place,
  phases: Phases,
  palette: Palette,
): void {
  const scale = devicePixelRatio;
  ctx.save();
  ctx.font = AXIS_FONT.replace('12px', `${12 * scale}px`);
  ctx.textAlign = 'center';
  ctx.textBaseline = 'bottom';
  for (const band of [...bandsOf(phases.blow), ...bandsOf(phases.stroke)]) {
    const [from, width] = [place.left + band.from * place.width, (band.to - band.from) * place.width];
    ctx.fillStyle = phaseColour(band.name, palette);
    ctx.fillRect(from, place.top - EDGE * scale, width, EDGE * scale);
    nameBand(ctx, band, from + width / 2, place.top - (EDGE + 1) * scale, width);
  }
  ctx.restore();
}

function nameBand(
  ctx: CanvasRenderingContext2D,
  { name }: PhaseBand,
  x: number,
  y: number,
  width: number,
): void {
  const word = phaseWord(name);
  if (ctx.measureText(word).width < width) ctx.fillText(word, x, y);
}
