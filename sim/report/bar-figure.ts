/**
 * Horizontal bars as SVG text, to compare machines: grouped side by side or stacked, with whiskers from low to high and
 * published points. The same data give the same bytes.
 *
 *   barFigure({ title, value: { label, unit }, series: [{ label, values, low, high }], groups: ['machine', ...] })
 */
import { type Axis, type Plot, type Scale, type Value, drawXAxis, makeScale, tickLabel } from './axes.ts';
import { SWATCH, layOutLegend } from './legend.ts';
import { drawPoint } from './marks.ts';
import {
  GROUND,
  INK,
  fingerprint,
  fixed,
  hatchPattern,
  layOutFrame,
  paletteColor,
  svgDocument,
  text,
  textWidth,
  wrapText,
} from './svg.ts';

export interface BarSeries {
  readonly label: string;
  /** One for every group; null or NaN where there is none. */
  readonly values: readonly Value[];
  /** Ends of whiskers; not drawn in a stack. */
  readonly low?: readonly Value[];
  readonly high?: readonly Value[];
  /** "points" for published figures: a circle with whiskers below the bars of its group. */
  readonly kind?: 'bars' | 'points';
  readonly color?: string;
}

export interface BarFigure {
  readonly title: string;
  /** Bars begin at 0, so the axis is linear. */
  readonly value: Omit<Axis, 'scale'>;
  readonly groups: readonly string[];
  readonly series: readonly BarSeries[];
  /** One bar on the end of the other; whatever is negative goes to the left. */
  readonly stacked?: boolean;
  /** Under the figure, wrapped. */
  readonly note?: string;
  /** px; 720 without. The height follows from the bars. */
  readonly width?: number;
}

const MARGIN = { side: 24, right: 64, foot: 52 };
const GROUP_LABEL = { share: 0.34, size: 12.5, row: 16 };
const BAR = { height: 16, gap: 3, between: 14, whisker: 4 };
const LANE = BAR.height + BAR.gap;

interface StyledBars extends BarSeries {
  readonly color: string;
  readonly fill: string;
}

/** Throws RangeError where lists differ in length, or there is no finite value. */
export function barFigure(figure: BarFigure): string {
  const { width = 720, groups } = figure;
  checkLists(figure);
  const key = fingerprint(figure);
  const { styled, patterns } = styleOf(figure.series, key);
  const lanes = lanesOf(styled, figure.stacked ?? false);
  const frame = layOutFrame(figure, width, MARGIN.side, MARGIN.side);
  const labels = groups.map((label) => wrapText(label, GROUP_LABEL.share * width, GROUP_LABEL.size));
  const left = MARGIN.side + 10 + Math.max(...labels.flat().map((row) => textWidth(row, GROUP_LABEL.size)));
  const bars = lanes.length * LANE - BAR.gap;
  const thick = Math.max(bars, ...labels.map((rows) => rows.length * GROUP_LABEL.row));
  const step = thick + BAR.between;
  const right = width - MARGIN.right;
  const bottom = frame.top + groups.length * step + BAR.between / 2;
  const plot: Plot = { left, right, top: frame.top, bottom };
  const legend = layOutLegend(
    styled.map((s) => ({ label: s.label, swatch: (x, middle) => drawSwatch(s, x, middle) })),
    width - 2 * MARGIN.side,
  );
  const height = bottom + MARGIN.foot + legend.height + frame.foot;
  const ends = groups.flatMap((_, g) => lanes.flatMap((lane) => lane.ends(g)));
  const x = makeScale(figure.value, [0, ...ends], left, right);

  return svgDocument(
    { title: figure.title, description: describe(figure), key, width, height, left: MARGIN.side, frame },
    [
      ...patterns,
      ...drawXAxis(figure.value, x, plot),
      ...groups.flatMap((_, g) => {
        const middle = frame.top + BAR.between / 2 + g * step + thick / 2;
        return [
          ...labels[g].map((row, k) => {
            const baseline = middle + 4.5 + (k - (labels[g].length - 1) / 2) * GROUP_LABEL.row;
            return text(left - 10, baseline, row, { size: GROUP_LABEL.size, anchor: 'end' });
          }),
          ...lanes.map((lane, k) => lane.draw(g, middle - bars / 2 + k * LANE, x)),
        ];
      }),
      `<path d="M${fixed(x(0))},${fixed(plot.top)}V${fixed(bottom)}M${fixed(left)},${fixed(bottom)}H${fixed(right)}" stroke="${INK}"/>`,
      ...legend.draw(MARGIN.side, bottom + MARGIN.foot),
    ],
  );
}

const isValue = (v: Value): v is number => typeof v === 'number' && Number.isFinite(v);

function checkLists({ title, groups, series }: BarFigure): void {
  for (const { label, values, low, high } of series)
    for (const list of [values, low, high])
      if (list && list.length !== groups.length)
        throw new RangeError(`${title}: "${label}" has ${list.length} values for ${groups.length} groups`);
  if (!series.some(({ values }) => values.some(isValue)))
    throw new RangeError(`${title}: there is nothing to draw, no finite value`);
}

/** Plain, hatched, pale: three that grey keeps apart; then again in the next colours. */
function styleOf(series: readonly BarSeries[], key: string): { styled: StyledBars[]; patterns: string[] } {
  const patterns: string[] = [];
  let bars = 0;
  const styled = series.map((s): StyledBars => {
    if (s.kind === 'points') return { ...s, color: s.color ?? INK, fill: GROUND };
    const color = s.color ?? paletteColor(bars);
    const look = bars++ % 3;
    if (look === 0) return { ...s, color, fill: color };
    if (look === 2) return { ...s, color, fill: pale(color) };
    const id = `bar-${key}-${bars}`;
    patterns.push(hatchPattern(id, color, GROUND));
    return { ...s, color, fill: `url(#${id})` };
  });
  return { styled, patterns };
}

/** A third of the colour on white; `#rrggbb`. */
const pale = (color: string): string =>
  `#${[1, 3, 5]
    .map((i) =>
      Math.round(255 - (255 - Number.parseInt(color.slice(i, i + 2), 16)) / 3)
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`;

/** A row of a group: one series, or a stack of them. */
interface Lane {
  /** All that its group must have room for. */
  readonly ends: (group: number) => Value[];
  readonly draw: (group: number, top: number, x: Scale) => string;
}

function lanesOf(styled: readonly StyledBars[], stacked: boolean): Lane[] {
  const single = (s: StyledBars): Lane => ({
    ends: (g) => [s.values[g], s.low?.[g], s.high?.[g]],
    draw: (g, top, x) => drawSingle(s, g, top, x),
  });
  if (!stacked) return styled.map(single);
  const bars = styled.filter((s) => s.kind !== 'points');
  const stack: Lane = {
    ends: (g) => stackOf(bars, g).map(({ to }) => to),
    draw: (g, top, x) => drawStack(stackOf(bars, g), top, x),
  };
  return [stack, ...styled.filter((s) => s.kind === 'points').map(single)];
}

interface Piece {
  readonly series: StyledBars;
  readonly from: number;
  readonly to: number;
}

/** What is positive to the right, what is negative to the left. */
function stackOf(bars: readonly StyledBars[], group: number): Piece[] {
  const ends = { right: 0, left: 0 };
  return bars.flatMap((series) => {
    const value = series.values[group];
    if (!isValue(value) || value === 0) return [];
    const side = value < 0 ? 'left' : 'right';
    const from = ends[side];
    ends[side] += value;
    return [{ series, from, to: ends[side] }];
  });
}

function drawStack(pieces: readonly Piece[], top: number, x: Scale): string {
  const sum = pieces.reduce((total, { from, to }) => total + to - from, 0);
  const end = Math.max(0, ...pieces.map(({ to }) => to));
  const bars = pieces.map(({ series, from, to }) => drawBar(series, x(from), x(to), top));
  return bars.join('') + drawNumber(sum, x(end), top);
}

function drawSingle(s: StyledBars, group: number, top: number, x: Scale): string {
  const [value, low, high] = [s.values[group], s.low?.[group], s.high?.[group]];
  const middle = top + BAR.height / 2;
  if (!isValue(value)) return text(x(0) + 6, middle + 4, '–', { size: 11 });
  const points = s.kind === 'points';
  const body = points ? '' : drawBar(s, x(0), x(value), top);
  const point = points ? drawPoint('circle', x(value), middle, s.color) : '';
  const end = Math.max(x(value) + (points ? 5 : 0), x(0), isValue(high) ? x(high) : 0);
  return body + whisker(low, high, middle, x) + point + drawNumber(value, end, top);
}

function drawBar({ color, fill }: StyledBars, from: number, to: number, top: number): string {
  const [left, right] = [Math.min(from, to), Math.max(from, to)];
  return `<rect x="${fixed(left)}" y="${fixed(top)}" width="${fixed(right - left)}" height="${BAR.height}" fill="${fill}" stroke="${color}"/>`;
}

const drawNumber = (value: number, end: number, top: number): string =>
  text(end + 6, top + BAR.height / 2 + 4, fourDigits(value), { size: 11, halo: true });

const fourDigits = (value: number): string => tickLabel(Number(value.toPrecision(4)));

function whisker(low: Value, high: Value, middle: number, x: Scale): string {
  if (!isValue(low) || !isValue(high)) return '';
  const cap = `${fixed(middle - BAR.whisker)}v${2 * BAR.whisker}`;
  const path = `M${fixed(x(low))},${fixed(middle)}H${fixed(x(high))}M${fixed(x(low))},${cap}M${fixed(x(high))},${cap}`;
  return `<path d="${path}" stroke="${GROUND}" stroke-width="3.5"/><path d="${path}" stroke="${INK}" stroke-width="1.5"/>`;
}

function drawSwatch(s: StyledBars, left: number, middle: number): string {
  if (s.kind === 'points') return drawPoint('circle', left + SWATCH / 2, middle, s.color);
  return `<rect x="${fixed(left)}" y="${fixed(middle - 6)}" width="${SWATCH}" height="12" fill="${s.fill}" stroke="${s.color}"/>`;
}

function describe({ groups, series, value }: BarFigure): string {
  const rows = groups.map((group, g) => {
    const cells = series.flatMap(({ label, values }) => {
      const v = values[g];
      return isValue(v) ? [`${label} ${fourDigits(v)} ${value.unit}`.trim()] : [];
    });
    return `${group}: ${cells.join(', ') || 'no value'}`;
  });
  return `${value.label}. ${rows.join('; ')}.`;
}
