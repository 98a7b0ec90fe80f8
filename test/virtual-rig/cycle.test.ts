/** What the firmware latches of a cycle. */
import { describe, expect, test } from 'vitest';
import { COMMAND, WAVEFORM_BINS, WAVEFORM_SCALE } from '../../controller/protocol/register-map.ts';
import { Firmware } from '../../controller/virtual-rig/firmware.ts';
import { WaveformRecorder } from '../../controller/virtual-rig/waveform-recorder.ts';
import { CELL_REST_K, COOLING_W, FAKE_RECIPE, FakePlant, fakeSchedule, STROKE_M } from './fake-plant.ts';

const CHANNELS = WAVEFORM_SCALE.length;
const PERIOD_S = 1 / FAKE_RECIPE.frequencyHz;

function running(): { firmware: Firmware; plant: FakePlant; steps: (count: number) => void } {
  const plant = new FakePlant();
  const firmware = new Firmware({ plant, buildSchedule: fakeSchedule, recipe: FAKE_RECIPE, nowMs: () => 0 });
  firmware.obey(COMMAND.enable);
  firmware.obey(COMMAND.run);
  const steps = (count: number): void => {
    for (let i = 0; i < count; i++) firmware.step();
  };
  return { firmware, plant, steps };
}

describe('the summary', () => {
  test('powers, peaks and cell temperatures of one whole cycle', () => {
    const { firmware, steps } = running();
    steps(80);
    const summary = firmware.lastCycle?.summary ?? {};
    expect(summary).toMatchObject({ cycle_number: 2, cycle_end_ms: 2000 * PERIOD_S });
    expect(summary.period_ms).toBeCloseTo(1000 * PERIOD_S, 6);
    expect(summary.cooling_power_W).toBeCloseTo(COOLING_W, 6);
    expect(summary.heating_power_W).toBeCloseTo(1.5 * COOLING_W, 6);
    expect(summary.mechanical_power_W).toBeCloseTo(400, 6);
    expect(summary.loading_power_W).toBeCloseTo(700, 6);
    expect(summary.pump_power_W).toBeCloseTo(15, 6);
    expect(summary.peak_stress_MPa).toBeCloseTo(600, 6);
    expect(summary.peak_force_kN).toBeCloseTo(10, 6);
    expect(summary.peak_stroke_mm).toBeCloseTo(1000 * STROKE_M, 6);
    expect(summary.peak_pressure_bar).toBeCloseTo(0.8, 6);
    expect(summary.temperature_lift_K).toBeCloseTo(10, 6);
    const [low, high] = [CELL_REST_K - 273.15, CELL_REST_K + 500 * STROKE_M - 273.15];
    expect(summary.cell_min_C).toEqual(Array.from({ length: 10 }, () => expect.closeTo(low, 6)));
    expect(summary.cell_max_C).toEqual(Array.from({ length: 10 }, () => expect.closeTo(high, 6)));
    expect(summary.cell_mean_C).toEqual(
      Array.from({ length: 10 }, () => expect.closeTo((low + high) / 2, 6)),
    );
  });

  test('a cycle that a stop cut short is not recorded', () => {
    const { firmware, plant, steps } = running();
    steps(60);
    firmware.obey(COMMAND.stop);
    while (plant.readings.shorteningM > 0) firmware.step();
    firmware.obey(COMMAND.run);
    steps(39);
    expect(firmware.lastCycle?.summary.cycle_number).toBe(1);
    steps(1);
    expect(firmware.lastCycle?.summary.cycle_number).toBe(2);
    expect(firmware.lastCycle?.summary.cooling_power_W).toBeCloseTo(COOLING_W, 6);
  });
});

describe('the waveform', () => {
  test('holds every phase of the cycle, however its steps fall on the bins', () => {
    const { firmware, steps } = running();
    steps(40);
    const waveform = firmware.lastCycle?.waveform;
    const strain = Array.from(
      { length: WAVEFORM_BINS },
      (_, bin) => (waveform?.counts[bin * CHANNELS] ?? 0) / 1000,
    );
    const trapezoid = (phase: number): number => 4 * Math.max(0, Math.min(1, 4 * phase, 3 - 4 * phase));
    strain.forEach((percent, bin) => expect(percent).toBeCloseTo(trapezoid((bin + 0.5) / WAVEFORM_BINS), 1));
    expect(waveform).toMatchObject({ cycleNumber: 1, startMs: 0, periodUs: 1e6 * PERIOD_S });
  });

  test.each([1, 3, 7, 64, 97, 1000])(
    'a straight line in %i steps is a straight line in the bins',
    (count) => {
      const recorder = new WaveformRecorder();
      const line = (phase: number): number[] => Array.from({ length: CHANNELS }, () => 10 * phase);
      recorder.begin(line(0));
      for (let i = 1; i <= count; i++) recorder.add(i / count, line(i / count));
      const { counts } = recorder.finish(1, 0, 1);
      for (let bin = 0; bin < WAVEFORM_BINS; bin++)
        for (let channel = 0; channel < CHANNELS; channel++) {
          const exact = (10 * (bin + 0.5)) / WAVEFORM_BINS / WAVEFORM_SCALE[channel].perCount;
          expect(Math.abs(counts[bin * CHANNELS + channel] - exact)).toBeLessThanOrEqual(0.5 + 1e-6);
        }
    },
  );

  test('a value too large for its register stays at the end of the range', () => {
    const recorder = new WaveformRecorder();
    const values = Array.from({ length: CHANNELS }, (_, i) => (i % 2 === 0 ? 1e6 : -1e6));
    recorder.begin(values);
    recorder.add(1, values);
    const { counts } = recorder.finish(1, 0, 1);
    expect([counts[0], counts[1]]).toEqual([32_767, -32_768]);
  });
});
