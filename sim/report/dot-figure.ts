/**
 * Dots on a row each as SVG text: to compare what spans decades, on a logarithmic axis, where bars would have no
 * beginning. The same data give the same bytes.
 */
import { type Axis, drawXAxis, makeScale } from './axes.ts';
import { layOutLegend } from './legend.ts';
import { type PointShape, type Styled, drawSeries, drawSwatch, xValues } from './marks.ts';
import { GRID, INK, fingerprint, fixed, layOutFrame, svgDocument, text, textWidth } from './svg.ts';

export interface Dots {
  readonly label: string;
  readonly color: string;
  readonly shape: PointShape;
  readonly points: readonly {
    /** Position in `rows`. */
    readonly row: number;
    readonly value: number;
    readonly low?: number;
    readonly high?: number;
  }[];
}

export interface DotFigure {
  readonly title: string;
  readonly value: Axis;
  readonly rows: readonly string[];
  readonly series: readonly Dots[];
  /** px; 720 without. The height follows from the rows. */
  readonly width?: number;
}

const MARGIN = { side: 24, right: 40, foot: 52 };
const ROW = 26;
const LABEL_SIZE = 12.5;

/** Throws RangeError where nothing can be drawn. */
export function dotFigure(figure: DotFigure): string {
  const { width = 720, rows, series, title } = figure;
  const key = fingerprint(figure);
  const frame = layOutFrame(figure, width, MARGIN.side, MARGIN.side);
  const left = MARGIN.side + 10 + Math.max(...rows.map((row) => textWidth(row, LABEL_SIZE)));
  const right = width - MARGIN.right;
  const bottom = frame.top + rows.length * ROW;
  const styled = series.map(styleOf);
  const legend = layOutLegend(
    styled.map((s) => ({ label: s.series.label ?? '', swatch: (at, middle) => drawSwatch(s, at, middle) })),
    width - 2 * MARGIN.side,
  );
  const x = makeScale(
    figure.value,
    styled.flatMap((s) => xValues(s.series)),
    left,
    right,
  );
  const y = makeScale({ label: '', unit: '', domain: [-0.5, rows.length - 0.5] }, [], frame.top, bottom);
  const height = bottom + MARGIN.foot + legend.height;
  return svgDocument({ title, description: describe(figure), key, width, height, left: MARGIN.side, frame }, [
    ...drawXAxis(figure.value, x, { left, right, top: frame.top, bottom }),
    ...rows.flatMap((row, k) => [
      `<path d="M${fixed(left)},${fixed(y(k))}H${fixed(right)}" stroke="${GRID}"/>`,
      text(left - 10, y(k) + 4.5, row, { size: LABEL_SIZE, anchor: 'end' }),
    ]),
    `<path d="M${fixed(left)},${fixed(frame.top)}V${fixed(bottom)}H${fixed(right)}" fill="none" stroke="${INK}"/>`,
    ...styled.map((s) => drawSeries(s, x, y)),
    ...legend.draw(MARGIN.side, bottom + MARGIN.foot),
  ]);
}

const styleOf = ({ label, color, shape, points }: Dots): Styled => ({
  series: {
    kind: 'points',
    label,
    shape,
    x: points.map(({ value }) => value),
    y: points.map(({ row }) => row),
    xLow: points.map(({ low }) => low),
    xHigh: points.map(({ high }) => high),
  },
  color,
  dash: 'solid',
});

function describe({ rows, series, value }: DotFigure): string {
  const said = rows.map((row, k) => {
    const dots = series.flatMap(({ label, points }) =>
      points
        .filter((p) => p.row === k)
        .map((p) => `${label} ${Number(p.value.toPrecision(3))} ${value.unit}`),
    );
    return `${row}: ${dots.join(', ') || 'no value'}`;
  });
  return `${value.label}. ${said.join('; ')}.`;
}
