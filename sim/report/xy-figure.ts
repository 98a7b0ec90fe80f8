/**
 * XY figures as SVG text, from data alone: the same data give the same bytes. Made to be printed: light ground, dark
 * text, curves told apart by colour and dash, published points with error bars.
 *
 *   xyFigure({ title, x: { label, unit, scale: 'log' }, y: { label, unit }, series: [ ... ] })
 */
import { scaleLinear, scaleLog } from 'd3-scale';
import { area, line } from 'd3-shape';

export interface Axis {
  readonly label: string;
  /** Stands behind the label in brackets; '' for pure numbers. */
  readonly unit: string;
  readonly scale?: 'linear' | 'log';
  /** Without it, all that is drawn fits. */
  readonly domain?: readonly [low: number, high: number];
}

export type Series = LineSeries | PointSeries | BandSeries;

interface Named {
  /** In the legend; without one it stays out. */
  readonly label?: string;
  /** Colour; without it the next of the palette. */
  readonly color?: string;
}
/** Values that are not finite break the line. */
export interface LineSeries extends Named {
  readonly kind: 'line';
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly dash?: 'long' | 'short';
}
/** Error bars run from `low` to `high` where given. */
export interface PointSeries extends Named {
  readonly kind: 'points';
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly low?: readonly number[];
  readonly high?: readonly number[];
}
/** The area from `low` to `high`. */
export interface BandSeries extends Named {
  readonly kind: 'band';
  readonly x: readonly number[];
  readonly low: readonly number[];
  readonly high: readonly number[];
}

export interface XyFigure {
  readonly title: string;
  readonly x: Axis;
  readonly y: Axis;
  /** Drawn in this order, bands first. */
  readonly series: readonly Series[];
  /** Under the figure, wrapped: what is shown, whose figures, what is assumed. */
  readonly note?: string;
  /** px; 720 × 460 without. */
  readonly width?: number;
  readonly height?: number;
}

/** Told apart in print and by most colour-blind readers (Okabe and Ito, without yellow). */
const PALETTE = ['#0072b2', '#d55e00', '#009e73', '#7a4a8c', '#56b4e9', '#a0522d'];
const INK = '#1c2530';
const GRID = '#d9dee4';
const FONT = 'font-family="Helvetica, Arial, sans-serif"';
const MARGIN = { top: 44, right: 24, left: 68, axis: 52 };
const LEGEND_ROW = 18;
const NOTE_ROW = 16;
const SWATCH = 26;
/** Mean width of a letter at 12 px, for wrapping; there is no DOM to measure it. */
const LETTER = 6.2;

const fixed = (v: number): string => (Number.isFinite(v) ? String(Math.round(v * 100) / 100) : '0');
const escape = (text: string): string =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');

interface Scale {
  (value: number): number;
  ticks(count: number): number[];
}

/** Throws RangeError where nothing can be drawn: no finite value, or none above 0 on a logarithmic axis. */
export function xyFigure(figure: XyFigure): string {
  const { title, series, width = 720, height = 460 } = figure;
  const colors = series.map((s, i) => s.color ?? PALETTE[i % PALETTE.length]);
  const inner = width - MARGIN.left - MARGIN.right;
  const legend = layOutLegend(series, inner);
  const notes = figure.note === undefined ? [] : wrap(figure.note, Math.floor(inner / LETTER));
  const bottom = height - MARGIN.axis - legend.rows * LEGEND_ROW - notes.length * NOTE_ROW;
  const x = makeScale(figure.x, series.flatMap(xValues), MARGIN.left, width - MARGIN.right);
  const y = makeScale(figure.y, series.flatMap(yValues), bottom, MARGIN.top);

  const order = series
    .map((s, i) => ({ s, color: colors[i] }))
    .toSorted((a, b) => Number(b.s.kind === 'band') - Number(a.s.kind === 'band'));
  const parts = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" ${FONT}>`,
    `<title>${escape(title)}</title>`,
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    text(MARGIN.left, 26, title, { size: 15, weight: 600 }),
    ...axes(figure, x, y, width - MARGIN.right, bottom),
    `<clipPath id="plot"><rect x="${MARGIN.left}" y="${MARGIN.top}" width="${inner}" height="${fixed(bottom - MARGIN.top)}"/></clipPath>`,
    '<g clip-path="url(#plot)">',
    ...order.map(({ s, color }) => draw(s, color, x, y)),
    '</g>',
    ...legend.items.map(({ index, left, row }) =>
      legendItem(
        series[index],
        colors[index],
        MARGIN.left + left,
        bottom + MARGIN.axis + row * LEGEND_ROW + 4,
      ),
    ),
    ...notes.map((words, k) =>
      text(MARGIN.left, height - (notes.length - k) * NOTE_ROW + 6, words, { size: 11, color: '#55606e' }),
    ),
    '</svg>',
  ];
  return `${parts.join('\n')}\n`;
}

const xValues = (s: Series): readonly number[] => s.x;

function yValues(s: Series): readonly number[] {
  if (s.kind === 'band') return [...s.low, ...s.high];
  return s.kind === 'points' ? [...s.y, ...(s.low ?? []), ...(s.high ?? [])] : s.y;
}

function makeScale(axis: Axis, values: readonly number[], from: number, to: number): Scale {
  const log = axis.scale === 'log';
  const usable = values.filter((v) => Number.isFinite(v) && (!log || v > 0));
  const low = axis.domain?.[0] ?? Math.min(...usable);
  const high = axis.domain?.[1] ?? Math.max(...usable);
  if (!(high >= low) || (log && low <= 0))
    throw new RangeError(`there is nothing to draw on the axis "${axis.label}"`);
  if (log)
    return scaleLog()
      .domain(low === high ? [low / 2, high * 2] : [low, high])
      .range([from, to]);
  const linear = scaleLinear()
    .domain(low === high ? [low - 1, high + 1] : [low, high])
    .range([from, to]);
  return axis.domain ? linear : linear.nice();
}

/** Whole powers of ten where there are enough of them, else what d3 says. */
function ticksOf(axis: Axis, scale: Scale): number[] {
  const ticks = scale.ticks(6);
  if (axis.scale !== 'log') return ticks;
  const powers = ticks.filter((v) => Math.abs(Math.log10(v) - Math.round(Math.log10(v))) < 1e-9);
  return powers.length >= 3 ? powers : ticks;
}

function tickLabel(value: number): string {
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-4 || size >= 1e5)) return value.toExponential().replace('e+', 'e');
  return String(Number(value.toPrecision(6))).replace('-', '−');
}

function axes({ x: xAxis, y: yAxis }: XyFigure, x: Scale, y: Scale, right: number, bottom: number): string[] {
  const { left, top } = MARGIN;
  const parts: string[] = [];
  for (const tick of ticksOf(xAxis, x)) {
    const at = fixed(x(tick));
    parts.push(`<path d="M${at},${fixed(top)}V${fixed(bottom)}" stroke="${GRID}"/>`);
    parts.push(text(x(tick), bottom + 17, tickLabel(tick), { anchor: 'middle' }));
  }
  for (const tick of ticksOf(yAxis, y)) {
    const at = fixed(y(tick));
    parts.push(`<path d="M${left},${at}H${fixed(right)}" stroke="${GRID}"/>`);
    parts.push(text(left - 8, y(tick) + 4, tickLabel(tick), { anchor: 'end' }));
  }
  parts.push(`<path d="M${left},${top}V${fixed(bottom)}H${fixed(right)}" fill="none" stroke="${INK}"/>`);
  parts.push(text((left + right) / 2, bottom + 38, named(xAxis), { size: 13, anchor: 'middle' }));
  const middle = fixed((top + bottom) / 2);
  parts.push(
    `<g transform="rotate(-90 18 ${middle})">${text(18, (top + bottom) / 2, named(yAxis), { size: 13, anchor: 'middle' })}</g>`,
  );
  return parts;
}

const named = ({ label, unit }: Axis): string => (unit === '' ? label : `${label} (${unit})`);

function draw(s: Series, color: string, x: Scale, y: Scale): string {
  const indices = s.x.map((_, i) => i);
  if (s.kind === 'band') {
    const path = area<number>()
      .x((i) => x(s.x[i]))
      .y0((i) => y(s.low[i]))
      .y1((i) => y(s.high[i]))
      .digits(2)(indices);
    return `<path d="${path ?? ''}" fill="${color}" fill-opacity="0.14"/>`;
  }
  if (s.kind === 'line') {
    const path = line<number>()
      .defined((i) => Number.isFinite(x(s.x[i])) && Number.isFinite(y(s.y[i])))
      .x((i) => x(s.x[i]))
      .y((i) => y(s.y[i]))
      .digits(2)(indices);
    return `<path d="${path ?? ''}" fill="none" ${stroke(s, color)}/>`;
  }
  return indices
    .map((i) => {
      const [px, py] = [fixed(x(s.x[i])), fixed(y(s.y[i]))];
      const [low, high] = [s.low?.[i], s.high?.[i]];
      const bar =
        low === undefined || high === undefined
          ? ''
          : `<path d="M${px},${fixed(y(low))}V${fixed(y(high))}M${fixed(x(s.x[i]) - 4)},${fixed(y(low))}h8M${fixed(x(s.x[i]) - 4)},${fixed(y(high))}h8" stroke="${color}" stroke-width="1.5"/>`;
      return `${bar}<circle cx="${px}" cy="${py}" r="4.5" fill="#ffffff" stroke="${color}" stroke-width="2"/>`;
    })
    .join('');
}

const DASHES = { long: '9 4', short: '3 3' };

function stroke({ dash }: LineSeries, color: string): string {
  return `stroke="${color}" stroke-width="2"${dash ? ` stroke-dasharray="${DASHES[dash]}"` : ''}`;
}

function layOutLegend(series: readonly Series[], width: number) {
  const items: { index: number; left: number; row: number }[] = [];
  let [left, row] = [0, 0];
  series.forEach(({ label }, index) => {
    if (label === undefined) return;
    const wide = SWATCH + 8 + label.length * LETTER + 18;
    if (left > 0 && left + wide > width) [left, row] = [0, row + 1];
    items.push({ index, left, row });
    left += wide;
  });
  return { items, rows: items.length === 0 ? 0 : row + 1 };
}

function legendItem(s: Series, color: string, left: number, at: number): string {
  const [from, to] = [fixed(left), fixed(left + SWATCH)];
  const middle = fixed(at - 4);
  let mark = `<circle cx="${fixed(left + SWATCH / 2)}" cy="${middle}" r="4.5" fill="#ffffff" stroke="${color}" stroke-width="2"/>`;
  if (s.kind === 'band')
    mark = `<rect x="${from}" y="${fixed(at - 10)}" width="${SWATCH}" height="12" fill="${color}" fill-opacity="0.14" stroke="${color}" stroke-opacity="0.4"/>`;
  if (s.kind === 'line') mark = `<path d="M${from},${middle}H${to}" ${stroke(s, color)}/>`;
  return mark + text(left + SWATCH + 8, at, s.label ?? '');
}

interface TextStyle {
  readonly size?: number;
  readonly weight?: number;
  readonly anchor?: 'middle' | 'end';
  readonly color?: string;
}

function text(x: number, y: number, words: string, style: TextStyle = {}): string {
  const { size = 12, weight, anchor, color = INK } = style;
  const extra = `${weight ? ` font-weight="${weight}"` : ''}${anchor ? ` text-anchor="${anchor}"` : ''}`;
  return `<text x="${fixed(x)}" y="${fixed(y)}" font-size="${size}" fill="${color}"${extra}>${escape(words)}</text>`;
}

function wrap(words: string, letters: number): string[] {
  const rows: string[] = [];
  let row = '';
  for (const word of words.split(/\s+/)) {
    if (row !== '' && row.length + 1 + word.length > letters) {
      rows.push(row);
      row = word;
    } else row = row === '' ? word : `${row} ${word}`;
  }
  if (row !== '') rows.push(row);
  return rows;
}
