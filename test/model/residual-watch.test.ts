import { describe, expect, it } from 'vitest';
import { WATCH_START, watch, type WatchSettings } from '../../controller/model/residual-watch.ts';

const SETTINGS: WatchSettings = { noise: 2, band: 10, threshold: 15, smoothing: 0.1 };

/** Normal noise from a seed (Box and Muller). */
function noise(seed: number): () => number {
  let state = seed;
  const uniform = () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
  return () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
}

/** Cycles until the alarm, at this mean residual. */
function runLength(settings: WatchSettings, mean: number, draw: () => number): number {
  let state = WATCH_START;
  for (let n = 1; n < 1e6; n++) {
    state = watch(state, settings, mean + settings.noise * draw());
    if (state.alarm !== 0) return n;
  }
  return Infinity;
}

const meanRun = (settings: WatchSettings, mean: number, runs: number): number => {
  const draw = noise(5);
  let sum = 0;
  for (let i = 0; i < runs; i++) sum += runLength(settings, mean, draw);
  return sum / runs;
};

/** Siegmund (Sequential Analysis, 1985): mean run length of a one-sided CUSUM with drift d, in units of the noise. */
const siegmund = (d: number, h: number): number => {
  const b = h + 1.166;
  return (Math.exp(-2 * d * b) + 2 * d * b - 1) / (2 * d * d);
};

describe('the sum beyond the band', () => {
  it.each([
    [4, 0],
    [4, 1],
    [8, 1],
    [8, 2],
  ])('threshold %d, %d times the noise beyond the band: alarms when Siegmund says', (threshold, beyond) => {
    const settings = { ...SETTINGS, threshold };
    const found = meanRun(settings, settings.band + beyond * settings.noise, 400);
    const expected = siegmund(beyond - 0.5, threshold);
    // 400 runs whose lengths scatter by about their mean: 5 % each; the approximation itself is good to some 5 %.
    expect(Math.abs(found / expected - 1)).toBeLessThan(0.2);
  });

  it('a model that is off by its whole band, for good and to either side, does not alarm', () => {
    for (const sign of [1, -1]) {
      const draw = noise(9);
      let state = WATCH_START;
      let alarms = 0;
      for (let n = 0; n < 100_000; n++) {
        state = watch(state, SETTINGS, sign * SETTINGS.band + SETTINGS.noise * draw());
        alarms += Math.abs(state.alarm);
      }
      expect(alarms).toBe(0);
    }
  });

  it('a change that stays alarms with its sign, and the alarm ends after it', () => {
    let state = WATCH_START;
    let cycles = 0;
    while (state.alarm === 0) {
      state = watch(state, SETTINGS, -14);
      cycles++;
    }
    // 14 is 2 noises beyond the band, 1.5 of which count: 15/1.5, and one to be above.
    expect(cycles).toBe(11);
    expect(state.alarm).toBe(-1);
    for (let n = 0; n < 1000; n++) state = watch(state, SETTINGS, -14);
    let after = 0;
    while (state.alarm !== 0) {
      state = watch(state, SETTINGS, 0);
      after++;
    }
    // Capped at twice the threshold; 5.5 noises a cycle come off.
    expect(after).toBe(Math.ceil(30 / 5.5));
  });

  it('what is no number changes nothing', () => {
    const state = watch(WATCH_START, SETTINGS, 3);
    expect(watch(state, SETTINGS, Number.NaN)).toBe(state);
    expect(watch(WATCH_START, SETTINGS, Number.NaN)).toBe(WATCH_START);
  });
});

it('the trend follows a step with the time constant of its smoothing', () => {
  let state = watch(WATCH_START, SETTINGS, 0);
  for (let n = 0; n < 20; n++) state = watch(state, SETTINGS, 1);
  expect(state.trend).toBeCloseTo(1 - 0.9 ** 20, 12);
});
