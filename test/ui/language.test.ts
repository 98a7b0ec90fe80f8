/** Every word that a person reads stands in both languages, and no translation is left over. */
import { expect, it } from 'vitest';
import { listFiles, readSource } from '../house/source-files.ts';

/** Not the mechanism, whose comment shows how to ask. */
const PAGE = listFiles('ui').filter((path) => /\.tsx?$/.test(path) && path !== 'ui/language.ts');
const sources = PAGE.map((path) => ({ path, source: readSource(path) }));

/** `t('words'`, in either quote, over as many lines as it takes. */
const ASKED = /(?<![\w.])t\(\s*('(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*")/g;

const wordsOf = (literal: string): string =>
  literal
    .slice(1, -1)
    .replaceAll(/\\u([0-9a-f]{4})|\\(.)/gi, (_, code: string | undefined, one: string) =>
      code === undefined ? one : String.fromCharCode(Number.parseInt(code, 16)),
    );

const asked = sources.flatMap(({ path, source }) =>
  [...source.matchAll(ASKED)].map(([, literal]) => ({ path, words: wordsOf(literal) })),
);

const files = listFiles('ui/language').filter((path) => path.endsWith('.json'));
const translated = files.map((path) => ({
  path,
  words: JSON.parse(readSource(path)) as Record<string, string>,
}));
const chinese = new Map(translated.flatMap(({ words }) => Object.entries(words)));

const holes = (words: string): string[] =>
  [...words.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name).toSorted();

it('finds what the page says', () => {
  expect(asked.length).toBeGreaterThan(300);
});

it('everything the page says is said in Chinese', () => {
  expect(
    asked.filter(({ words }) => !chinese.has(words)).map(({ path, words }) => `${path}: ${words}`),
  ).toEqual([]);
});

it('no file of Chinese is forgotten by the page', () => {
  const imported = readSource('ui/language.ts');
  for (const path of files) expect(imported).toContain(path.replace('ui/', './'));
});

it('no words are translated in two files to two things', () => {
  const all = translated.flatMap(({ path, words }) =>
    Object.entries(words).map(([key, text]) => ({ path, key, text })),
  );
  const other = all.filter(({ key, text }) => chinese.get(key) !== text);
  expect(other.map(({ path, key }) => `${path}: ${key}`)).toEqual([]);
});

it('what is filled in is filled in both languages', () => {
  const wrong = [...chinese].filter(([words, text]) => holes(words).join() !== holes(text).join());
  expect(wrong).toEqual([]);
});

it('no translation is left over', () => {
  // Words are also asked for by a variable: they then stand somewhere as a string of their own.
  const said = sources.map(({ source }) => source).join('\n');
  const wire = listFiles('controller/wire')
    .filter((path) => path.endsWith('.ts'))
    .map(readSource)
    .join('\n');
  const quoted = (words: string): boolean =>
    [`'${words.replaceAll("'", "\\'")}'`, `"${words}"`, `\`${words}\``, ` ${words}:`].some(
      (literal) => said.includes(literal) || wire.includes(literal),
    );
  expect(
    [...chinese.keys()].filter((words) => !asked.some((one) => one.words === words) && !quoted(words)),
  ).toEqual([]);
});
