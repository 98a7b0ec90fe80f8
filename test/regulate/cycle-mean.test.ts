import { describe, expect, it } from 'vitest';
import { type CycleMean, createCycleAverager } from '../../controller/control/regulate/cycle-mean.ts';

const SWING_K = 5;

/** Readings of 21 °C + drift + a swing at the cycle frequency, at ticks that jitter. */
function means(frequency_Hz: number, tick_s: number, seconds: number, drift_K_per_s = 0): CycleMean[] {
  const averager = createCycleAverager(2);
  const found: CycleMean[] = [];
  let seed = 7;
  for (let t = 3; t < seconds; ) {
    const cycles = t * frequency_Hz;
    const mean = averager.add({
      device_s: t,
      cycle_number: Math.floor(cycles),
      phase: cycles - Math.floor(cycles),
      frequency_Hz,
      value_C: 21 + drift_K_per_s * t + SWING_K * Math.sin(2 * Math.PI * cycles + 1),
    });
    if (mean !== null) found.push(mean);
    seed = (seed * 48_271) % 2_147_483_647;
    t += tick_s * (0.5 + seed / 2_147_483_647);
  }
  return found;
}

describe('the mean over whole cycles', () => {
  it.each([0.3, 0.7, 1.9, 3.5, 3.52])('does not see a swing of 5 K at %d Hz', (frequency_Hz) => {
    const found = means(frequency_Hz, 0.02, 120);
    expect(found.length).toBeGreaterThan(20);
    // A trapezoid of length h misses (ωh)²/12 of a sine at most, with either sign over a cycle.
    const allowed = (SWING_K * (2 * Math.PI * frequency_Hz * 0.03) ** 2) / 12;
    for (const { mean_C } of found.slice(1)) expect(Math.abs(mean_C - 21)).toBeLessThan(allowed);
  });

  it('where a sample every 2 s shows a slow wave of the full swing', () => {
    // 3.52 Hz beats with one sample every two seconds: 0.04 Hz, 25 s.
    const samples = Array.from(
      { length: 40 },
      (_, k) => 21 + SWING_K * Math.sin(2 * Math.PI * 3.52 * 2 * k + 1),
    );
    expect(Math.max(...samples) - Math.min(...samples)).toBeGreaterThan(1.9 * SWING_K);
  });

  it('is at least its window long, a whole number of cycles, and follows a drift at the middle of its window', () => {
    for (const { mean_C, device_s, period_s } of means(3.5, 0.02, 60, 0.01).slice(1)) {
      expect(period_s).toBeGreaterThanOrEqual(2 - 1e-3);
      expect(Math.abs(period_s * 3.5 - Math.round(period_s * 3.5))).toBeLessThan(1e-6);
      expect(mean_C).toBeCloseTo(21 + 0.01 * (device_s - period_s / 2), 1);
    }
  });

  it('a machine at rest is averaged over time alone', () => {
    const averager = createCycleAverager(2);
    const reading = { cycle_number: 7, phase: 0, frequency_Hz: 0, value_C: 22 };
    const found = Array.from({ length: 300 }, (_, k) => averager.add({ ...reading, device_s: k * 0.02 }));
    const closed = found.filter((mean) => mean !== null);
    expect(closed).toHaveLength(2);
    for (const { mean_C } of closed) expect(mean_C).toBeCloseTo(22, 12);
  });

  it('says NaN where half of the window was not there, and begins anew after a hole', () => {
    const averager = createCycleAverager(1);
    const reading = { cycle_number: 0, phase: 0, frequency_Hz: 0 };
    const add = (device_s: number, value_C: number) => averager.add({ ...reading, device_s, value_C });
    for (let t = 0; t < 0.95; t += 0.1) add(t, Number.NaN);
    expect(add(1.05, 22)?.mean_C).toBeNaN();
    add(60, 23);
    expect(add(60.5, 23)).toBeNull();
    expect(add(61, 23)?.mean_C).toBe(23);
  });

  it('a device clock that went backwards opens a new window', () => {
    const averager = createCycleAverager(1);
    const reading = { cycle_number: 0, phase: 0, frequency_Hz: 0, value_C: 22 };
    averager.add({ ...reading, device_s: 500 });
    expect(averager.add({ ...reading, device_s: 1 })).toBeNull();
    expect(averager.add({ ...reading, device_s: 2 })?.period_s).toBe(1);
  });
});
