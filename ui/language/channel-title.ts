/** Titles of channels as a device gives them, in the language of the page; one that is not known stays as it is. */
import { t } from '../language.ts';

/** Channels that differ in a number only are translated once: the number of the cell, and a place along it. */
const NUMBER = { cell: /(?<=\bcell )\d+/, percent: /[\d.]+(?= %)/ };

export function titlePattern(title: string): string {
  return title.replace(NUMBER.cell, '{{cell}}').replace(NUMBER.percent, '{{percent}}');
}

export function titleShown(title: string): string {
  const [cell = '', percent = ''] = [NUMBER.cell, NUMBER.percent].map((number) => number.exec(title)?.[0]);
  return t(titlePattern(title), { cell, percent });
}
