/** Every machine and parameter that the playground shows stands in Chinese too, under its key, and nothing else does. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PARAMETERS, type Parameter } from '../../sim/index.ts';
import { readSource, ROOT } from '../house/source-files.ts';
import { pageGlobals } from './page-globals.ts';
import type { Field } from '../../ui/worker/messages.ts';

pageGlobals.location.hash = '#/study?lang=en';
const { language } = await import('../../ui/language.ts');
const words = await import('../../ui/lab/words.ts');

interface Words {
  readonly groups: Readonly<Record<string, string>>;
  readonly parameters: Readonly<Record<string, { readonly name: string; readonly help: string }>>;
  readonly options: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly machines: Readonly<Record<string, { readonly title: string; readonly claim: string }>>;
}
const chinese = JSON.parse(readSource('ui/language/parameters/zh-Hant.json')) as Words;
const all = Object.entries(PARAMETERS).flatMap(([group, table]) =>
  Object.entries<Parameter>(table).map(([key, parameter]) => [`${group}.${key}`, parameter] as const),
);
const sorted = (keys: Iterable<string>): string[] => [...keys].toSorted();

describe('the words of the parameters', () => {
  it('are there for every group, parameter and choice, and for none that is not', () => {
    expect(sorted(Object.keys(chinese.groups))).toEqual(sorted(Object.keys(PARAMETERS)));
    expect(sorted(Object.keys(chinese.parameters))).toEqual(sorted(all.map(([key]) => key)));
    const choices = all.flatMap(([key, own]) => (own.kind === 'choice' ? [[key, own.options] as const] : []));
    expect(sorted(Object.keys(chinese.options))).toEqual(sorted(choices.map(([key]) => key)));
    for (const [key, options] of choices)
      expect(sorted(Object.keys(chinese.options[key])), key).toEqual(sorted(options));
  });

  it('are there for every machine', () => {
    const presets = readdirSync(join(ROOT, 'fixtures', 'presets')).flatMap(
      (name) => /^(.*)\.yaml$/.exec(name)?.[1] ?? [],
    );
    expect(sorted(Object.keys(chinese.machines))).toEqual(sorted(presets));
  });

  it('say something in Chinese', () => {
    const texts = [
      ...Object.values(chinese.groups),
      ...Object.values(chinese.parameters).flatMap(({ name, help }) => [name, help]),
      ...Object.values(chinese.machines).flatMap(({ title, claim }) => [title, claim]),
    ];
    expect(texts.filter((text) => !/\p{Script=Han}/u.test(text))).toEqual([]);
  });

  it('are those of the shared parameter where a bank has a value of its own', () => {
    const field: Field = {
      kind: 'choice',
      key: 'warm-alloy.cell.form',
      group: 'warm-alloy, cell',
      name: 'form',
      help: 'shape of the alloy',
      status: 'assumed',
      preset: 'tubes',
      options: ['tubes', 'plates'],
    };
    const shown = () => [
      words.nameOf(field),
      words.helpOf(field),
      words.optionOf(field, 'plates'),
      words.groupName(field.group),
      words.inWords(new Map([[field.key, 'plates']]), [field]),
    ];
    expect(shown()).toEqual(['form', 'shape of the alloy', 'plates', 'warm-alloy, cell', 'form plates']);
    language.value = 'zh-Hant';
    expect(shown()).toEqual(['形式', '合金的形狀', '板', 'warm-alloy，單元', '形式 plates']);
    language.value = 'en';
  });
});
