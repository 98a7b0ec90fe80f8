/** Every word that a person reads stands in both languages, and no translation is left over. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { rigDictionary } from '../../controller/virtual-rig/rig-dictionary.ts';
import { pageGlobals } from './page-globals.ts';
import { titlePattern } from '../../ui/language/channel-title.ts';
import { isModule, listFiles, readSource, ROOT, withoutComments } from '../house/source-files.ts';

/** `t('...')`, in either quote, over as many lines as it takes. */
const CALL = /(?<![\w.])t\(\s*(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")/g;
const FOLDER = 'ui/language';

const dictionaries = [
  'zh-Hant.json',
  ...readdirSync(join(ROOT, FOLDER, 'zh-Hant')).map((name) => `zh-Hant/${name}`),
];
const entries = dictionaries.flatMap((file) =>
  Object.entries(JSON.parse(readSource(`${FOLDER}/${file}`)) as Record<string, string>).map(
    ([english, chinese]) => ({
      file,
      english,
      chinese,
    }),
  ),
);
const sources = listFiles()
  .filter((path) => path.startsWith('ui/') && isModule(path))
  .map((path) => ({ path, text: withoutComments(readSource(path)) }));

const placeholders = (text: string): string[] =>
  [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name).toSorted();
/** As the program sees it. */
const unquoted = (text: string): string => text.replaceAll(/\\(.)/g, '$1');

const streamTitles = rigDictionary(true).dictionary.channels.map(({ help, name }) =>
  titlePattern(help ?? name),
);

describe('the two languages of the page', () => {
  it('has the Chinese for every channel that a virtual rig streams', () => {
    const known = new Set(entries.map(({ english }) => english));
    expect(pageGlobals.location.hash).toBe('');
    expect(streamTitles.filter((title) => !known.has(title))).toEqual([]);
  });

  it('has the Chinese for everything that is said', () => {
    const known = new Set(entries.map(({ english }) => english));
    const missing = sources.flatMap(({ path, text }) =>
      [...text.matchAll(CALL)]
        .map(([, single, double]) => unquoted(single ?? double))
        .filter((words) => !known.has(words))
        .map((words) => `${path}: ${words}`),
    );
    expect(missing).toEqual([]);
  });

  it('has no Chinese for what nobody says', () => {
    const all = [...sources.map(({ text }) => unquoted(text)), ...streamTitles].join('\n');
    expect(
      entries
        .filter(({ english }) => !all.includes(english))
        .map(({ file, english }) => `${file}: ${english}`),
    ).toEqual([]);
  });

  it('says a thing once, and fills in the same in both', () => {
    const said = new Set<string>();
    const twice = entries.filter(({ english }) => said.size === said.add(english).size);
    expect(twice).toEqual([]);
    const unlike = entries.filter(
      ({ english, chinese }) => placeholders(english).join() !== placeholders(chinese).join(),
    );
    expect(unlike).toEqual([]);
  });
});
