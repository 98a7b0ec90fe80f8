/** The runs of this server, as it tells them. */
import { signal } from '@preact/signals';
import { RUNS_PATH, RunList } from '../../controller/wire/record/run-list.ts';
import { language } from '../language.ts';

export type Listed =
  | { readonly phase: 'asking' }
  | { readonly phase: 'told'; readonly list: RunList }
  /** In English, as the server said it. */
  | { readonly phase: 'failed'; readonly sentence: string };

export const listed = signal<Listed>({ phase: 'asking' });

let asks = 0;

/** What is there stays until the answer has come; of several only the newest counts. */
export async function askForRuns(): Promise<void> {
  const ask = ++asks;
  const answer = await told();
  if (ask === asks) listed.value = answer;
}

async function told(): Promise<Listed> {
  try {
    const response = await fetch(new URL(RUNS_PATH.slice(1), document.baseURI));
    const text = await response.text();
    if (!response.ok) return { phase: 'failed', sentence: text.slice(0, 300) };
    return { phase: 'told', list: RunList.parse(JSON.parse(text)) };
  } catch (error) {
    return { phase: 'failed', sentence: error instanceof Error ? error.message : String(error) };
  }
}

/** When a run began, as people write it; what is no time stays as it is. */
export function startText(iso: string): string {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return iso;
  const locale = language.value === 'en' ? 'en-GB' : 'zh-Hant';
  return at.toLocaleString(locale, { dateStyle: 'medium', timeStyle: 'medium' });
}

export function lengthText(seconds: number): string {
  if (seconds < 120) return `${seconds.toFixed(1)} s`;
  return seconds < 7200 ? `${(seconds / 60).toFixed(1)} min` : `${(seconds / 3600).toFixed(1)} h`;
}
