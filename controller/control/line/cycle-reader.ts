/**
 * Fetches what the firmware recorded of whole cycles, between ticks and at the lowest priority: the summary of a new
 * cycle, then its waveform. Cycles that end while one is being read are left out, and counted.
 */
import type { Electronics, Waveform } from '../electronics/electronics.ts';
import type { CycleSummary } from './readings.ts';

export interface CycleSink {
  summary(summary: CycleSummary): void;
  waveform(waveform: Waveform): void;
  /** A waveform that could not be used, and why. */
  dropped(sentence: string): void;
}

export interface CycleReader {
  /** Call with every reading's cycle number. */
  offer(cycleNumber: number): void;
}

export function createCycleReader(electronics: Electronics, sink: CycleSink): CycleReader {
  let isBusy = false;
  let lastCycle = 0;

  async function readCycle(): Promise<void> {
    const answer = await electronics.readCycle();
    if (!answer.ok || answer.value.cycle_number === lastCycle) return;
    lastCycle = answer.value.cycle_number;
    sink.summary(answer.value);
    const waveform = await electronics.readWaveform();
    if (typeof waveform === 'string') sink.dropped(waveform);
    else if (waveform !== null) sink.waveform(waveform);
  }

  return {
    offer(cycleNumber) {
      if (isBusy || cycleNumber === 0 || cycleNumber === lastCycle) return;
      isBusy = true;
      void readCycle().finally(() => (isBusy = false));
    },
  };
}
