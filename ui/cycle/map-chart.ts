/** A cell over time and length as a map: the period to the right, the cell upwards from its cold end. */
import { signal } from '@preact/signals';
import { AXIS_FONT } from '../chart/axes.ts';
import { type Palette, palette } from '../chart/palette.ts';
import { language, t } from '../language.ts';
import { telemetry } from '../session.ts';
import { type Picture, STRETCHES, pictureColumn, pictured } from '../store/pictures.ts';
import { theme } from '../theme.ts';
import { cellShown, fieldShown, pointedPhase } from './choices.ts';
import type { Field } from './fields.ts';
import { fieldColour } from './field-scale.ts';
import { nameBands } from './phase-bands.ts';
import { picturePhases } from './picture-cells.ts';

const ALLOY = STRETCHES.map((k) => pictureColumn(`alloy_${k + 1}_C`));
const FLUID = STRETCHES.map((k) => pictureColumn(`fluid_${k + 1}_C`));
const FRACTION = STRETCHES.map((k) => pictureColumn(`fraction_${k + 1}`));

/** Stretch of the cell under the pointer, from the cold end; null while it is in no map. */
export const pointedStretch = signal<number | null>(null);

/** In the unit of the field's scale. */
export function fieldAt(picture: Picture, field: Field, stretch: number, bin: number): number {
  const alloy = pictured(picture, ALLOY[stretch], bin);
  const fluid = pictured(picture, FLUID[stretch], bin);
  if (field === 'alloy') return alloy;
  if (field === 'fluid') return fluid;
  return field === 'difference' ? alloy - fluid : 100 * pictured(picture, FRACTION[stretch], bin);
}

/** Around the map, CSS px. */
const MARGIN = { left: 46, right: 12, top: 24, bottom: 42 };
const X_TICKS = [0, 25, 50, 75, 100];

export class MapChart {
  readonly #canvas = document.createElement('canvas');
  readonly #host: HTMLElement;
  readonly #seen: ResizeObserver;
  #width = 0;
  #height = 0;
  #drawn = '';

  constructor(host: HTMLElement) {
    this.#host = host;
    this.#canvas.className = 'map-canvas';
    host.append(this.#canvas);
    const point = (event: PointerEvent): void => this.#point(event);
    this.#canvas.addEventListener('pointermove', point);
    this.#canvas.addEventListener('pointerdown', point);
    this.#canvas.addEventListener('pointerleave', () => {
      pointedPhase.value = null;
      pointedStretch.value = null;
    });
    this.#seen = new ResizeObserver(() => this.#fit());
    this.#seen.observe(host);
  }

  /** True where it drew. */
  paint(): boolean {
    const picture = telemetry.pictures.ofCell(cellShown.peek());
    const shown = `${picture?.number} ${picture?.startS} ${cellShown.peek()} ${fieldShown.peek()}`;
    const key = `${shown} ${theme.peek()} ${language.peek()} ${pointedPhase.peek()} ${pointedStretch.peek()}`;
    const context = this.#canvas.getContext('2d');
    if (key === this.#drawn || context === null || this.#width === 0) return false;
    this.#drawn = key;
    const scale = devicePixelRatio;
    context.clearRect(0, 0, this.#canvas.width, this.#canvas.height);
    const place = {
      left: MARGIN.left * scale,
      top: MARGIN.top * scale,
      width: (this.#width - MARGIN.left - MARGIN.right) * scale,
      height: (this.#height - MARGIN.top - MARGIN.bottom) * scale,
    };
    drawAxes(context, place, palette());
    if (picture === undefined) return true;
    drawField(context, place, picture);
    nameBands(context, place, picturePhases(picture), palette());
    drawCross(context, place, palette());
    return true;
  }

  #fit(): void {
    this.#width = Math.max(120, this.#host.clientWidth);
    this.#height = Math.max(80, this.#host.clientHeight);
    this.#canvas.width = Math.round(this.#width * devicePixelRatio);
    this.#canvas.height = Math.round(this.#height * devicePixelRatio);
    this.#drawn = '';
  }

  #point({ offsetX, offsetY }: PointerEvent): void {
    const share = (offsetX - MARGIN.left) / (this.#width - MARGIN.left - MARGIN.right);
    const up = 1 - (offsetY - MARGIN.top) / (this.#height - MARGIN.top - MARGIN.bottom);
    pointedPhase.value = Math.min(0.999, Math.max(0, share));
    pointedStretch.value = Math.floor(Math.min(0.999, Math.max(0, up)) * STRETCHES.length);
  }

  destroy(): void {
    this.#seen.disconnect();
    this.#canvas.remove();
  }
}

interface Rect {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Every rectangle ends where the next one begins, on whole pixels: no seams, nothing interpolated. */
function drawField(ctx: CanvasRenderingContext2D, place: Rect, picture: Picture): void {
  const [field, shade] = [fieldShown.peek(), theme.peek()];
  const x = (bin: number) => Math.round(place.left + (place.width * bin) / picture.bins);
  const y = (stretch: number) => Math.round(place.top + place.height * (1 - stretch / STRETCHES.length));
  for (const stretch of STRETCHES) {
    for (let bin = 0; bin < picture.bins; bin++) {
      ctx.fillStyle = fieldColour(field, shade, fieldAt(picture, field, stretch, bin));
      ctx.fillRect(x(bin), y(stretch + 1), x(bin + 1) - x(bin), y(stretch) - y(stretch + 1));
    }
  }
}

function drawAxes(ctx: CanvasRenderingContext2D, place: Rect, { muted, grid }: Palette): void {
  const scale = devicePixelRatio;
  const bottom = place.top + place.height;
  ctx.save();
  ctx.strokeStyle = grid;
  ctx.lineWidth = scale;
  ctx.strokeRect(place.left, place.top, place.width, place.height);
  ctx.font = AXIS_FONT.replace('12px', `${12 * scale}px`);
  ctx.fillStyle = muted;
  ctx.textAlign = 'center';
  ctx.textBaseline = 'top';
  for (const tick of X_TICKS)
    ctx.fillText(String(tick), place.left + (place.width * tick) / 100, bottom + 5 * scale);
  ctx.fillText(t('phase, % of the period'), place.left + place.width / 2, bottom + 24 * scale);
  ctx.textAlign = 'right';
  ctx.textBaseline = 'middle';
  ctx.fillText(t('hot'), place.left - 5 * scale, place.top + 7 * scale);
  ctx.fillText(t('cold'), place.left - 5 * scale, bottom - 7 * scale);
  ctx.textAlign = 'center';
  ctx.translate(12 * scale, place.top + place.height / 2);
  ctx.rotate(-Math.PI / 2);
  ctx.fillText(t('along the cell'), 0, 0);
  ctx.restore();
}

function drawCross(ctx: CanvasRenderingContext2D, place: Rect, { ink, ground }: Palette): void {
  const [phase, stretch, scale] = [pointedPhase.peek(), pointedStretch.peek(), devicePixelRatio];
  if (phase === null) return;
  const x = Math.round(place.left + place.width * phase);
  const lines: [number, number, number, number][] = [[x, place.top, scale, place.height]];
  if (stretch !== null) {
    const y = Math.round(place.top + place.height * (1 - (stretch + 0.5) / STRETCHES.length));
    lines.push([place.left, y, place.width, scale]);
  }
  for (const [left, top, width, height] of lines) {
    ctx.fillStyle = ground;
    ctx.fillRect(left - scale, top - scale, width + 2 * scale, height + 2 * scale);
    ctx.fillStyle = ink;
    ctx.fillRect(left, top, width, height);
  }
}
