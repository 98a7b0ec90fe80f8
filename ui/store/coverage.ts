/** How many cycles of a stretch of time were read whole. */
import { CYCLE_NUMBER, type Telemetry } from './telemetry.ts';

export interface Coverage {
  readonly read: number;
  readonly total: number;
}

/**
 * Counts by cycle number between the first and the last cycle known in [fromS, toS], whether known by waveform or by
 * summary: a stretch that was skipped altogether still counts.
 */
export function countCycles(telemetry: Telemetry, fromS: number, toS: number): Coverage {
  let read = 0;
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  telemetry.waveforms.forEachIn(fromS, toS, (_startS, _periodS, number) => {
    read++;
    first = Math.min(first, number);
    last = Math.max(last, number);
  });
  const { cycle } = telemetry;
  const from = cycle.firstAtOrAfter(fromS);
  const to = Math.min(cycle.length - 1, cycle.firstAtOrAfter(toS));
  // The ends of the stretch suffice: numbers only grow. A gap row carries no number.
  for (let age = from; age <= to; age++) {
    const number = cycle.value(CYCLE_NUMBER, age);
    if (Number.isNaN(number)) continue;
    first = Math.min(first, number);
    break;
  }
  for (let age = to; age >= from; age--) {
    const number = cycle.value(CYCLE_NUMBER, age);
    if (Number.isNaN(number)) continue;
    last = Math.max(last, number);
    break;
  }
  return last < first ? { read: 0, total: 0 } : { read, total: last - first + 1 };
}
