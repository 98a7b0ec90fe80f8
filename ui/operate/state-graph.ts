/**
 * The state machine as the page draws it: where each state stands and which ways lead on, after the diagram of ISA
 * TR88.00.02. A test holds the ways against the controller's own table, so the picture cannot say otherwise.
 */
import type { State } from '../../controller/wire/messages.ts';

export interface Way {
  readonly from: State;
  readonly to: State;
  /** The command, `regulator` for what it does by itself, or `proof` for what the device proved. */
  readonly by: string;
  /** Drawn always; the others only while the machine stands at their beginning. */
  readonly isMain: boolean;
}

const STANDS: readonly State[] = [
  'RESETTING',
  'IDLE',
  'STARTING',
  'EXECUTE',
  'HOLDING',
  'HELD',
  'UNHOLDING',
  'SUSPENDING',
  'SUSPENDED',
  'UNSUSPENDING',
  'COMPLETING',
  'COMPLETE',
];
const HOLDABLE: readonly State[] = ['STARTING', 'UNHOLDING', 'SUSPENDING', 'SUSPENDED', 'UNSUSPENDING'];

const main = (from: State, by: string, to: State): Way => ({ from, by, to, isMain: true });
const side = (from: State, by: string, to: State): Way => ({ from, by, to, isMain: false });

export const WAYS: readonly Way[] = [
  main('ABORTED', 'CLEAR', 'CLEARING'),
  main('CLEARING', 'proof', 'STOPPED'),
  main('STOPPED', 'RESET', 'RESETTING'),
  main('RESETTING', 'proof', 'IDLE'),
  main('IDLE', 'START', 'STARTING'),
  main('STARTING', 'proof', 'EXECUTE'),
  main('EXECUTE', 'HOLD', 'HOLDING'),
  main('HOLDING', 'proof', 'HELD'),
  main('HELD', 'UNHOLD', 'UNHOLDING'),
  main('UNHOLDING', 'proof', 'EXECUTE'),
  main('EXECUTE', 'regulator', 'SUSPENDING'),
  main('SUSPENDING', 'proof', 'SUSPENDED'),
  main('SUSPENDED', 'regulator', 'UNSUSPENDING'),
  main('UNSUSPENDING', 'proof', 'EXECUTE'),
  main('EXECUTE', 'COMPLETE', 'COMPLETING'),
  main('COMPLETING', 'proof', 'COMPLETE'),
  main('COMPLETE', 'RESET', 'RESETTING'),
  main('STOPPING', 'proof', 'STOPPED'),
  main('ABORTING', 'proof', 'ABORTED'),
  ...HOLDABLE.map((from) => side(from, 'HOLD', 'HOLDING')),
  side('HELD', 'COMPLETE', 'COMPLETING'),
  side('SUSPENDED', 'COMPLETE', 'COMPLETING'),
  ...STANDS.map((from) => side(from, 'STOP', 'STOPPING')),
  ...[...STANDS, 'STOPPED' as const, 'STOPPING' as const, 'CLEARING' as const].map((from) =>
    side(from, 'ABORT', 'ABORTING'),
  ),
];

export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly boxWidth: number;
  readonly boxHeight: number;
  readonly at: Readonly<Record<State, readonly [x: number, y: number]>>;
}

/** Columns and rows of the centres of the boxes. */
type Grid = Readonly<Record<State, readonly [column: number, row: number]>>;

const WIDE_GRID: Grid = {
  UNHOLDING: [1, 0],
  HELD: [2, 0],
  HOLDING: [3, 0],
  IDLE: [0, 1],
  STARTING: [1, 1],
  EXECUTE: [2, 1],
  COMPLETING: [3, 1],
  COMPLETE: [4, 1],
  UNSUSPENDING: [1, 2],
  SUSPENDED: [2, 2],
  SUSPENDING: [3, 2],
  RESETTING: [0, 3],
  STOPPED: [1, 3],
  STOPPING: [2, 3],
  CLEARING: [1, 4],
  ABORTED: [2, 4],
  ABORTING: [3, 4],
};
/** Three columns for a phone: the run goes down, the stops stand beneath. */
const NARROW_GRID: Grid = {
  IDLE: [0, 1],
  STARTING: [1, 1],
  UNHOLDING: [0, 0],
  HELD: [1, 0],
  HOLDING: [2, 0],
  EXECUTE: [1, 2],
  COMPLETING: [2, 2],
  COMPLETE: [2, 3],
  UNSUSPENDING: [0, 3],
  SUSPENDED: [0, 4],
  SUSPENDING: [1, 4],
  RESETTING: [0, 2],
  STOPPED: [0, 5],
  STOPPING: [1, 5],
  CLEARING: [0, 6],
  ABORTED: [1, 6],
  ABORTING: [2, 6],
};

function layout(grid: Grid, columnPx: number, rowPx: number, boxWidth: number, boxHeight: number): Layout {
  const places = Object.entries(grid) as [State, readonly [number, number]][];
  const at = Object.fromEntries(
    places.map(([state, [column, row]]) => [state, [(column + 0.5) * columnPx, (row + 0.5) * rowPx]]),
  ) as unknown as Layout['at'];
  const most = (i: 0 | 1): number => 1 + Math.max(...places.map(([, place]) => place[i]));
  return { width: most(0) * columnPx, height: most(1) * rowPx, boxWidth, boxHeight, at };
}

export const WIDE = layout(WIDE_GRID, 172, 68, 128, 42);
export const NARROW = layout(NARROW_GRID, 120, 58, 110, 40);

type Point = readonly [x: number, y: number];

/** Where the line from the centre of a box towards `to` leaves it, `gap` outside. */
function edgeOf({ boxWidth, boxHeight }: Layout, [x, y]: Point, [toX, toY]: Point, gap: number): Point {
  const [dx, dy] = [toX - x, toY - y];
  const length = Math.hypot(dx, dy) || 1;
  const reach = Math.min(
    Math.abs(dx) < 1e-6 ? Number.POSITIVE_INFINITY : boxWidth / 2 / Math.abs(dx),
    Math.abs(dy) < 1e-6 ? Number.POSITIVE_INFINITY : boxHeight / 2 / Math.abs(dy),
  );
  const share = reach + gap / length;
  return [x + dx * share, y + dy * share];
}

/** The path of a way; long ones bend, so that they do not run through the boxes between. */
export function pathOf(own: Layout, { from, to }: Pick<Way, 'from' | 'to'>): string {
  const [a, b] = [own.at[from], own.at[to]];
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
  const length = Math.hypot(dx, dy);
  // Around everything: no straight line from one end of the picture to the other misses all boxes.
  const isAround = from === 'COMPLETE' && to === 'RESETTING' && own === WIDE;
  if (isAround) return around(own, a, b);
  const isNear = length < 1.2 * Math.max(own.width / 5, own.boxWidth * 1.4) && (dx === 0 || dy === 0);
  const bend = isNear ? 0 : Math.min(46, 0.16 * length);
  const middle: Point = [
    (a[0] + b[0]) / 2 - (bend * 2 * dy) / length,
    (a[1] + b[1]) / 2 + (bend * 2 * dx) / length,
  ];
  const [x1, y1] = edgeOf(own, a, middle, 2);
  const [x2, y2] = edgeOf(own, b, middle, 5);
  const f = (value: number): string => value.toFixed(1);
  return `M${f(x1)} ${f(y1)}Q${f(middle[0])} ${f(middle[1])} ${f(x2)} ${f(y2)}`;
}

/** Down beside the last column, along the bottom, up beneath the first one. */
function around({ height, boxHeight, boxWidth }: Layout, [x1, y1]: Point, [x2, y2]: Point): string {
  const bottom = height - 6;
  const right = x1 + boxWidth / 4;
  const left = x2;
  return `M${right} ${y1 + boxHeight / 2}V${bottom - 12}Q${right} ${bottom} ${right - 12} ${bottom}H${left + 12}Q${left} ${bottom} ${left} ${bottom - 12}V${y2 + boxHeight / 2 + 5}`;
}
