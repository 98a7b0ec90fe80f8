import type { Block } from '../chapter.ts';
import type { Interval } from './band.ts';

/** With a true minus sign and thousands apart. */
export function figure(value: number, digits = 0): string {
  if (!Number.isFinite(value)) return 'unknown';
  const [whole, part] = Math.abs(value).toFixed(digits).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  const text = part === undefined ? grouped : `${grouped}.${part}`;
  return value < 0 && /[1-9]/.test(text) ? `−${text}` : text;
}

/** "2.0 to 2.6". */
export const range = ({ low, high }: Pick<Interval, 'low' | 'high'>, digits = 0): string =>
  `${figure(low, digits)} to ${figure(high, digits)}`;

export const paragraph = (text: string): Block => ({ kind: 'paragraph', text });
export const heading = (text: string): Block => ({ kind: 'heading', text });
export const drawing = (key: string, caption: string, svg: string): Block => ({
  kind: 'figure',
  figure: { key, caption, svg },
});
