/** The runs that are shown, each with its place on the common axis; and what of the axis is shown. */
import { computed, effect, signal } from '@preact/signals';
import type { Channel } from '../../controller/wire/channels.ts';
import type { AxisHandle } from '../chart/gestures.ts';
import { t } from '../language.ts';
import { telemetry } from '../session.ts';
import type { View } from '../store/decimate.ts';
import type { Polyline } from '../store/polyline.ts';
import { series, seriesOf } from '../wall/state.ts';
import { type Alignment, align, isAligned, type Landmarks, type Unaligned } from './align.ts';
import type { Reading } from './blocks.ts';
import {
  alignCycle,
  alignment,
  alignState,
  type Chosen,
  cursors,
  fileOf,
  LIVE,
  shownRuns,
  window,
} from './chosen.ts';
import { HeldRecord } from './held-record.ts';
import type { KeyFigures } from './key-figures.ts';
import { liveFigures, liveLandmarks } from './live-run.ts';
import { startText } from './run-list.ts';

const held = signal<ReadonlyMap<string, HeldRecord>>(new Map());
export const heldRecord = (key: string): HeldRecord | undefined => held.value.get(key);

/** Reads what is chosen and lets go of the rest; returns what ends that. What was read stays until then. */
export const holdRecords = (): (() => void) =>
  effect(() => {
    const before = held.peek();
    const wanted = shownRuns.value.filter(({ key }) => key !== LIVE);
    const after = new Map(wanted.map(({ key }) => [key, before.get(key) ?? open(key)]));
    for (const [key, record] of before) if (!after.has(key)) record.close();
    held.value = after;
  });

function open(key: string): HeldRecord {
  const file = fileOf(key);
  return file === undefined ? HeldRecord.ofRun(key) : new HeldRecord({ file });
}

/** A run that is there to be drawn. */
export interface RunOnAxis extends Chosen {
  /** Its place among those that are shown: letter and colour. */
  readonly at: number;
  readonly landmarks: Landmarks;
  readonly figures: () => KeyFigures;
  readonly trace: (id: string, view: View, out: Polyline) => void;
  readonly read: (id: string, timeS: number) => Reading | undefined;
  readonly placed: Alignment | Unaligned;
}

const halves = (id: string): [group: string, name: string] => {
  const at = id.indexOf('.');
  return [id.slice(0, at), id.slice(at + 1)];
};

interface Kept {
  readonly landmarks: Landmarks;
  readonly wish: string;
  readonly placed: Alignment | Unaligned;
}
/** An alignment by cycles is an array as long as the run: made when something changed, not with every picture. */
const kept = new Map<string, Kept>();

function place(key: string, offsetS: number, landmarks: Landmarks): Alignment | Unaligned {
  const wish = { kind: alignment.value, state: alignState.value, cycle: alignCycle.value, offsetS };
  const text = JSON.stringify(wish);
  const before = kept.get(key);
  if (before?.landmarks === landmarks && before.wish === text) return before.placed;
  const placed = align(landmarks, wish);
  kept.set(key, { landmarks, wish: text, placed });
  return placed;
}

function liveOnAxis(one: Chosen, at: number): RunOnAxis {
  const landmarks = liveLandmarks();
  return {
    ...one,
    at,
    landmarks,
    figures: liveFigures,
    placed: place(one.key, one.offsetS, landmarks),
    trace(id, view, out) {
      const one = seriesOf(id);
      if (one === undefined) out.clear();
      else one.trace(view, out);
    },
    read(id, timeS) {
      const value = seriesOf(id)?.readAt(timeS) ?? Number.NaN;
      return Number.isNaN(value) ? undefined : { low: value, high: value };
    },
  };
}

function onAxis(one: Chosen, at: number): RunOnAxis | undefined {
  if (one.key === LIVE) return telemetry.tick.length > 0 ? liveOnAxis(one, at) : undefined;
  const record = held.value.get(one.key);
  const state = record?.state.value;
  if (record === undefined || state?.phase !== 'open') return undefined;
  const { landmarks, figures } = state.record;
  return {
    ...one,
    at,
    landmarks,
    figures: () => figures,
    placed: place(one.key, one.offsetS, landmarks),
    trace: (id, view, out) => record.trace(...halves(id), view, out),
    read: (id, timeS) => record.read(...halves(id), timeS),
  };
}

/** Those whose records are open; the live one as it is at this moment. */
export const runsOnAxis = (): RunOnAxis[] => shownRuns.value.flatMap((one, at) => onAxis(one, at) ?? []);

/** Differs where a picture of them would. */
export function runsLook(): string {
  const chosen = shownRuns.value.map(({ key, offsetS }) => {
    const version =
      key === LIVE ? telemetry.tick.total + telemetry.cycle.total : held.value.get(key)?.version.value;
    return `${key} ${offsetS} ${version}`;
  });
  return [...chosen, alignment.value, alignState.value, alignCycle.value].join(' ');
}

/** Every channel of every run that is shown. */
export const channelsKnown = computed<ReadonlyMap<string, Channel>>(() => {
  const known = new Map<string, Channel>();
  for (const one of series.value) known.set(one.id, one);
  for (const record of held.value.values()) {
    const state = record.state.value;
    if (state.phase !== 'open') continue;
    for (const group of Object.keys(state.record.blocks) as (keyof typeof state.record.blocks)[])
      for (const channel of state.record.tables[group] ?? []) known.set(`${group}.${channel.name}`, channel);
  }
  return known;
});

export const letterOf = (at: number): string => String.fromCharCode(65 + at);

/** What a run is called where it is told from the others. */
export function nameOf({ key }: Chosen, at: number): string {
  if (key === LIVE) return `${letterOf(at)} ${t('live run')}`;
  const file = fileOf(key);
  if (file !== undefined) return `${letterOf(at)} ${file.name}`;
  const state = held.value.get(key)?.state.value;
  return `${letterOf(at)} ${state?.phase === 'open' ? startText(state.record.facts.started) : key}`;
}

interface Ends {
  readonly fromS: number;
  readonly toS: number;
}

/** Of all that can be drawn, one whole cycle where cycles are folded; in units of the axis. */
function extent(): Ends | null {
  if (alignment.value === 'phase') return { fromS: 0, toS: 100 };
  let [fromS, toS] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { placed, landmarks } of runsOnAxis()) {
    if (!isAligned(placed)) continue;
    fromS = Math.min(fromS, placed.xOf(landmarks.fromS));
    toS = Math.max(toS, placed.xOf(landmarks.toS));
  }
  return fromS < toS ? { fromS, toS } : null;
}

/** What is shown of the axis; null where nothing is there to be shown. */
export function shownEnds(): Ends | null {
  const all = extent();
  const fromS = window.from.value ?? all?.fromS;
  const toS = window.to.value ?? all?.toS;
  return fromS === undefined || toS === undefined || !(fromS < toS) ? null : { fromS, toS };
}

function show(fromS: number, toS: number): void {
  if (!(toS - fromS > 1e-3)) return;
  window.from.value = fromS;
  window.to.value = toS;
}

export function showAll(): void {
  window.from.value = window.to.value = null;
}

export const hover = signal<number | null>(null);

/** What gestures and keys do to it. */
export const runAxis: AxisHandle = {
  hover,
  cursors,
  shown: shownEnds,
  pan(shares) {
    const ends = shownEnds();
    if (ends === null) return;
    const by = shares * (ends.toS - ends.fromS);
    show(ends.fromS + by, ends.toS + by);
  },
  zoom(factor, share = 0.5) {
    const ends = shownEnds();
    if (ends === null) return;
    const span = ends.toS - ends.fromS;
    const about = ends.fromS + share * span;
    show(about - share * span * factor, about + (1 - share) * span * factor);
  },
  box: (one, other) => show(Math.min(one, other), Math.max(one, other)),
  pin(x) {
    const { first, second } = cursors;
    if (first.value === null) first.value = x;
    else if (second.value === null) second.value = x;
    else first.value = second.value = null;
  },
};

/** Where values are read: under the pointer, else at the first cursor. */
export function readX(): number | null {
  const ends = hover.value === null ? null : shownEnds();
  return ends === null || hover.value === null
    ? cursors.first.value
    : ends.fromS + hover.value * (ends.toS - ends.fromS);
}
