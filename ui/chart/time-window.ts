/** The one time axis of all charts: what it shows, who moves it, and the cursors on it. All of it lives in the address. */
import { batch, computed, signal } from '@preact/signals';
import { aNumber, type Codec, linked } from '../address.ts';
import { telemetry } from '../session.ts';
import type { AxisHandle } from './gestures.ts';
import {
  AxisHistory,
  boxed,
  following,
  panned,
  paused,
  type Stretch,
  type TimeAxis,
  zoomed,
} from './time-axis.ts';

export const WINDOWS = [
  { label: '15 s', seconds: 15 },
  { label: '1 min', seconds: 60 },
  { label: '10 min', seconds: 600 },
  { label: 'all', seconds: Number.POSITIVE_INFINITY },
] as const;

/** A time on the rig's clock in s, to 0.1 ms, or none. */
const aTime: Codec<number | null> = {
  write: (value) => (value === null ? '' : aNumber(4).write(value)),
  read: (text) => {
    const value = aNumber(4).read(text);
    return value === undefined || !Number.isFinite(value) ? undefined : value;
  },
};
const aSpan: Codec<number> = {
  write: (value) => aNumber(4).write(value),
  read: (text) => {
    const value = aNumber(4).read(text);
    return value !== undefined && value > 0 ? value : undefined;
  },
};

export const windowS = linked('window', 60, aSpan);
/** Right edge where the picture stands; null while it follows the rig's clock. */
export const untilS = linked<number | null>('until', null, aTime);
/** Times that were pinned: the second is there for differences. */
export const cursors = {
  first: linked<number | null>('a', null, aTime),
  second: linked<number | null>('b', null, aTime),
} as const;
/** Place of the pointer, as a share of the window from its left edge; null while it is nowhere. */
export const hover = signal<number | null>(null);
export const isPaused = computed(() => untilS.value !== null);

const past = new AxisHistory();
/** How many steps can be taken back. */
export const stepsBack = signal(0);

/** How far the axis runs on without data, as a share of the window. */
const RUN_ON = 0.3;

const liveEdgeS = (nowMs: number): number =>
  telemetry.clock.nowS(nowMs, RUN_ON * Math.min(windowS.peek(), 600));

/** Right edge of every chart now: where it stands, else the rig's clock, running on for a while through silence. */
export const rightEdgeS = (nowMs: number): number => untilS.peek() ?? liveEdgeS(nowMs);

/** Of all that is kept, samples and summary. */
function oldestS(toS: number): number {
  const { tick, cycle, streams } = telemetry;
  const firsts = [streams.stream.firstTimeS, streams.summary.firstTimeS];
  if (tick.length > 0) firsts.push(tick.firstTimeS);
  if (cycle.length > 0) firsts.push(cycle.firstTimeS);
  return Math.min(toS, ...firsts.filter((timeS) => !Number.isNaN(timeS)));
}

/** Length of the window in s; `all` reaches back to the oldest row kept. */
export function shownS(toS: number): number {
  return Number.isFinite(windowS.value) ? windowS.value : Math.max(15, toS - oldestS(toS));
}

/** What is shown now; null before the first reading. */
export function shown(): Stretch | null {
  const toS = rightEdgeS(performance.now());
  return Number.isNaN(toS) ? null : { fromS: toS - shownS(toS), toS };
}

function show(next: TimeAxis): void {
  const before = { spanS: windowS.peek(), untilS: untilS.peek() };
  if (before.spanS === next.spanS && before.untilS === next.untilS) return;
  past.leave(before, next, performance.now());
  take(next);
}

function take({ spanS, untilS: edgeS }: TimeAxis): void {
  batch(() => {
    windowS.value = spanS;
    untilS.value = edgeS;
    stepsBack.value = past.depth;
  });
}

const axisNow = (): TimeAxis => ({ spanS: windowS.peek(), untilS: untilS.peek() });

/** Begins from what is shown; nothing happens before the first reading. */
function change(to: (now: Stretch) => TimeAxis): void {
  const now = shown();
  if (now !== null) show(to(now));
}

export const showSpan = (spanS: number): void => show({ spanS, untilS: untilS.peek() });
export const pause = (): void => change(paused);
export const goLive = (): void => show(following(windowS.peek()));
export const togglePause = (): void => (isPaused.peek() ? goLive() : pause());
export const zoom = (factor: number, share = 0.5): void =>
  change((now) => zoomed(axisNow(), now, factor, share));
export const pan = (shares: number): void => change((now) => panned(now, shares, kept(now)));
export const box = (oneS: number, otherS: number): void => change(() => boxed(oneS, otherS));
export const goOldest = (): void =>
  change((now) => ({ spanS: now.toS - now.fromS, untilS: kept(now).fromS + (now.toS - now.fromS) }));

const kept = (now: Stretch): Stretch => ({ fromS: oldestS(now.toS), toS: liveEdgeS(performance.now()) });

/** Takes the last zoom or move back. */
export function back(): void {
  const before = past.back();
  if (before !== undefined) take(before);
}

/** Pins the first cursor, then the second; a third time takes both away. */
export function pin(timeS: number): void {
  const { first, second } = cursors;
  batch(() => {
    if (first.value === null) first.value = timeS;
    else if (second.value === null) second.value = timeS;
    else clearCursors();
  });
}

export function clearCursors(): void {
  batch(() => {
    cursors.first.value = null;
    cursors.second.value = null;
  });
}

/** Device time under the pointer; null while there is none. */
export function pointedS(): number | null {
  const share = hover.value;
  const now = share === null ? null : shown();
  return share === null || now === null ? null : now.fromS + share * (now.toS - now.fromS);
}

/** Where values are read: under the pointer, else at the first cursor, else null for the newest. */
export const readS = (): number | null => pointedS() ?? cursors.first.value;

export const timeAxis: AxisHandle = { hover, cursors, shown, pan, zoom, box, pin };
