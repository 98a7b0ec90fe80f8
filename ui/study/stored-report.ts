/** The report that lies beside the server: asked for, drawn by a worker, and what came of it. */
import { signal } from '@preact/signals';
import { REPORT_PATH } from '../../controller/wire/record/run-list.ts';
import type { DrawnReport, ReportAnswer } from '../worker/messages.ts';

export type StoredReport =
  | { readonly is: 'asked for' }
  | { readonly is: 'none' }
  | { readonly is: 'here'; readonly report: DrawnReport }
  /** It lies there and is no report of this program. */
  | { readonly is: 'unreadable'; readonly problem: string }
  /** Nobody knows whether it lies there. */
  | { readonly is: 'not heard'; readonly problem: string };

export const stored = signal<StoredReport>({ is: 'asked for' });

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Asks anew; what is shown already stays until the answer. */
export async function askForReport(): Promise<void> {
  if (stored.peek().is !== 'here') stored.value = { is: 'asked for' };
  try {
    const response = await fetch(REPORT_PATH);
    if (response.ok) stored.value = await drawn(await response.text());
    else if (response.status === 404) stored.value = { is: 'none' };
    else stored.value = { is: 'not heard', problem: await response.text() };
  } catch (error) {
    stored.value = { is: 'not heard', problem: wordsOf(error) };
  }
}

/** Rejects where the worker cannot run. */
function drawn(text: string): Promise<StoredReport> {
  const worker = new Worker(new URL('../worker/report-main.ts', import.meta.url), { type: 'module' });
  return new Promise<StoredReport>((resolve, reject) => {
    worker.addEventListener('message', ({ data }: MessageEvent<ReportAnswer>) => {
      if ('report' in data) resolve({ is: 'here', report: data.report });
      else resolve({ is: 'unreadable', problem: data.problem });
    });
    worker.addEventListener('error', ({ message }) =>
      reject(new Error(message || 'its worker did not load')),
    );
    worker.postMessage(text, []);
  }).finally(() => worker.terminate());
}
