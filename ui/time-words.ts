/**
 * Times of day, dates and spans of time as the language of the page says them. What an instrument shows is a number with a
 * decimal point in every language: `store/text.ts`; the clock of the rig is `store/clock-text.ts`.
 */
import { type Language, language, t } from './language.ts';
import { ABSENT } from './store/text.ts';

interface Formats {
  readonly timeOfDay: Intl.DateTimeFormat;
  readonly moment: Intl.DateTimeFormat;
}

/** `hourCycle`, not `hour12: false`: that one calls the hour after midnight 24. */
function formatsOf(locale: Language): Formats {
  const format = (options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat =>
    new Intl.DateTimeFormat(locale, { ...options, timeStyle: 'medium', hourCycle: 'h23' });
  return { timeOfDay: format({}), moment: format({ dateStyle: 'medium' }) };
}

const FORMATS: Readonly<Record<Language, Formats>> = { en: formatsOf('en'), 'zh-Hant': formatsOf('zh-Hant') };

/** A time that cannot be read, from a record perhaps, is shown as it came. */
function said(kind: keyof Formats, when: number | string): string {
  const date = new Date(when);
  return Number.isNaN(date.getTime()) ? String(when) : FORMATS[language.value][kind].format(date);
}

/** @param when in ms since 1970, or ISO 8601; @returns local time, `14:05:09` */
export const timeOfDay = (when: number | string): string => said('timeOfDay', when);

/** @param when in ms since 1970, or ISO 8601; @returns local date and time, `Jan 1, 2026, 14:05:09` */
export const dateAndTime = (when: number | string): string => said('moment', when);

/** @param ms any span of time; @returns it as a person would say it: `0.4 s`, `12 s`, `3 min` */
export function span(ms: number): string {
  if (!Number.isFinite(ms)) return ABSENT;
  if (ms < 10_000) return t('{{n}} s', { n: (ms / 1000).toFixed(1) });
  if (ms < 120_000) return t('{{n}} s', { n: Math.round(ms / 1000) });
  return t('{{n}} min', { n: Math.round(ms / 60_000) });
}
