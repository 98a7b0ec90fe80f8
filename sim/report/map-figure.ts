/**
 * A heat map over two axes as SVG text: one cell for every pair of the grid, colour bar with unit, labelled contour
 * lines, hatched cells where there is no value. The same data give the same bytes.
 *
 *   mapFigure({ title, x: { label, unit, at: [...] }, y: { label, unit, at: [...] }, value: { label, unit }, values })
 */
import {
  type Axis,
  type Plot,
  type Scale,
  type Value,
  drawXAxis,
  drawYAxis,
  makeScale,
  tickLabel,
  withUnit,
  yAxisMargin,
} from './axes.ts';
import { type ContourLine, contourLines } from './contour-lines.ts';
import { type LegendEntry, SWATCH, layOutLegend } from './legend.ts';
import { mapColor } from './map-palette.ts';
import { drawPoint } from './marks.ts';
import {
  GROUND,
  INK,
  MUTED,
  fingerprint,
  fixed,
  hatchPattern,
  layOutFrame,
  svgDocument,
  text,
  textWidth,
} from './svg.ts';

export interface GridAxis extends Omit<Axis, 'domain'> {
  /** Middles of the cells, rising, at least two. */
  readonly at: readonly number[];
}

export interface MapFigure {
  readonly title: string;
  readonly x: GridAxis;
  readonly y: GridAxis;
  /** What the colours say; without a domain, all values fit; beyond one, the colour of its end. */
  readonly value: Pick<Axis, 'label' | 'unit' | 'domain'>;
  /** values[row of y][column of x]; null or NaN where there is none: hatched. */
  readonly values: readonly (readonly Value[])[];
  /** What the hatching means; "no value" without. */
  readonly missing?: string;
  readonly contours?: readonly Contour[];
  readonly points?: readonly MapPoint[];
  /** Under the figure, wrapped. */
  readonly note?: string;
  /** px; 720 × 500 without. */
  readonly width?: number;
  readonly height?: number;
}
export interface Contour {
  readonly level: number;
  /** Along the line; the level with its unit without. */
  readonly label?: string;
}
export interface MapPoint {
  readonly x: number;
  readonly y: number;
  readonly label: string;
}

const MARGIN = { foot: 52, right: 24 };
const BAR = { beside: 20, width: 16, steps: 64 };

/** Throws RangeError where the grid does not fit its axes, or no cell has a finite value. */
export function mapFigure(figure: MapFigure): string {
  const { width = 720, height = 500, values, contours = [], points = [] } = figure;
  checkGrid(figure);
  const key = fingerprint(figure);
  const color = makeScale(figure.value, values.flat(), 0, 1);
  const left = yAxisMargin(gridScale(figure.y, 1, 0).scale);
  const right = width - BAR.beside - BAR.width - yAxisMargin(color);
  const frame = layOutFrame(figure, width, left, MARGIN.right);
  const hasGaps = values.some((row) => row.some((v) => !isValue(v)));
  const hatch = `hatch-${key}`;
  const entries = legendEntries(figure, hasGaps ? hatch : undefined);
  const legend = layOutLegend(entries, width - left - MARGIN.right);
  const bottom = height - MARGIN.foot - legend.height - frame.foot;
  const plot: Plot = { left, right, top: frame.top, bottom };
  const x = gridScale(figure.x, left, right);
  const y = gridScale(figure.y, bottom, frame.top);
  const lines = contours.flatMap(({ level, label }) => {
    const words = label ?? `${tickLabel(level)} ${figure.value.unit}`.trim();
    return contourLines(figure.x.at.map(x.at), figure.y.at.map(y.at), values, level).map((line) => ({
      line,
      words,
    }));
  });

  const places = points.map((p): [number, number] => [x.at(p.x), y.at(p.y)]);

  return svgDocument(
    { title: figure.title, description: describe(figure), key, width, height, left, frame },
    [
      hasGaps ? hatchPattern(hatch, '#a3abb5', '#f1f3f5') : '',
      // cells touch: without crisp edges thin lines of the ground would show between them
      '<g shape-rendering="crispEdges">',
      ...values.flatMap((row, j) =>
        row.map((v, i) => {
          const fill = isValue(v) ? mapColor(color(v)) : `url(#${hatch})`;
          const [from, to] = [x.edges[i], x.edges[i + 1]];
          const [low, high] = [y.edges[j], y.edges[j + 1]];
          return `<rect x="${fixed(from)}" y="${fixed(high)}" width="${fixed(to - from)}" height="${fixed(low - high)}" fill="${fill}"/>`;
        }),
      ),
      '</g>',
      ...lines.map(({ line }) => drawContour(line)),
      ...lines.map(({ line, words }) => labelContour(line, words, places)),
      ...drawXAxis(figure.x, x.scale, plot, false),
      ...drawYAxis(figure.y, y.scale, plot, 'left', false),
      `<rect x="${fixed(left)}" y="${fixed(frame.top)}" width="${fixed(right - left)}" height="${fixed(bottom - frame.top)}" fill="none" stroke="${INK}"/>`,
      ...places.map(([px, py], k) => drawPoint(shapeOf(k), px, py, INK)),
      ...colorBar(figure.value, color, plot),
      ...legend.draw(left, bottom + MARGIN.foot),
    ],
  );
}

const isValue = (v: Value): v is number => typeof v === 'number' && Number.isFinite(v);

const SHAPES = ['circle', 'square', 'diamond', 'triangle'] as const;
const shapeOf = (index: number) => SHAPES[index % SHAPES.length];

function checkGrid({ title, x, y, values }: MapFigure): void {
  for (const axis of [x, y]) {
    const rising = axis.at.every((v, i) => Number.isFinite(v) && (i === 0 || v > axis.at[i - 1]));
    if (axis.at.length < 2 || !rising)
      throw new RangeError(
        `${title}: the places on the axis "${axis.label}" must be at least two, finite and rising`,
      );
  }
  if (values.length !== y.at.length || values.some((row) => row.length !== x.at.length))
    throw new RangeError(
      `${title}: the values must be ${y.at.length} rows of ${x.at.length}, one for every pair of places`,
    );
}

interface GridScale {
  readonly scale: Scale;
  readonly at: (value: number) => number;
  /** px, where cells begin and end: one more than cells. */
  readonly edges: readonly number[];
}

/** Cells meet half way between their middles, as the axis counts; the first and the last are as wide on both sides. */
function gridScale(axis: GridAxis, from: number, to: number): GridScale {
  const log = axis.scale === 'log';
  if (log && axis.at[0] <= 0)
    throw new RangeError(`the axis "${axis.label}" is logarithmic: its places must be above 0`);
  const [straight, back] = log ? [Math.log, Math.exp] : [(v: number) => v, (v: number) => v];
  const middles = axis.at.map(straight);
  const between = middles.slice(1).map((v, i) => (v + middles[i]) / 2);
  const last = middles.length - 1;
  const edges = [2 * middles[0] - between[0], ...between, 2 * middles[last] - between[last - 1]].map(back);
  const scale = makeScale({ ...axis, domain: [edges[0], edges[last + 1]] }, [], from, to);
  return { scale, at: scale, edges: edges.map(scale) };
}

const CONTOUR = { width: 1.6, halo: 3.6 };
const LABEL = { size: 11, weight: 600, shares: [0.5, 0.35, 0.65, 0.2, 0.8] };

function drawContour(line: ContourLine): string {
  const path = line.map(([x, y], i) => `${i === 0 ? 'M' : 'L'}${fixed(x)},${fixed(y)}`).join('');
  return `<path d="${path}" fill="none" stroke="${GROUND}" stroke-opacity="0.65" stroke-width="${CONTOUR.halo}"/><path d="${path}" fill="none" stroke="${INK}" stroke-width="${CONTOUR.width}"/>`;
}

/** Along the line, upright, turned with it, clear of the points; a line too short to read beside has none. */
function labelContour(line: ContourLine, words: string, points: ContourLine): string {
  const width = textWidth(words, LABEL.size, LABEL.weight) + 8;
  const places = LABEL.shares.flatMap((share) => placeAlong(line, share, width) ?? []);
  const clear = places.find(({ at }) =>
    points.every(([x, y]) => Math.hypot(x - at[0], y - at[1]) > width / 2 + 8),
  );
  const place = clear ?? places[0];
  if (!place) return '';
  const [x, y] = place.at;
  const ground = `<rect x="${fixed(x - width / 2)}" y="${fixed(y - 8)}" width="${fixed(width)}" height="16" rx="3" fill="${GROUND}" fill-opacity="0.9"/>`;
  const label = text(x, y + 4, words, { size: LABEL.size, weight: LABEL.weight, anchor: 'middle' });
  return `<g transform="rotate(${fixed(place.angle)} ${fixed(x)} ${fixed(y)})">${ground}${label}</g>`;
}

/** Undefined where the line is not much longer than `width`. */
function placeAlong(line: ContourLine, share: number, width: number) {
  const steps = line.slice(1).map(([x, y], i) => Math.hypot(x - line[i][0], y - line[i][1]));
  const length = steps.reduce((sum, step) => sum + step, 0);
  if (length < 1.5 * width) return undefined;
  let [k, gone] = [0, 0];
  while (gone + steps[k] < share * length) gone += steps[k++];
  const within = (share * length - gone) / steps[k];
  const [[x0, y0], [x1, y1]] = [line[k], line[k + 1]];
  const angle = (Math.atan2(y1 - y0, x1 - x0) * 180) / Math.PI;
  const upright = angle > 90 ? angle - 180 : angle < -90 ? angle + 180 : angle;
  return { at: [x0 + within * (x1 - x0), y0 + within * (y1 - y0)] as const, angle: upright };
}

function colorBar(value: MapFigure['value'], color: Scale, { right, top, bottom }: Plot): string[] {
  const left = right + BAR.beside;
  const plot: Plot = { left, right: left + BAR.width, top, bottom };
  const height = (bottom - top) / BAR.steps;
  const along = makeScale({ ...value, domain: color.domain }, [], bottom, top);
  return [
    '<g shape-rendering="crispEdges">',
    ...Array.from({ length: BAR.steps }, (_, k) => {
      const fill = mapColor((k + 0.5) / BAR.steps);
      return `<rect x="${fixed(left)}" y="${fixed(bottom - (k + 1) * height)}" width="${BAR.width}" height="${fixed(height + 0.5)}" fill="${fill}"/>`;
    }),
    '</g>',
    `<rect x="${fixed(left)}" y="${fixed(top)}" width="${BAR.width}" height="${fixed(bottom - top)}" fill="none" stroke="${INK}"/>`,
    ...drawYAxis(value, along, plot, 'right'),
  ];
}

function legendEntries(
  { points = [], missing = 'no value' }: MapFigure,
  hatch: string | undefined,
): LegendEntry[] {
  const entries = points.map(
    ({ label }, k): LegendEntry => ({
      label,
      swatch: (left, middle) => drawPoint(shapeOf(k), left + SWATCH / 2, middle, INK),
    }),
  );
  if (hatch === undefined) return entries;
  return [
    ...entries,
    {
      label: missing,
      swatch: (left, middle) =>
        `<rect x="${fixed(left)}" y="${fixed(middle - 6)}" width="${SWATCH}" height="12" fill="url(#${hatch})" stroke="${MUTED}" stroke-width="0.8"/>`,
    },
  ];
}

function describe({ x, y, value, values }: MapFigure): string {
  const known = values.flat().filter(isValue);
  const [low, high] = [Math.min(...known), Math.max(...known)].map(tickLabel);
  return `${withUnit(value)} over ${withUnit(x)} and ${withUnit(y)}, ${low} to ${high}.`;
}
