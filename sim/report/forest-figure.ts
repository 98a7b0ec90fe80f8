/**
 * Intervals one under the other as SVG text, each against the same mark: what a model says over what was published. The
 * same data give the same bytes.
 */
import { type Plot, drawXAxis, makeScale } from './axes.ts';
import { layOutLegend } from './legend.ts';
import { drawPoint } from './marks.ts';
import { GROUND, INK, fingerprint, fixed, layOutFrame, svgDocument, text, textWidth } from './svg.ts';

export interface ForestRow {
  readonly label: string;
  /** Position in `kinds`. */
  readonly kind: number;
  readonly low: number;
  readonly middle: number;
  readonly high: number;
  /** Range of the published figure, in the same measure. */
  readonly published: readonly [low: number, high: number];
}

export interface ForestGroup {
  readonly label: string;
  readonly rows: readonly ForestRow[];
}

export interface ForestFigure {
  readonly title: string;
  readonly axis: {
    readonly label: string;
    readonly domain: readonly [number, number];
    readonly ticks: readonly number[];
  };
  readonly groups: readonly ForestGroup[];
  readonly kinds: readonly {
    readonly label: string;
    readonly color: string;
    readonly shape: 'circle' | 'square' | 'diamond';
  }[];
  readonly note?: string;
}

const WIDTH = 720;
const MARGIN = { side: 24, foot: 52 };
const ROW = 21;
const GROUP = 26;
const SIZE = 12;

/** Throws RangeError where there is no row. */
export function forestFigure(figure: ForestFigure): string {
  const { groups, kinds, axis } = figure;
  const rows = groups.flatMap((group) => group.rows);
  if (rows.length === 0) throw new RangeError(`${figure.title}: there is nothing to draw`);
  const frame = layOutFrame(figure, WIDTH, MARGIN.side, MARGIN.side);
  const left = MARGIN.side + 12 + Math.max(...rows.map(({ label }) => textWidth(label, SIZE)));
  const right = WIDTH - MARGIN.side;
  const bottom = frame.top + groups.length * GROUP + rows.length * ROW + 6;
  const plot: Plot = { left, right, top: frame.top, bottom };
  const x = makeScale({ ...axis, unit: '', scale: 'log' }, [], left, right);
  const clamp = (v: number) => Math.min(right, Math.max(left, x(Math.max(v, axis.domain[0]))));
  const legend = layOutLegend(
    kinds.map(({ label, color, shape }) => ({
      label,
      swatch: (from, middle) =>
        `<path d="M${fixed(from)},${fixed(middle)}h26" stroke="${color}" stroke-width="2"/>${drawPoint(shape, from + 13, middle, color)}`,
    })),
    WIDTH - 2 * MARGIN.side,
  );
  let y = frame.top;
  const parts = groups.flatMap((group) => {
    y += GROUP;
    const heading = text(MARGIN.side, y - 7, group.label, { size: SIZE, weight: 600 });
    return [
      heading,
      ...group.rows.map((row) => {
        const middle = y + ROW / 2;
        y += ROW;
        return drawRow(row, kinds[row.kind], middle, left, clamp);
      }),
    ];
  });
  const one = x(1);
  return svgDocument(
    {
      title: figure.title,
      description: describe(figure),
      key: fingerprint(figure),
      width: WIDTH,
      height: bottom + MARGIN.foot + legend.height + frame.foot,
      left: MARGIN.side,
      frame,
    },
    [
      ...drawXAxis({ ...axis, unit: '' }, x, plot),
      `<path d="M${fixed(one)},${fixed(frame.top)}V${fixed(bottom)}" stroke="${INK}" stroke-width="1.5"/>`,
      `<path d="M${fixed(left)},${fixed(bottom)}H${fixed(right)}" stroke="${INK}"/>`,
      ...parts,
      ...legend.draw(MARGIN.side, bottom + MARGIN.foot),
    ],
  );
}

function drawRow(
  row: ForestRow,
  { color, shape }: ForestFigure['kinds'][number],
  middle: number,
  left: number,
  at: (value: number) => number,
): string {
  const [from, to] = row.published.map(at);
  // a published figure without a range is still to be seen
  const width = Math.max(to - from, 3);
  const published = `<rect x="${fixed((from + to - width) / 2)}" y="${fixed(middle - 7)}" width="${fixed(width)}" height="14" fill="${INK}" fill-opacity="0.22"/>`;
  const line = `M${fixed(at(row.low))},${fixed(middle)}H${fixed(at(row.high))}`;
  return [
    text(left - 10, middle + 4, row.label, { size: SIZE, anchor: 'end' }),
    published,
    `<path d="${line}" stroke="${GROUND}" stroke-width="5"/>`,
    `<path d="${line}" stroke="${color}" stroke-width="2.5"/>`,
    drawPoint(shape, at(row.middle), middle, color),
  ].join('');
}

const describe = ({ groups, axis }: ForestFigure): string =>
  `${axis.label}. ${groups
    .map(
      ({ label, rows }) =>
        `${label}: ${rows.map((row) => `${row.label} ${row.low.toPrecision(3)} to ${row.high.toPrecision(3)}`).join(', ')}`,
    )
    .join('; ')}.`;
