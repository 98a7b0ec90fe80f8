/** Axes of figures: scales, the ticks a person would choose, grid and labels. */
import { scaleLinear, scaleLog } from 'd3-scale';
import { GRID, INK, fixed, text, textWidth } from './svg.ts';

export interface Axis {
  readonly label: string;
  /** Stands behind the label in brackets; '' for pure numbers. */
  readonly unit: string;
  readonly scale?: 'linear' | 'log';
  /** Without it, all that is drawn fits. */
  readonly domain?: readonly [low: number, high: number];
  /** Where to write numbers; without it, where it reads well. */
  readonly ticks?: readonly number[];
}

/** A number, or null (or NaN) where there is none. */
export type Value = number | null | undefined;

/** From values to px; what cannot be drawn is NaN. */
export interface Scale {
  (value: Value): number;
  readonly ticks: readonly number[];
  /** Between the numbers of a logarithmic axis; none on a linear one. */
  readonly minorTicks: readonly number[];
  readonly domain: readonly [low: number, high: number];
}

/** Throws RangeError where nothing can be drawn: no finite value, or none above 0 on a logarithmic axis. */
export function makeScale(axis: Axis, values: readonly Value[], from: number, to: number): Scale {
  const log = axis.scale === 'log';
  let [low, high] = axis.domain ?? extent(values, log);
  if (!(high >= low) || (log && low <= 0))
    throw new RangeError(
      `there is nothing to draw on the axis "${axis.label}": give at least one finite value${log ? ' above 0' : ''}`,
    );
  if (low === high) [low, high] = log ? [low / 2, high * 2] : [low - 1, high + 1];
  const scale = (log ? scaleLog() : scaleLinear()).domain([low, high]).range([from, to]);
  if (!log && !axis.domain) scale.nice();
  const at = (value: Value): number =>
    value === null || value === undefined || (log && value <= 0) ? Number.NaN : scale(value);
  const [first, last] = scale.domain();
  const domain = [first, last] as const;
  const all = scale.ticks(6);
  const ticks = axis.ticks ?? (log ? logTicks(all) : all);
  return Object.assign(at, { ticks, minorTicks: log ? all : [], domain });
}

/** Lowest and highest usable value; [∞, −∞] where there is none. */
function extent(values: readonly Value[], log: boolean): [number, number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const v of values) {
    if (v === null || v === undefined || !Number.isFinite(v) || (log && v <= 0)) continue;
    low = Math.min(low, v);
    high = Math.max(high, v);
  }
  return [low, high];
}

/** Whole powers of ten where there are enough of them, else 1, 2 and 5 of each, else all. */
function logTicks(all: readonly number[]): readonly number[] {
  const mantissa = (v: number): number => Math.round(v / 10 ** Math.floor(Math.log10(v) + 1e-9));
  for (const kept of [[1], [1, 2, 5]]) {
    const some = all.filter((v) => kept.includes(mantissa(v)));
    if (some.length >= 3) return some;
  }
  return all;
}

export function tickLabel(value: number): string {
  const size = Math.abs(value);
  const plain =
    size !== 0 && (size < 1e-4 || size >= 1e6)
      ? value.toExponential().replace('e+', 'e')
      : String(Number(value.toPrecision(6)));
  return plain.replaceAll('-', '−');
}

export const withUnit = ({ label, unit }: Pick<Axis, 'label' | 'unit'>): string =>
  unit === '' ? label : `${label} (${unit})`;

/** The box that is drawn in, px. */
export interface Plot {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

const MINOR = 4;

export function drawXAxis(
  axis: Axis,
  scale: Scale,
  { left, right, top, bottom }: Plot,
  grid = true,
): string[] {
  const parts: string[] = [];
  for (const tick of scale.minorTicks)
    parts.push(`<path d="M${fixed(scale(tick))},${fixed(bottom)}v${-MINOR}" stroke="${INK}"/>`);
  for (const tick of scale.ticks) {
    const at = fixed(scale(tick));
    parts.push(
      grid
        ? `<path d="M${at},${fixed(top)}V${fixed(bottom)}" stroke="${GRID}"/>`
        : `<path d="M${at},${fixed(bottom)}v${MINOR}" stroke="${INK}"/>`,
      text(scale(tick), bottom + 17, tickLabel(tick), { anchor: 'middle' }),
    );
  }
  parts.push(text((left + right) / 2, bottom + 38, withUnit(axis), { size: 13, anchor: 'middle' }));
  return parts;
}

/** px from a y axis to the middle of its name: beyond the numbers. */
const nameOffset = (scale: Scale): number => Math.max(50, widestTick(scale) + 24);

/** px beside the plot that a y axis needs. */
export const yAxisMargin = (scale: Scale): number => nameOffset(scale) + 18;

const widestTick = ({ ticks }: Scale): number =>
  Math.max(0, ...ticks.map((tick) => textWidth(tickLabel(tick), 12)));

/** On the left, or on the right where it is the second one; that one has no grid. */
export function drawYAxis(
  axis: Axis,
  scale: Scale,
  plot: Plot,
  side: 'left' | 'right',
  grid = true,
): string[] {
  const { left, right, top, bottom } = plot;
  const onLeft = side === 'left';
  const edge = onLeft ? left : right;
  const outward = onLeft ? -1 : 1;
  const parts: string[] = [];
  for (const tick of scale.minorTicks)
    parts.push(`<path d="M${fixed(edge)},${fixed(scale(tick))}h${-outward * MINOR}" stroke="${INK}"/>`);
  for (const tick of scale.ticks) {
    const at = fixed(scale(tick));
    parts.push(
      onLeft && grid
        ? `<path d="M${fixed(left)},${at}H${fixed(right)}" stroke="${GRID}"/>`
        : `<path d="M${fixed(edge)},${at}h${outward * MINOR}" stroke="${INK}"/>`,
      text(edge + outward * 8, scale(tick) + 4, tickLabel(tick), onLeft ? { anchor: 'end' } : {}),
    );
  }
  const [x, middle] = [edge + outward * nameOffset(scale), (top + bottom) / 2];
  const label = text(x, middle, withUnit(axis), { size: 13, anchor: 'middle' });
  parts.push(`<g transform="rotate(${onLeft ? -90 : 90} ${fixed(x)} ${fixed(middle)})">${label}</g>`);
  return parts;
}
