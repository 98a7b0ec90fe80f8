/** Work of the frames of a page, by the browser's own trace. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';

export interface FrameWork {
  readonly frames: number;
  readonly seconds: number;
  /** Script of each animation frame. */
  readonly scriptMs: readonly number[];
  /** All tasks of the page's main thread. */
  readonly mainMs: number;
  readonly rasterMs: number;
}

/** One of the trace format's; times in µs. */
interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  readonly dur?: number;
  readonly args?: { readonly name?: string };
}

const CATEGORIES = ['devtools.timeline', 'disabled-by-default-devtools.timeline'];
const TASK = 'RunTask';

export async function frameWork(browser: Browser, page: Page, seconds: number): Promise<FrameWork> {
  await browser.startTracing(page, { categories: CATEGORIES });
  await sleep(seconds * 1000);
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as {
    traceEvents: TraceEvent[];
  };
  const drawn = traceEvents.filter(({ name, ph }) => name === 'FireAnimationFrame' && ph === 'X');
  const [first] = drawn;
  const ms = (events: readonly TraceEvent[]) => events.reduce((sum, { dur = 0 }) => sum + dur / 1000, 0);
  const main = traceEvents.filter(({ pid, tid }) => pid === first?.pid && tid === first.tid);
  return {
    frames: drawn.length,
    seconds,
    scriptMs: drawn.map(({ dur = 0 }) => dur / 1000),
    mainMs: ms(main.filter(({ name }) => name === TASK)),
    rasterMs: ms(traceEvents.filter(({ name }) => name === 'RasterTask')),
  };
}
