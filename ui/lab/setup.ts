/**
 * What the playground is asked, as it stands in the address: a machine, every changed value, and what is pinned beside
 * it. Loaded with the page, so that the address keeps them before the playground itself is there.
 */
import { type Codec, linked } from '../address.ts';

export interface Setup {
  /** '' for the first one there is. */
  readonly machine: string;
  /** By `group.key`, each with its unit. */
  readonly changes: ReadonlyMap<string, string>;
}

/** Stays itself in an address, and is no letter of a key. */
const BETWEEN = '*';
const packed = (text: string): string => text.replaceAll('%', '%25').replaceAll(BETWEEN, '%2A');
const unpacked = (text: string): string => text.replaceAll('%2A', BETWEEN).replaceAll('%25', '%');

/** `recipe.frequency*2.5 Hz*operation.lift*10 K`; undefined where a key has no value. */
export const changesCodec: Codec<ReadonlyMap<string, string>> = {
  write: (changes) => [...changes].flat().map(packed).join(BETWEEN),
  read(text) {
    if (text === '') return new Map();
    const words = text.split(BETWEEN).map(unpacked);
    if (words.length % 2 === 1) return undefined;
    return new Map(words.flatMap((word, i) => (i % 2 === 0 ? [[word, words[i + 1]] as const] : [])));
  },
};

/** The machine before its changes; '' for none. */
export const setupCodec: Codec<Setup | null> = {
  write: (setup) =>
    setup === null
      ? ''
      : [packed(setup.machine), changesCodec.write(setup.changes)].filter(Boolean).join(BETWEEN),
  read(text) {
    if (text === '') return null;
    const [machine, ...rest] = text.split(BETWEEN);
    const changes = changesCodec.read(rest.join(BETWEEN));
    return changes && { machine: unpacked(machine), changes };
  },
};

export const machine = linked<string>('preset', '', { write: (key) => key, read: (key) => key });
export const changes = linked('set', new Map() as ReadonlyMap<string, string>, changesCodec);
export const pinnedSetup = linked<Setup | null>('pinned', null, setupCodec);

export const isSame = (one: Setup | null, other: Setup | null): boolean =>
  setupCodec.write(one) === setupCodec.write(other);
