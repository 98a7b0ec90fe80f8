/** What the controller says has its Chinese: no sentence of its source is forgotten, and no Chinese is left over. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROLES } from '../../controller/wire/person.ts';
import { differences, outOfBounds, type RecipeBounds } from '../../controller/wire/recipe.ts';
import { named } from '../../controller/wire/rights.ts';
import { createSpeaker } from '../../ui/language/speaker.ts';
import { listFiles, readSource, ROOT } from '../house/source-files.ts';
import { type English, englishOf } from './english-of.ts';

const FOLDER = 'ui/language/controller';
const patterns = readdirSync(join(ROOT, FOLDER)).flatMap((file) =>
  Object.entries(JSON.parse(readSource(`${FOLDER}/${file}`)) as Record<string, string>),
);

/** Modules whose every sentence reaches a person at a page. */
const SPEAKING = [
  ...listFiles('controller/control/safety').filter((path) => !path.endsWith('/table.ts')),
  ...listFiles('controller/control/state'),
  ...listFiles('controller/control/operate'),
  'controller/control/decide/decider.ts',
  'controller/control/decide/requests.ts',
  'ui/session.ts',
  'controller/wire/person.ts',
  'controller/wire/rights.ts',
  'controller/wire/recipe.ts',
  'controller/control/line/readings.ts',
  'controller/control/proof/overdue.ts',
  'controller/control/proof/proofs-overdue.ts',
];

const sample = (text: string): English => ({ at: 'put together', text, isSentence: true });
/** What is put together by a function, as it comes out. */
const [nothing, some, none] = [0, 0.5, Number.NaN].map((value) => ({
  frequencyHz: value,
  strainPercent: value,
  blowFlowKgPerS: value,
  blowDuty: value,
}));
const BOUNDS: RecipeBounds = {
  frequencyHz: [0.2, 0.4],
  strainPercent: [0.2, 0.4],
  blowFlowKgPerS: [0.2, 0.4],
  blowDuty: [0.2, 0.4],
};
const PUT_TOGETHER = [
  ...ROLES.map((role) => `${named({ role, session: '2' })} has control.`),
  `Engineer 2 changed the recipe: ${differences(nothing, some).join(', ')}.`,
  ...[nothing, none].flatMap((recipe) => outOfBounds(recipe, BOUNDS).map(({ sentence }) => sentence)),
];
/** The outcome of an ask, and no sentence. */
const KEYS = ['not sent'];
const english = [
  ...SPEAKING.flatMap(englishOf).filter(({ text }) => !KEYS.includes(text)),
  ...PUT_TOGETHER.map(sample),
];

const speak = createSpeaker(Object.fromEntries(patterns), 'en', 'zh-Hant');
/** Says of each pattern that it was used, wherever in a sentence. */
const name = createSpeaker(
  Object.fromEntries(
    patterns.map(([from], i) => [from, [`<${i}>`, ...(from.match(/\{\{\w+\}\}/g) ?? [])].join(' ')]),
  ),
  'en',
  'zh-Hant',
);

const placeholders = (text: string): string[] => (text.match(/\{\{\w+\}\}/g) ?? []).toSorted();

describe('what the controller says', () => {
  it('has Chinese for every sentence of its source', () => {
    const left = english.flatMap(({ at, text, isSentence }) => {
      const still = speak(text).filter((phrase) => phrase.lang === 'en' && /\p{L}{2}/u.test(phrase.text));
      return isSentence && still.length > 0
        ? [`${at} ${still.map((phrase) => phrase.text).join(' | ')}`]
        : [];
    });
    expect(left).toEqual([]);
  });

  it('has no Chinese for what is never said, nor twice, and fills in the same in both', () => {
    const used = new Set(
      english.flatMap(({ text }) => name(text).flatMap((phrase) => phrase.text.match(/<\d+>/g) ?? [])),
    );
    expect(patterns.filter((_, i) => !used.has(`<${i}>`)).map(([from]) => from)).toEqual([]);
    expect(new Set(patterns.map(([from]) => from)).size).toBe(patterns.length);
    expect(patterns.filter(([from, to]) => placeholders(from).join() !== placeholders(to).join())).toEqual(
      [],
    );
  });
});
