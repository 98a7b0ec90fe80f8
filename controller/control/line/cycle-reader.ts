/**
 * Fetches what the firmware recorded of whole cycles, between ticks and at the lowest priority: the summary of a new
 * cycle, then its waveform page by page. Cycles that end while one is being read are left out, and counted.
 */
import {
  CYCLE_SUMMARY,
  WAVEFORM_LATCH,
  WAVEFORM_PAGE,
  WAVEFORM_PAGE_STRIDE,
  WAVEFORM_PAGES,
  type BlockValues,
} from '../../protocol/register-map.ts';
import type { RtuMaster } from '../../protocol/rtu-master.ts';
import { PRIORITY } from '../../protocol/transaction.ts';
import { asCycleSummary, type CycleSummary } from './readings.ts';

const bulk = { priority: PRIORITY.bulk } as const;

export interface CycleSink {
  summary(summary: CycleSummary): void;
  /** All pages of one cycle, in order. */
  waveform(pages: readonly BlockValues[]): void;
  /** A waveform that could not be used, and why. */
  dropped(sentence: string): void;
}

export interface CycleReader {
  /** Call with every reading's cycle number. */
  offer(cycleNumber: number): void;
}

export function createCycleReader(line: RtuMaster, sink: CycleSink): CycleReader {
  let isBusy = false;
  let lastCycle = 0;

  async function readCycle(): Promise<void> {
    const answer = await line.readBlock(CYCLE_SUMMARY, bulk);
    if (!answer.ok) return;
    const summary = asCycleSummary(answer.value);
    if (summary.cycle_number === lastCycle) return;
    lastCycle = summary.cycle_number;
    sink.summary(summary);
    const pages = await readWaveform(line);
    if (typeof pages === 'string') sink.dropped(pages);
    else sink.waveform(pages);
  }

  return {
    offer(cycleNumber) {
      if (isBusy || cycleNumber === 0 || cycleNumber === lastCycle) return;
      isBusy = true;
      void readCycle().finally(() => (isBusy = false));
    },
  };
}

async function readWaveform(line: RtuMaster): Promise<BlockValues[] | string> {
  const latched = await line.writeBlock(WAVEFORM_LATCH, { waveform_latch: 1 }, bulk);
  if (!latched.ok) return latched.sentence;
  const pages: BlockValues[] = [];
  for (let page = 0; page < WAVEFORM_PAGES; page++) {
    const start = WAVEFORM_PAGE.start + page * WAVEFORM_PAGE_STRIDE;
    const answer = await line.readBlock(WAVEFORM_PAGE, { ...bulk, start });
    if (!answer.ok) return answer.sentence;
    const first = pages[0]?.['cycle_number'] ?? answer.value['cycle_number'];
    if (answer.value['cycle_number'] !== first) {
      return `page ${page + 1} belongs to cycle ${String(answer.value['cycle_number'])}, the first to cycle ${String(first)}; does another program latch?`;
    }
    pages.push(answer.value);
  }
  return pages[0]?.['cycle_number'] === 0 ? 'no cycle was latched' : pages;
}
