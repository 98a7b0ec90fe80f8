/** Verdicts as words with a sign: never by colour alone. The signs are drawn, since not every font has them. */
import type { TableRow } from './chapter.ts';
import { escapeText } from './svg.ts';

export type Verdict = NonNullable<TableRow['verdict']>;

const SIGNS: Readonly<Record<Verdict, { path: string; meaning: string }>> = {
  pass: {
    path: 'M3,8.5l3.5,3.5l6.5,-8',
    meaning: 'the published figure lies inside the interval of the model, and that is no wider than ±50 %',
  },
  fail: { path: 'M3.5,3.5l9,9M12.5,3.5l-9,9', meaning: 'it lies outside of the interval' },
  uninformative: {
    path: 'M2.5,8h11M5,5l-3,3l3,3M11,5l3,3l-3,3',
    meaning: 'the interval is wider than ±50 % and would let almost anything pass',
  },
};

/** Sign and words; the verdict itself without words. */
export function verdictMark(verdict: Verdict, words: string = verdict): string {
  const sign = `<svg viewBox="0 0 16 16" aria-hidden="true"><path d="${SIGNS[verdict].path}" fill="none" stroke="currentColor" stroke-width="2.2" stroke-linecap="round" stroke-linejoin="round"/></svg>`;
  return sign + escapeText(words);
}

/** What the signs mean, for those that are used; '' for none. */
export function verdictKey(used: ReadonlySet<Verdict>): string {
  const verdicts = (Object.keys(SIGNS) as Verdict[]).filter((verdict) => used.has(verdict));
  if (verdicts.length === 0) return '';
  const items = verdicts.map(
    (verdict) =>
      `<span><span class="verdict ${verdict}">${verdictMark(verdict)}</span>: ${SIGNS[verdict].meaning}</span>`,
  );
  return `<p class="key">${items.join(' ')}</p>`;
}
