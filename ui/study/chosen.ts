/** What a person laid over one another, and how: all of it lives in the address but own files, which no link can carry. */
import { batch, computed, signal } from '@preact/signals';
import { RUN_ID } from '../../controller/wire/record/run-facts.ts';
import { aNumber, type Codec, linked, oneOf } from '../address.ts';
import { ALIGNMENTS, type AlignmentKind } from './align.ts';

export const MOST_RUNS = 6;
export const MOST_CHANNELS = 8;
/** The run of now, from what this page holds of it. */
export const LIVE = 'live';

export interface Chosen {
  /** Id of a run of this server, `live`, or `file` and a number. */
  readonly key: string;
  /** Moves it to later, s. */
  readonly offsetS: number;
}

interface OwnFile extends Chosen {
  readonly file: File;
}

function readChosen(word: string): Chosen | undefined {
  const [key, offset = '0'] = word.split('~', 2);
  const offsetS = aNumber().read(offset);
  const isOdd = (key !== LIVE && !RUN_ID.test(key)) || offsetS === undefined || !Number.isFinite(offsetS);
  return isOdd ? undefined : { key, offsetS };
}

/** `20261128-174531-84j5tj live~2.5`: what means nothing is left out, and nothing is taken twice. */
export const chosenCodec: Codec<readonly Chosen[]> = {
  write: (list) =>
    list.map(({ key, offsetS }) => (offsetS === 0 ? key : `${key}~${aNumber().write(offsetS)}`)).join(' '),
  read: (text) => {
    const found = text.split(' ').flatMap((word) => readChosen(word) ?? []);
    return found
      .filter(({ key }, at) => found.findIndex((one) => one.key === key) === at)
      .slice(0, MOST_RUNS);
  },
};

const CHANNEL_ID = /^[a-z]+\.\w+$/;
const channelsCodec: Codec<readonly string[]> = {
  write: (ids) => ids.join(' '),
  read: (text) => [...new Set(text.split(' '))].filter((id) => CHANNEL_ID.test(id)).slice(0, MOST_CHANNELS),
};

const aPlace: Codec<number | null> = {
  write: (value) => (value === null ? '' : aNumber(4).write(value)),
  read: (text) => {
    const value = aNumber(4).read(text);
    return value === undefined || !Number.isFinite(value) ? undefined : value;
  },
};

export const chosen = linked<readonly Chosen[]>('runs', [], chosenCodec);
const ownFiles = signal<readonly OwnFile[]>([]);
export const channels = linked<readonly string[]>(
  'run-channels',
  ['tick.room_C', 'cycle.cooling_power_W', 'cycle.cop_system'],
  channelsCodec,
);
export const alignment = linked<AlignmentKind>('run-align', 'start', oneOf(...ALIGNMENTS));
export const alignState = linked('run-state', 'EXECUTE', {
  write: (state) => state,
  read: (text) => (/^[A-Z_]{1,40}$/.test(text) ? text : undefined),
});
/** Which cycle of each run is folded, from 1. */
export const alignCycle = linked('run-cycle', 1, {
  write: String,
  read: (text) => (/^[1-9]\d{0,8}$/.test(text) ? Number(text) : undefined),
});
/** What the model beside the rig expected is drawn where a channel has it. */
export const showsModel = linked<'yes' | 'no'>('run-model', 'yes', oneOf('yes', 'no'));
/** Ends of the axis; null where all is shown. */
export const window = { from: linked('run-from', null, aPlace), to: linked('run-to', null, aPlace) };
export const cursors = { first: linked('run-a', null, aPlace), second: linked('run-b', null, aPlace) };

/** In the order of their colours. */
export const shownRuns = computed<readonly Chosen[]>(() => [...chosen.value, ...ownFiles.value]);
export const hasRoom = computed(() => shownRuns.value.length < MOST_RUNS);
export const fileOf = (key: string): File | undefined => ownFiles.peek().find((one) => one.key === key)?.file;

export function choose(key: string): void {
  if (hasRoom.peek() && !shownRuns.peek().some((one) => one.key === key))
    chosen.value = [...chosen.peek(), { key, offsetS: 0 }];
}

let files = 0;
/** Own records, as many as there is room for; returns how many there was none for. */
export function addFiles(list: readonly File[]): number {
  const room = MOST_RUNS - shownRuns.peek().length;
  const taken = list.slice(0, room).map((file) => ({ key: `file${++files}`, offsetS: 0, file }));
  ownFiles.value = [...ownFiles.peek(), ...taken];
  return list.length - taken.length;
}

export function takeAway(key: string): void {
  const others = <T extends Chosen>(list: readonly T[]): T[] => list.filter((one) => one.key !== key);
  batch(() => {
    chosen.value = others(chosen.peek());
    ownFiles.value = others(ownFiles.peek());
  });
}

export function moveBy(key: string, offsetS: number): void {
  const moved = <T extends Chosen>(list: readonly T[]): T[] =>
    list.map((one) => (one.key === key ? { ...one, offsetS } : one));
  batch(() => {
    chosen.value = moved(chosen.peek());
    ownFiles.value = moved(ownFiles.peek());
  });
}

/** Places on one axis mean nothing on another. */
export function alignAnew(change: () => void): void {
  batch(() => {
    change();
    for (const place of [window.from, window.to, cursors.first, cursors.second]) place.value = null;
  });
}
