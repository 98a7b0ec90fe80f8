/** Titles of channels as a device gives them, in the language of the page; one that is not known stays as it is. */
import { t } from '../language.ts';
import { NUMBER, titlePattern } from './title-pattern.ts';

export function titleShown(title: string): string {
  const [cell = '', percent = ''] = [NUMBER.cell, NUMBER.percent].map((number) => number.exec(title)?.[0]);
  return t(titlePattern(title), { cell, percent });
}
