/**
 * XY figures as SVG text, from data alone: the same data give the same bytes. Made to be printed: light ground, dark
 * text, curves told apart by colour and dash, published points with error bars.
 *
 *   xyFigure({ title, x: { label, unit, scale: 'log' }, y: { label, unit }, series: [ ... ] })
 */
import { type Axis, type Plot, drawXAxis, drawYAxis, makeScale, withUnit, yAxisMargin } from './axes.ts';
import { layOutLegend } from './legend.ts';
import {
  type Annotation,
  DASH_ORDER,
  type Series,
  type Styled,
  drawAnnotations,
  drawSeries,
  drawSwatch,
  xValues,
  yValues,
} from './marks.ts';
import { INK, fingerprint, fixed, layOutFrame, paletteColor, svgDocument } from './svg.ts';

export type { Axis } from './axes.ts';
export type { Annotation, BandSeries, LineSeries, PointSeries, Series } from './marks.ts';

export interface XyFigure {
  readonly title: string;
  readonly x: Axis;
  readonly y: Axis;
  /** A second y axis, for the series that name it. */
  readonly right?: Axis;
  /** Drawn in this order, bands first. */
  readonly series: readonly Series[];
  /** Lines that name a value, words at a place (on the left axis). */
  readonly annotations?: readonly Annotation[];
  /** Under the figure, wrapped: what is shown, whose figures, what is assumed. */
  readonly note?: string;
  /** px; 720 × 460 without. */
  readonly width?: number;
  readonly height?: number;
}

const MARGIN = { right: 24, foot: 52 };

/** Throws RangeError where nothing can be drawn: no finite value, or none above 0 on a logarithmic axis. */
export function xyFigure(figure: XyFigure): string {
  const { width = 720, height = 460, series, annotations = [] } = figure;
  const key = fingerprint(figure);
  const onRight = (s: Series): boolean => figure.right !== undefined && s.axis === 'right';
  const at = (kind: 'vertical' | 'horizontal') => annotations.flatMap((a) => (a.kind === kind ? [a.at] : []));
  const xs = [...series.flatMap(xValues), ...at('vertical')];
  const ys = [...series.filter((s) => !onRight(s)).flatMap(yValues), ...at('horizontal')];
  const rightYs = series.filter(onRight).flatMap(yValues);
  // what the numbers of an axis are does not depend on where it stands, but where it stands on how wide they are
  const left = yAxisMargin(makeScale(figure.y, ys, 1, 0));
  const right = width - (figure.right ? yAxisMargin(makeScale(figure.right, rightYs, 1, 0)) : MARGIN.right);
  const frame = layOutFrame(figure, width, left, MARGIN.right);
  const styled = styleOf(series);
  const legend = layOutLegend(
    styled.flatMap((s) =>
      s.series.label === undefined
        ? []
        : [{ label: s.series.label, swatch: (x: number, middle: number) => drawSwatch(s, x, middle) }],
    ),
    right - left,
  );
  const bottom = height - MARGIN.foot - legend.height - frame.foot;
  const plot: Plot = { left, right, top: frame.top, bottom };
  const x = makeScale(figure.x, xs, left, right);
  const y = makeScale(figure.y, ys, bottom, frame.top);
  const y2 = figure.right && makeScale(figure.right, rightYs, bottom, frame.top);
  const drawn = styled.toSorted(
    (a, b) => Number(b.series.kind === 'band') - Number(a.series.kind === 'band'),
  );

  return svgDocument(
    { title: figure.title, description: describe(figure), key, width, height, left, frame },
    [
      ...drawXAxis(figure.x, x, plot),
      ...drawYAxis(figure.y, y, plot, 'left'),
      ...(figure.right && y2 ? drawYAxis(figure.right, y2, plot, 'right') : []),
      `<path d="M${fixed(left)},${fixed(frame.top)}V${fixed(bottom)}H${fixed(right)}${y2 ? `V${fixed(frame.top)}` : ''}" fill="none" stroke="${INK}"/>`,
      `<clipPath id="plot-${key}"><rect x="${fixed(left)}" y="${fixed(frame.top)}" width="${fixed(right - left)}" height="${fixed(bottom - frame.top)}"/></clipPath>`,
      `<g clip-path="url(#plot-${key})">`,
      ...drawn.map((s) => drawSeries(s, x, y2 && onRight(s.series) ? y2 : y)),
      '</g>',
      ...drawAnnotations(annotations, x, y, plot),
      ...legend.draw(left, bottom + MARGIN.foot),
    ],
  );
}

/** Colours of the palette by place; where a line has neither colour nor dash, the next dash too. */
function styleOf(series: readonly Series[]): Styled[] {
  let lines = 0;
  return series.map((s, i) => {
    const color = s.color ?? paletteColor(i);
    if (s.kind !== 'line') return { series: s, color, dash: 'solid' };
    const next = s.color === undefined ? DASH_ORDER[lines++ % DASH_ORDER.length] : 'solid';
    return { series: s, color, dash: s.dash ?? next };
  });
}

function describe({ x, y, right, series }: XyFigure): string {
  const shown = series.flatMap(({ label }) => (label === undefined ? [] : [label]));
  const second = right ? ` and, on the right, ${withUnit(right)}` : '';
  return `${withUnit(y)}${second} against ${withUnit(x)}${shown.length > 0 ? `: ${shown.join('; ')}` : ''}.`;
}
