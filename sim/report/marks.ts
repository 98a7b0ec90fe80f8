/** What stands in an XY figure: lines, points with error bars, bands, and lines that name a value. */
import { area, line } from 'd3-shape';
import type { Plot, Scale, Value } from './axes.ts';
import { SWATCH } from './legend.ts';
import { GROUND, INK, fixed, text, textWidth } from './svg.ts';

export type Series = LineSeries | PointSeries | BandSeries;

interface Named {
  /** In the legend; without one it stays out. */
  readonly label?: string;
  /** Colour; without it the next of the palette. */
  readonly color?: string;
  /** On the right axis, where there is one; else on the left. */
  readonly axis?: 'right';
  readonly x: readonly Value[];
}
/** Values that are null or not finite break the line. */
export interface LineSeries extends Named {
  readonly kind: 'line';
  readonly y: readonly Value[];
  /** Solid without; where no colour is given either, the next of all. */
  readonly dash?: Dash;
}
/** Error bars run from `low` to `high` and from `xLow` to `xHigh`, where given. */
export interface PointSeries extends Named {
  readonly kind: 'points';
  readonly y: readonly Value[];
  readonly low?: readonly Value[];
  readonly high?: readonly Value[];
  readonly xLow?: readonly Value[];
  readonly xHigh?: readonly Value[];
  /** Circle without. */
  readonly shape?: PointShape;
}
/** The area from `low` to `high`; broken like a line. */
export interface BandSeries extends Named {
  readonly kind: 'band';
  readonly low: readonly Value[];
  readonly high: readonly Value[];
}

export type Dash = 'solid' | 'long' | 'short' | 'dot-dash';
export type PointShape = 'circle' | 'square' | 'diamond' | 'triangle';

/** Names a value of an axis, or a place. */
export type Annotation =
  | { readonly kind: 'vertical'; readonly at: number; readonly label: string }
  | { readonly kind: 'horizontal'; readonly at: number; readonly label: string }
  | { readonly kind: 'text'; readonly x: number; readonly y: number; readonly label: string };

/** A series and how it looks. */
export interface Styled {
  readonly series: Series;
  readonly color: string;
  readonly dash: Dash;
}

export const DASH_ORDER: readonly Dash[] = ['solid', 'long', 'short', 'dot-dash'];
const DASHES: Readonly<Record<Dash, string>> = {
  solid: '',
  long: ' stroke-dasharray="9 4"',
  short: ' stroke-dasharray="3 3"',
  'dot-dash': ' stroke-dasharray="9 3 2 3"',
};
const RADIUS = 4.5;
const CAP = 4;

export const xValues = (s: Series): readonly Value[] =>
  s.kind === 'points' ? [...s.x, ...(s.xLow ?? []), ...(s.xHigh ?? [])] : s.x;

export function yValues(s: Series): readonly Value[] {
  if (s.kind === 'band') return [...s.low, ...s.high];
  return s.kind === 'points' ? [...s.y, ...(s.low ?? []), ...(s.high ?? [])] : s.y;
}

export function drawSeries({ series: s, color, dash }: Styled, x: Scale, y: Scale): string {
  const indices = s.x.map((_, i) => i);
  const drawable = (...px: number[]): boolean => px.every(Number.isFinite);
  if (s.kind === 'band') {
    const path = area<number>()
      .defined((i) => drawable(x(s.x[i]), y(s.low[i]), y(s.high[i])))
      .x((i) => x(s.x[i]))
      .y0((i) => y(s.low[i]))
      .y1((i) => y(s.high[i]))
      .digits(2)(indices);
    return `<path d="${path ?? ''}" fill="${color}" fill-opacity="0.14"/>`;
  }
  if (s.kind === 'line') {
    const path = line<number>()
      .defined((i) => drawable(x(s.x[i]), y(s.y[i])))
      .x((i) => x(s.x[i]))
      .y((i) => y(s.y[i]))
      .digits(2)(indices);
    return `<path d="${path ?? ''}" fill="none" ${stroke(color, dash)}/>`;
  }
  return indices
    .filter((i) => drawable(x(s.x[i]), y(s.y[i])))
    .map((i) => {
      const [px, py] = [x(s.x[i]), y(s.y[i])];
      const bars = [
        errorBar(
          y(s.low?.[i]),
          y(s.high?.[i]),
          (from, to) =>
            `M${fixed(px)},${from}V${to}M${fixed(px - CAP)},${from}h${2 * CAP}M${fixed(px - CAP)},${to}h${2 * CAP}`,
        ),
        errorBar(
          x(s.xLow?.[i]),
          x(s.xHigh?.[i]),
          (from, to) =>
            `M${from},${fixed(py)}H${to}M${from},${fixed(py - CAP)}v${2 * CAP}M${to},${fixed(py - CAP)}v${2 * CAP}`,
        ),
      ].filter((path) => path !== '');
      const bar = bars.map((path) => `<path d="${path}" stroke="${color}" stroke-width="1.5"/>`).join('');
      return bar + drawPoint(s.shape ?? 'circle', px, py, color);
    })
    .join('');
}

const errorBar = (from: number, to: number, path: (from: string, to: string) => string): string =>
  Number.isFinite(from) && Number.isFinite(to) ? path(fixed(from), fixed(to)) : '';

const stroke = (color: string, dash: Dash): string => `stroke="${color}" stroke-width="2"${DASHES[dash]}`;

/** From the middle of the point. */
const OUTLINES: Readonly<Record<Exclude<PointShape, 'circle'>, string>> = {
  square: 'm-4.5,-4.5h9v9h-9z',
  diamond: 'm0,-6l6,6l-6,6l-6,-6z',
  triangle: 'm0,-5.5l5.5,9.5h-11z',
};

export function drawPoint(shape: PointShape, x: number, y: number, color: string): string {
  const style = `fill="${GROUND}" stroke="${color}" stroke-width="2"`;
  if (shape === 'circle') return `<circle cx="${fixed(x)}" cy="${fixed(y)}" r="${RADIUS}" ${style}/>`;
  return `<path d="M${fixed(x)},${fixed(y)}${OUTLINES[shape]}" ${style}/>`;
}

/** What stands for a series in the legend. */
export function drawSwatch({ series, color, dash }: Styled, left: number, middle: number): string {
  const [from, to] = [fixed(left), fixed(left + SWATCH)];
  if (series.kind === 'band')
    return `<rect x="${from}" y="${fixed(middle - 6)}" width="${SWATCH}" height="12" fill="${color}" fill-opacity="0.14" stroke="${color}" stroke-opacity="0.4"/>`;
  if (series.kind === 'line') return `<path d="M${from},${fixed(middle)}H${to}" ${stroke(color, dash)}/>`;
  return drawPoint(series.shape ?? 'circle', left + SWATCH / 2, middle, color);
}

const LABEL = { size: 11, halo: true };
const LABEL_ROW = 15;

/** Labels of vertical lines stand one below the other, so that close lines can both be read; no line crosses a label. */
export function drawAnnotations(
  annotations: readonly Annotation[],
  x: Scale,
  y: Scale,
  plot: Plot,
): string[] {
  let row = 0;
  const lines = annotations.map((note) => {
    if (note.kind === 'text') return '';
    const line =
      note.kind === 'vertical'
        ? `M${fixed(x(note.at))},${fixed(plot.top)}V${fixed(plot.bottom)}`
        : `M${fixed(plot.left)},${fixed(y(note.at))}H${fixed(plot.right)}`;
    return `<path d="${line}" stroke="${INK}" stroke-width="1.2" stroke-dasharray="2 3"/>`;
  });
  const labels = annotations.map((note) => {
    if (note.kind === 'text') return text(x(note.x), y(note.y), note.label, LABEL);
    if (note.kind === 'horizontal')
      return text(plot.right - 6, y(note.at) - 5, note.label, { ...LABEL, anchor: 'end' });
    const at = x(note.at);
    const fits = at + 6 + textWidth(note.label, LABEL.size) < plot.right;
    const baseline = plot.top + 13 + row++ * LABEL_ROW;
    return text(at + (fits ? 6 : -6), baseline, note.label, fits ? LABEL : { ...LABEL, anchor: 'end' });
  });
  return [...lines, ...labels];
}
