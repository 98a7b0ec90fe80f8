/**
 * Turns whole sentences of one language into another by patterns: `Cell {{cell}} is at {{measured}} °C.` What is filled
 * in is said in turn where it is a pattern itself, and stays as it is otherwise: numbers, keys, names. The name says more
 * of it: `{{why}}` is a sentence or several, `{{note}}` what a person or a device wrote, and `{{known}}` has to be a
 * pattern, or the whole does not fit. Pure but for its memory.
 */

export interface Phrase {
  readonly text: string;
  readonly lang: string;
}

/** What is said, piece by piece: a sentence that no pattern fits stays as it is, in its own language. */
export type Speaker = (sentences: string) => readonly Phrase[];

/** Where one sentence ends and the next begins. */
const BOUNDARY = /(?<=[.!?]) (?=\p{Lu})/u;
/** What is filled in within a sentence ends neither it nor what stands before its colon. */
const WITHIN_SENTENCE = '((?:(?![.!?] \\p{Lu}|: ).)+?)';
const HAN = /\p{Script=Han}/u;
const PLACE = /\{\{(\w+)\}\}/;
/** What is heard again and again is looked for once; so much is kept of it. */
const KEPT = 500;

interface Pattern {
  /** Null where it begins with what is filled in. */
  readonly firstWord: string | null;
  readonly shape: RegExp;
  /** Of what is filled in, in its order. */
  readonly names: readonly string[];
  /** Text and names by turns. */
  readonly said: readonly string[];
  /** Letters that have to be there: the more, the more exactly it fits. */
  readonly weight: number;
}

/** `from`, `to`: the two languages; `patterns`: what is said in the one, and how in the other. */
export function createSpeaker(patterns: Readonly<Record<string, string>>, from: string, to: string): Speaker {
  const all = Object.entries(patterns)
    .map(patternOf)
    .toSorted((a, b) => b.weight - a.weight);
  const byWord = new Map<string, readonly Pattern[]>();
  const known = new Map<string, readonly Phrase[]>();

  /** A person may have written in the other language, and the page itself fills in its own. */
  const langOf = (text: string): string => (HAN.test(text) ? to : from);

  function candidates(word: string): readonly Pattern[] {
    const found = byWord.get(word) ?? all.filter(({ firstWord }) => firstWord === null || firstWord === word);
    byWord.set(word, found);
    return found;
  }

  /** By one pattern; null where none fits. */
  function whole(text: string): readonly Phrase[] | null {
    for (const pattern of candidates(firstWordOf(text))) {
      const match = pattern.shape.exec(text);
      if (match === null) continue;
      const filled = new Map(pattern.names.map((name, i) => [name, fill(name, match[i + 1])]));
      if ([...filled.values()].includes(null)) continue;
      return joined(
        pattern.said.flatMap((piece, i) => (i % 2 === 0 ? [said(piece)] : (filled.get(piece) ?? []))),
      );
    }
    return null;
  }

  const said = (text: string): Phrase => ({ text, lang: to });

  function fill(name: string, text: string): readonly Phrase[] | null {
    if (name.startsWith('known')) return whole(text);
    if (name.startsWith('note')) return [said(text)];
    if (name.startsWith('why')) return say(text);
    return whole(text) ?? [said(text.split(', ').map(term).join('、'))];
  }

  const term = (text: string): string =>
    whole(text)
      ?.map((phrase) => phrase.text)
      .join('') ?? text;

  function say(text: string): readonly Phrase[] {
    const atOnce = whole(text);
    if (atOnce !== null) return atOnce;
    const sentences = text.split(BOUNDARY);
    const phrases: Phrase[] = [];
    for (let at = 0; at < sentences.length; ) {
      let end = sentences.length;
      let found = null;
      while (end > at && found === null) found = whole(sentences.slice(at, end--).join(' '));
      phrases.push(...(found ?? [{ text: ` ${sentences[at]} `, lang: langOf(sentences[at]) }]));
      at = found === null ? at + 1 : end + 1;
    }
    return joined(phrases);
  }

  return (sentences) => {
    const before = known.get(sentences);
    if (before !== undefined) return before;
    if (known.size >= KEPT) known.clear();
    const phrases = trimmed(say(sentences));
    known.set(sentences, phrases);
    return phrases;
  };
}

const firstWordOf = (text: string): string => text.split(' ', 1)[0] ?? '';

function patternOf([english, chinese]: readonly [string, string]): Pattern {
  const pieces = english.split(PLACE);
  const shape = pieces.map((piece, i) =>
    i % 2 === 0 ? escaped(piece) : /^(why|note)/.test(piece) ? '(.+)' : WITHIN_SENTENCE,
  );
  const word = firstWordOf(english);
  return {
    firstWord: PLACE.test(word) ? null : word,
    shape: new RegExp(`^${shape.join('')}$`, 'u'),
    names: pieces.filter((_, i) => i % 2 === 1),
    said: chinese.split(PLACE),
    weight: pieces.reduce((sum, piece, i) => (i % 2 === 0 ? sum + piece.length : sum), 0),
  };
}

const escaped = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&');

/** Neighbours of one language are one phrase. */
function joined(phrases: readonly Phrase[]): readonly Phrase[] {
  const all: Phrase[] = [];
  for (const { text, lang } of phrases) {
    const last = all.at(-1);
    if (last?.lang === lang) all[all.length - 1] = { text: (last.text + text).replaceAll('  ', ' '), lang };
    else if (text !== '') all.push({ text, lang });
  }
  return all;
}

/** A space stands between sentences of two languages, and nowhere else. */
function trimmed(phrases: readonly Phrase[]): readonly Phrase[] {
  const last = phrases.length - 1;
  return phrases.map(({ text, lang }, i) => {
    const begun = i === 0 ? text.trimStart() : text;
    return { text: i === last ? begun.trimEnd() : begun, lang };
  });
}
