/**
 * The mean of a reading over whole cycles. A cooler's temperatures swing at its cycle frequency; a sample now and then
 * shows the swing as a slow wave that is not there (aliasing), a mean over whole cycles does not show it at all. The
 * window opens and closes where a cycle begins, told by the device's own phase, and is at least `window_s` long.
 * Between readings the value is taken as straight (trapezoids). All times are device time.
 */
export interface Reading {
  readonly device_s: number;
  /** Cycles completed so far, and phase of the running one, 0 to 1. */
  readonly cycle_number: number;
  readonly phase: number;
  /** Cycles a second in effect; 0 where the machine rests: then the window closes on time alone. */
  readonly frequency_Hz: number;
  /** °C; NaN is left out, and where half of a window is left out it has no mean. */
  readonly value_C: number;
}

export interface CycleMean {
  /** NaN where nothing that may be believed was read. */
  readonly mean_C: number;
  readonly device_s: number;
  /** Length of the window. */
  readonly period_s: number;
}

export interface CycleAverager {
  /** The mean of the window that this reading closes; null while it is open. */
  add(reading: Reading): CycleMean | null;
  /** Forgets the open window. */
  restart(): void;
}

export function createCycleAverager(window_s: number): CycleAverager {
  let before: Reading | null = null;
  let opened_s = 0;
  let sum = 0;
  let known_s = 0;

  function open(atS: number): void {
    opened_s = atS;
    sum = known_s = 0;
  }

  /** Adds the stretch between two times at which the straight line from `a` to `b` is known. */
  function addStretch(a: Reading, b: Reading, fromS: number, toS: number): void {
    const at = (s: number) =>
      a.value_C + ((b.value_C - a.value_C) * (s - a.device_s)) / (b.device_s - a.device_s);
    const mean = (at(fromS) + at(toS)) / 2;
    if (!Number.isFinite(mean)) return;
    sum += mean * (toS - fromS);
    known_s += toS - fromS;
  }

  function close(atS: number): CycleMean {
    const period_s = atS - opened_s;
    const mean_C = known_s > period_s / 2 ? sum / known_s : Number.NaN;
    open(atS);
    return { mean_C, device_s: atS, period_s };
  }

  return {
    restart() {
      before = null;
    },
    add(reading) {
      const last = before;
      before = reading;
      if (last === null || reading.device_s < last.device_s || reading.device_s - last.device_s > window_s) {
        open(reading.device_s);
        return null;
      }
      if (reading.device_s === last.device_s) return null;
      const cutS = boundary(last, reading, opened_s + window_s);
      addStretch(last, reading, Math.max(last.device_s, opened_s), cutS ?? reading.device_s);
      if (cutS === null) return null;
      const mean = close(cutS);
      addStretch(last, reading, cutS, reading.device_s);
      return mean;
    },
  };
}

/** Where between two readings the window ends: at the start of the last cycle, not before `dueS`; null: it goes on. */
function boundary(last: Reading, reading: Reading, dueS: number): number | null {
  if (reading.frequency_Hz === 0) return reading.device_s >= dueS ? reading.device_s : null;
  if (reading.cycle_number === last.cycle_number) return null;
  const startS =
    reading.device_s - (Number.isFinite(reading.phase) ? reading.phase : 0) / reading.frequency_Hz;
  // Readings that round the device clock to a millisecond may put the start a little before or after them.
  const cutS = Math.min(reading.device_s, Math.max(last.device_s, startS));
  return cutS >= dueS - 1e-3 ? cutS : null;
}
