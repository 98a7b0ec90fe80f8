/** The account of a cycle as a graph for d3-sankey: what goes in, load train and cells, what comes out. */
import { sankey, sankeyJustify } from 'd3-sankey';
import type { Account, Flow } from './account.ts';

export type NodeName = Flow['name'] | 'train' | 'cells';

export interface GraphNode {
  readonly name: NodeName;
  readonly side: 'in' | 'within' | 'out';
  readonly watts: number;
  readonly x0: number;
  readonly x1: number;
  readonly y0: number;
  readonly y1: number;
}

export interface GraphLink {
  /** The flow that gives it its colour. */
  readonly name: Flow['name'] | 'net_work';
  readonly watts: number;
  /** A ribbon from edge to edge: x and middle y of both ends, and its height. */
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
  readonly height: number;
}

interface RawNode {
  readonly key: string;
  readonly name: NodeName;
  readonly side: GraphNode['side'];
}
interface Named {
  readonly name: GraphLink['name'];
}
interface RawLink extends Named {
  readonly source: string;
  readonly target: string;
  readonly value: number;
}

const NODE_WIDTH = 10;
const NODE_PADDING = 24;

/** Work passes the load train, which gives some of it back; the rest goes to the cells with the heat. */
function rawGraph({ into, out }: Account): { nodes: RawNode[]; links: RawLink[] } {
  const loading = into.find(({ name }) => name === 'loading')?.watts ?? 0;
  const returned = out.find(({ name }) => name === 'returned')?.watts ?? 0;
  // a machine that gives more work than it takes has no such train
  const hasTrain = loading > returned;
  const nodeOf = ({ name }: Flow, side: 'in' | 'out'): RawNode => ({ key: `${side} ${name}`, name, side });
  const nodes: RawNode[] = [
    ...into.map((flow) => nodeOf(flow, 'in')),
    ...(hasTrain ? [{ key: 'train', name: 'train', side: 'within' } as const] : []),
    { key: 'cells', name: 'cells', side: 'within' },
    ...out.map((flow) => nodeOf(flow, 'out')),
  ];
  const place = (name: string): string =>
    hasTrain && (name === 'loading' || name === 'returned') ? 'train' : 'cells';
  const links: RawLink[] = [
    ...into.map(({ name, watts }) => ({ source: `in ${name}`, target: place(name), value: watts, name })),
    ...(hasTrain
      ? [{ source: 'train', target: 'cells', value: loading - returned, name: 'net_work' as const }]
      : []),
    ...out.map(({ name, watts }) => ({ source: place(name), target: `out ${name}`, value: watts, name })),
  ];
  return { nodes, links };
}

/** Laid out in `width` by `height`, px. */
export function layOut(
  account: Account,
  width: number,
  height: number,
): { readonly nodes: readonly GraphNode[]; readonly links: readonly GraphLink[] } {
  const place = sankey<RawNode, Named>()
    .nodeId(({ key }) => key)
    .nodeAlign(sankeyJustify)
    .nodeWidth(NODE_WIDTH)
    .nodePadding(NODE_PADDING)
    // in the order of the account, so that nothing jumps when flows cross in size
    .nodeSort(null)
    .linkSort(null)
    .extent([
      [0, NODE_PADDING / 2],
      [width, height - NODE_PADDING / 2],
    ]);
  const { nodes, links } = place(rawGraph(account));
  return {
    nodes: nodes.map(({ name, side, value = 0, x0 = 0, x1 = 0, y0 = 0, y1 = 0 }) => ({
      name,
      side,
      watts: value,
      x0,
      x1,
      y0,
      y1,
    })),
    links: links.map(({ name, value, source, target, y0 = 0, y1 = 0, width: thick = 0 }) => ({
      name,
      watts: value,
      x0: typeof source === 'object' ? (source.x1 ?? 0) : 0,
      y0,
      x1: typeof target === 'object' ? (target.x0 ?? 0) : 0,
      y1,
      height: thick,
    })),
  };
}

/** The ribbon of a link as an SVG path, level at both ends. */
export function ribbon({ x0, y0, x1, y1, height }: GraphLink): string {
  const middle = (x0 + x1) / 2;
  const half = height / 2;
  return (
    `M${x0} ${y0 - half}C${middle} ${y0 - half} ${middle} ${y1 - half} ${x1} ${y1 - half}` +
    `V${y1 + half}C${middle} ${y1 + half} ${middle} ${y0 + half} ${x0} ${y0 + half}Z`
  );
}
