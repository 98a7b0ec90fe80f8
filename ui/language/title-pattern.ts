/** Channels that differ in a number only are translated once: the number of the cell, and a place along it. */
export const NUMBER = { cell: /(?<=\bcell )\d+/, percent: /[\d.]+(?= %)/ };

export function titlePattern(title: string): string {
  return title.replace(NUMBER.cell, '{{cell}}').replace(NUMBER.percent, '{{percent}}');
}
