/**
 * A Sankey figure as SVG text, for the accounts of a cycle: every link as wide as its value, one scale for all. The
 * same data give the same bytes.
 *
 *   sankeyFigure({ title, unit: 'W', nodes: [{ key, label }], links: [{ from, to, value, kind: 'work' }] })
 */
import { sankey, sankeyJustify } from 'd3-sankey';
import { SWATCH, layOutLegend } from './legend.ts';
import {
  INK,
  MUTED,
  fingerprint,
  fixed,
  hatchPattern,
  layOutFrame,
  svgDocument,
  text,
  textWidth,
  wrapText,
} from './svg.ts';

export type FlowKind = 'work' | 'heat' | 'cold' | 'loss';

export interface SankeyNode {
  readonly key: string;
  readonly label: string;
}
export interface SankeyLink {
  /** Keys of nodes. */
  readonly from: string;
  readonly to: string;
  /** In the unit of the figure, 0 or more; 0 is not drawn. */
  readonly value: number;
  readonly kind: FlowKind;
}
export interface SankeyFigure {
  readonly title: string;
  /** Stands behind every value; "W", "J", "J/K". */
  readonly unit: string;
  /** Without circles; what flows into a node with outlets flows out of it. */
  readonly nodes: readonly SankeyNode[];
  readonly links: readonly SankeyLink[];
  /** Words of the legend, where the usual ones do not fit. */
  readonly kinds?: Partial<Record<FlowKind, string>>;
  /** Under the figure, wrapped. */
  readonly note?: string;
  /** px; 720 × 420 without. */
  readonly width?: number;
  readonly height?: number;
}

/** Dark, middle, light, and hatched where it is lost: told apart in grey too. */
const LOOK: Readonly<Record<FlowKind, { color: string; label: string }>> = {
  work: { color: '#0b4f80', label: 'work' },
  heat: { color: '#c9601f', label: 'heat' },
  cold: { color: '#7cc4f0', label: 'heat taken up from the cold side' },
  loss: { color: '#6b7480', label: 'lost' },
};
const LOST_GROUND = '#dfe3e8';
const OPACITY = 0.78;
const MARGIN = { side: 24, label: 142, top: 14, legend: 38 };
const NODE = { width: 10, gap: 26 };
/** Share of what flows through a node that may be missing: what a cycle that has not quite settled stores. */
const OPEN_ACCOUNT = 0.01;
const LABEL = { size: 12, row: 15, width: 136 };

/** Throws RangeError where a value is negative or not finite, a node unknown, an account open, or all are 0. */
export function sankeyFigure(figure: SankeyFigure): string {
  const { width = 720, height = 420, unit } = figure;
  checkAccount(figure);
  const links = figure.links.filter((link) => link.value > 0);
  const used = figure.nodes.filter(({ key }) => links.some(({ from, to }) => from === key || to === key));
  const key = fingerprint(figure);
  const hatch = `lost-${key}`;
  const fillOf = (kind: FlowKind): string => (kind === 'loss' ? `url(#${hatch})` : LOOK[kind].color);
  const frame = layOutFrame(figure, width, MARGIN.side, MARGIN.side);
  const kinds = (Object.keys(LOOK) as FlowKind[]).filter((kind) => links.some((link) => link.kind === kind));
  const legend = layOutLegend(
    kinds.map((kind) => ({
      label: figure.kinds?.[kind] ?? LOOK[kind].label,
      swatch: (left, middle) =>
        `<rect x="${fixed(left)}" y="${fixed(middle - 6)}" width="${SWATCH}" height="12" fill="${fillOf(kind)}" fill-opacity="${OPACITY}"/>`,
    })),
    width - 2 * MARGIN.side,
  );
  const bottom = height - legend.height - frame.foot - MARGIN.legend;
  const side = MARGIN.side + MARGIN.label;
  const graph = sankey<SankeyNode, Pick<SankeyLink, 'kind'>>()
    .nodeId((node) => node.key)
    .nodeAlign(sankeyJustify)
    .nodeWidth(NODE.width)
    .nodePadding(NODE.gap)
    // the order is the author's: the same figure for the same account, and related accounts alike
    .nodeSort(null)
    .linkSort(null)
    .extent([
      [side, frame.top + MARGIN.top],
      [width - side, bottom],
    ])({
    nodes: used.map((node) => ({ ...node })),
    links: links.map(({ from, to, value, kind }) => ({ source: from, target: to, value, kind })),
  });

  return svgDocument(
    {
      title: figure.title,
      description: describe(figure),
      key,
      width,
      height,
      left: MARGIN.side,
      frame,
    },
    [
      kinds.includes('loss') ? hatchPattern(hatch, LOOK.loss.color, LOST_GROUND) : '',
      ...graph.links.map(({ source, target, y0 = 0, y1 = 0, width: wide = 0, kind }) => {
        const [from, to] = [source, target] as { x0?: number; x1?: number }[];
        const path = ribbon(from.x1 ?? 0, y0, to.x0 ?? 0, y1, wide);
        return `<path d="${path}" fill="${fillOf(kind)}" fill-opacity="${OPACITY}"/>`;
      }),
      ...graph.nodes.flatMap((node) => {
        const { x0 = 0, x1 = 0, y0 = 0, y1 = 0, value = 0 } = node;
        const place = { left: x0, right: x1, middle: (y0 + y1) / 2, top: y0 };
        const first = (node.targetLinks?.length ?? 0) === 0;
        const last = (node.sourceLinks?.length ?? 0) === 0;
        return [
          `<rect x="${fixed(x0)}" y="${fixed(y0)}" width="${fixed(x1 - x0)}" height="${fixed(y1 - y0)}" fill="${INK}"/>`,
          ...labelNode(
            node.label,
            `${showValue(value)} ${unit}`.trim(),
            place,
            first ? 'left' : last ? 'right' : 'above',
          ),
        ];
      }),
      ...legend.draw(MARGIN.side, bottom + MARGIN.legend),
    ],
  );
}

function checkAccount({ title, unit, nodes, links }: SankeyFigure): void {
  const known = new Set(nodes.map(({ key }) => key));
  for (const { from, to, value } of links) {
    for (const end of [from, to])
      if (!known.has(end))
        throw new RangeError(`${title}: the link ${from} → ${to} names "${end}", which is no node`);
    if (!Number.isFinite(value) || value < 0)
      throw new RangeError(
        `${title}: the link ${from} → ${to} has the value ${value}; give 0 ${unit} or more, and turn a negative one around`,
      );
  }
  if (!links.some(({ value }) => value > 0))
    throw new RangeError(`${title}: there is nothing to draw, no value above 0`);
  for (const { key, label } of nodes) {
    const sum = (end: 'from' | 'to') =>
      links.reduce((total, link) => total + (link[end] === key ? link.value : 0), 0);
    const [inflow, outflow] = [sum('to'), sum('from')];
    if (inflow > 0 && outflow > 0 && Math.abs(inflow - outflow) > OPEN_ACCOUNT * Math.max(inflow, outflow))
      throw new RangeError(
        `${title}: into "${label}" flow ${showValue(inflow)} ${unit} and out of it ${showValue(outflow)} ${unit}; an account must close within ${100 * OPEN_ACCOUNT} %`,
      );
  }
  if (hasCircle(links))
    throw new RangeError(`${title}: the links run in a circle; give what comes back a node of its own`);
}

/** Takes away again and again the links that begin where nothing arrives; a circle is what stays. */
function hasCircle(links: readonly SankeyLink[]): boolean {
  let left = links;
  for (;;) {
    const arrives = new Set(left.map(({ to }) => to));
    const rest = left.filter(({ from }) => arrives.has(from));
    if (rest.length === 0) return false;
    if (rest.length === left.length) return true;
    left = rest;
  }
}

/** As high as its value all the way; `y0` and `y1` are the middles of its ends. */
function ribbon(x0: number, y0: number, x1: number, y1: number, width: number): string {
  const middle = fixed((x0 + x1) / 2);
  const edge = (from: number, to: number, end: number): string =>
    `C${middle},${fixed(from)} ${middle},${fixed(to)} ${fixed(end)},${fixed(to)}`;
  const half = width / 2;
  return `M${fixed(x0)},${fixed(y0 - half)}${edge(y0 - half, y1 - half, x1)}V${fixed(y1 + half)}${edge(y1 + half, y0 + half, x0)}Z`;
}

/** Three digits, as an account is read. */
const showValue = (v: number): string =>
  v >= 1000 ? v.toFixed(0) : String(Number(v.toPrecision(3))).replace('e-', 'e−');

/** Sources on the left, sinks on the right, what lies between above its bar. */
function labelNode(
  label: string,
  value: string,
  { left, right, middle, top }: { left: number; right: number; middle: number; top: number },
  place: 'left' | 'right' | 'above',
): string[] {
  if (place === 'above') {
    const x = (left + right) / 2;
    const words = `${label}, ${value}`;
    const style = { size: LABEL.size, anchor: 'middle', halo: true } as const;
    return textWidth(words, LABEL.size) < 2 * LABEL.width
      ? [text(x, top - 7, words, style)]
      : [text(x, top - 7 - LABEL.row, label, style), text(x, top - 7, value, style)];
  }
  const rows = wrapText(label, LABEL.width, LABEL.size);
  const x = place === 'left' ? left - 8 : right + 8;
  const anchor = place === 'left' ? ({ anchor: 'end' } as const) : {};
  const first = middle + 4 - (rows.length * LABEL.row) / 2;
  return [
    ...rows.map((row, k) => text(x, first + k * LABEL.row, row, anchor)),
    text(x, first + rows.length * LABEL.row, value, { ...anchor, weight: 600, color: MUTED }),
  ];
}

function describe({ unit, nodes, links }: SankeyFigure): string {
  const name = new Map(nodes.map(({ key, label }) => [key, label]));
  const flows = links.map(
    ({ from, to, value }) => `${name.get(from)} to ${name.get(to)} ${showValue(value)} ${unit}`,
  );
  return `${flows.join('; ')}.`;
}
