/**
 * What a person chose to look at stands in the address, so that a link restores the exact view:
 * `#/VIEW?key=value&...`. A value at its default is left out. Only what is shown belongs here, never what is asked of
 * the machine: opening a link must not move anything.
 */
import { effect, type Signal, signal } from '@preact/signals';

export const VIEWS = ['live', 'channels', 'cycle', 'machine', 'operate', 'study'] as const;
export type View = (typeof VIEWS)[number];

export interface Codec<T> {
  /** The text in the address. */
  write(value: T): string;
  /** Undefined where the text means nothing: the default is then kept. */
  read(text: string): T | undefined;
}

interface Link {
  readonly text: () => string | null;
  readonly take: (text: string | null) => void;
}

/** Safari refuses more than a hundred changes of the address in 30 s. */
const WRITE_EVERY_MS = 400;

const links = new Map<string, Link>();

function split(hash: string): { readonly view: View; readonly query: URLSearchParams } {
  const [path, query = ''] = hash.replace(/^#\/?/, '').split('?', 2);
  return { view: VIEWS.find((name) => name === path) ?? 'live', query: new URLSearchParams(query) };
}

let asked = split(location.hash);
export const view = signal<View>(asked.view);

/** Address of a view, everything else as it is but for what is `changed`, written as its codec writes it. */
export const addressOf = (name: View, changed: Readonly<Record<string, string>> = {}): string => {
  const query = new URLSearchParams();
  for (const [key, link] of links) {
    const text = changed[key] ?? link.text();
    if (text !== null) query.set(key, text);
  }
  const words = query.toString();
  return `#/${name}${words === '' ? '' : `?${words}`}`;
};

/** A signal that lives in the address under `key`, which must be one of its kind. */
export function linked<T>(key: string, initial: T, codec: Codec<T>): Signal<T> {
  if (links.has(key)) throw new RangeError(`two signals want to live in the address as ${key}`);
  const own = signal(initial);
  const take = (text: string | null): void => {
    own.value = text === null ? initial : (codec.read(text) ?? initial);
  };
  const plain = codec.write(initial);
  links.set(key, {
    take,
    text: () => {
      const text = codec.write(own.value);
      return text === plain ? null : text;
    },
  });
  take(asked.query.get(key));
  effect(() => {
    if (codec.write(own.value) !== null) writeSoon();
  });
  return own;
}

let waiting: ReturnType<typeof setTimeout> | undefined;
/** As it was taken or written last. */
let known = location.hash;

function writeSoon(): void {
  waiting ??= setTimeout(() => {
    waiting = undefined;
    // Somebody changed it and the event is on its way: what it says is newer than what is here.
    if (location.hash !== known) return;
    history.replaceState(null, '', addressOf(view.peek()));
    known = location.hash;
  }, WRITE_EVERY_MS);
}

addEventListener('hashchange', () => {
  known = location.hash;
  asked = split(location.hash);
  view.value = asked.view;
  for (const [key, link] of links) link.take(asked.query.get(key));
});

export const oneOf = <T extends string>(...allowed: readonly T[]): Codec<T> => ({
  write: (value) => value,
  read: (text) => allowed.find((one) => one === text),
});

/** A number, `decimals` of it; infinities are words. */
export const aNumber = (decimals = 3): Codec<number> => ({
  write: (value) => String(Number(value.toFixed(decimals))),
  read: (text) => (text.trim() === '' || Number.isNaN(Number(text)) ? undefined : Number(text)),
});
