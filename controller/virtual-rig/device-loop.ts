/** Runs the firmware in real time, in slices short enough that the serial line never waits. */
import type { Firmware } from './firmware.ts';
import type { Pace } from './pace.ts';

/** Longest stretch of work between two looks at the line, ms. */
const SLICE_MS = 2;
/** Longest sleep: the watchdog is looked after this often, ms. */
const NAP_MS = 5;

/** Looks on: after every step of the plant, and after every turn of the loop. */
export interface LoopWatcher {
  stepped(): void;
  turned(): void;
}

/** @returns a function that ends the loop */
export function runDevice(firmware: Firmware, pace: Pace, watcher: LoopWatcher): () => void {
  let cancel: () => void;

  function turn(): void {
    const startMs = performance.now();
    firmware.superviseHost();
    pace.accrue(startMs);
    while (pace.owedS > 0 && performance.now() - startMs < SLICE_MS) {
      pace.pay(firmware.step());
      watcher.stepped();
    }
    watcher.turned();
    cancel = pace.owedS > 0 ? soon(turn) : later(turn, napMs(pace));
  }

  cancel = soon(turn);
  return () => cancel();
}

const napMs = (pace: Pace): number => Math.min(NAP_MS, Math.max(1, (-1000 * pace.owedS) / pace.asked));

function soon(action: () => void): () => void {
  const immediate = setImmediate(action);
  return () => clearImmediate(immediate);
}

function later(action: () => void, delayMs: number): () => void {
  const timer = setTimeout(action, delayMs);
  return () => clearTimeout(timer);
}
