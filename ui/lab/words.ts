/**
 * Machines and their parameters in the language of the page. In English they are told in sim's own words; the Chinese
 * stands under the same keys. Banks, sources, notes and sim's sentences are shown as they are, marked as English.
 */
import { language } from '../language.ts';
import chinese from '../language/parameters/zh-Hant.json' with { type: 'json' };
import type { Field, MachineCard } from '../worker/messages.ts';

type Words<T> = Readonly<Record<string, T | undefined>>;

const PARAMETERS: Words<{ readonly name: string; readonly help: string }> = chinese.parameters;
const GROUPS: Words<string> = chinese.groups;
const OPTIONS: Words<Words<string>> = chinese.options;
const MACHINES: Words<{ readonly title: string; readonly claim: string }> = chinese.machines;

const isChinese = (): boolean => language.value === 'zh-Hant';
const plain = (key: string): string => key.replaceAll('_', ' ');

/** `hot-half.tube.length` is the `tube.length` of one bank. */
const sharedKey = (key: string): string => key.split('.').slice(-2).join('.');

export const nameOf = ({ key, name }: Pick<Field, 'key' | 'name'>): string =>
  (isChinese() ? PARAMETERS[sharedKey(key)]?.name : undefined) ?? name;

export const helpOf = ({ key, help }: Field): string =>
  (isChinese() ? PARAMETERS[sharedKey(key)]?.help : undefined) ?? help;

export const optionOf = ({ key }: Field, option: string): string =>
  (isChinese() ? OPTIONS[sharedKey(key)]?.[option] : undefined) ?? plain(option);

/** `cold-half, tube` is the group `tube` of one bank. */
export const groupName = (group: string): string =>
  group
    .split(', ')
    .map((word) => (isChinese() ? GROUPS[word] : undefined) ?? plain(word))
    .join(isChinese() ? '，' : ', ');

export const titleOf = ({ key, title }: MachineCard): string =>
  (isChinese() ? MACHINES[key]?.title : undefined) ?? title;

export const claimOf = ({ key, claim }: MachineCard): string =>
  (isChinese() ? MACHINES[key]?.claim : undefined) ?? claim;

/** The changes of a machine in words: `lift 10 K, frequency 2.5 Hz`. */
export function inWords(changes: ReadonlyMap<string, string>, fields: readonly Field[]): string {
  return [...changes]
    .map(([key, text]) => {
      const field = fields.find((one) => one.key === key);
      return `${field === undefined ? key : nameOf(field)} ${text.replace('degC', '°C')}`;
    })
    .join(isChinese() ? '，' : ', ');
}
