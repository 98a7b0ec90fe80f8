/** Dates, times of day and spans of time follow the language of the page. */
import { pageGlobals } from './page-globals.ts';
import { afterEach, describe, expect, it } from 'vitest';

const { language } = await import('../../ui/language.ts');
const { dateAndTime, span, timeOfDay } = await import('../../ui/time-words.ts');

/** Local time, as the page shows it. */
const at = (hour: number): number => new Date(2026, 0, 2, hour, 5, 9).getTime();

describe('times on the page', () => {
  afterEach(() => {
    language.value = 'en';
  });

  it.each(['en', 'zh-Hant'] as const)('have 24 hours that begin at 00 in %s', (one) => {
    expect(pageGlobals.location.hash).toBe('');
    language.value = one;
    expect(timeOfDay(at(0))).toBe('00:05:09');
    expect(timeOfDay(at(23))).toBe('23:05:09');
  });

  it('have a date as the language writes it', () => {
    expect(dateAndTime(at(14))).toMatch(/^Jan 2, 2026,\s14:05:09$/);
    language.value = 'zh-Hant';
    expect(dateAndTime(at(14))).toMatch(/^2026\/1\/2\s14:05:09$/);
  });

  it('are read from ISO 8601 too, and shown as they came where they are no time', () => {
    expect(timeOfDay(new Date(at(3)).toISOString())).toBe('03:05:09');
    expect(timeOfDay('some day')).toBe('some day');
  });

  it('pass in words of the language', () => {
    expect([400, 12_000, 180_000, Number.NaN].map(span)).toEqual(['0.4 s', '12 s', '3 min', '–']);
    language.value = 'zh-Hant';
    expect([400, 12_000, 180_000, Number.NaN].map(span)).toEqual(['0.4 秒', '12 秒', '3 分鐘', '–']);
  });
});
