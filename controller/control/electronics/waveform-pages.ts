/** One recorded cycle, fetched page by page behind the latch of the register map. */
import {
  WAVEFORM_BINS,
  WAVEFORM_BINS_PER_PAGE,
  WAVEFORM_LATCH,
  WAVEFORM_PAGE,
  WAVEFORM_PAGE_STRIDE,
  WAVEFORM_PAGES,
  WAVEFORM_SCALE,
  type BlockValues,
} from '../../protocol/register-map.ts';
import type { RtuMaster } from '../../protocol/rtu-master.ts';
import { PRIORITY } from '../../protocol/transaction.ts';
import type { Waveform } from './electronics.ts';

const bulk = { priority: PRIORITY.bulk } as const;

export async function readWaveform(line: RtuMaster): Promise<Waveform | string> {
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
  return pages[0]?.['cycle_number'] === 0 ? 'no cycle was latched' : asWaveform(pages);
}

function asWaveform(pages: readonly BlockValues[]): Waveform {
  const header = pages[0] ?? {};
  const width = WAVEFORM_SCALE.length;
  const count = (bin: number, channel: number): number => {
    const page = pages[Math.floor(bin / WAVEFORM_BINS_PER_PAGE)]?.['bins'];
    const at = (bin % WAVEFORM_BINS_PER_PAGE) * width + channel;
    return Array.isArray(page) ? (page[at] ?? Number.NaN) : Number.NaN;
  };
  return {
    cycleNumber: Number(header['cycle_number']),
    startMs: Number(header['cycle_start_ms']),
    periodS: Number(header['period_us']) / 1e6,
    columns: WAVEFORM_SCALE.map(({ perCount }, channel) =>
      Float32Array.from({ length: WAVEFORM_BINS }, (_, bin) => count(bin, channel) * perCount),
    ),
  };
}
