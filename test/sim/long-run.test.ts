/** Multirate against the full transient: the slow states must not know the difference. */
import { describe, expect, it } from 'vitest';
import { type RoomRun, type RoomRunOptions, runRoom } from '../../sim/index.ts';
import { kilowattPreset } from './kilowatt.ts';

/** Equal cells as one, and few nodes and steps: both methods see the same coarse machine. */
const COARSE = { gap_tolerance: '0', nodes: '12', blow_steps: '8', ramp_steps: '8' };

function both(changes: Readonly<Record<string, string>>, options: Omit<RoomRunOptions, 'method'>) {
  const preset = kilowattPreset({ ...COARSE, ...changes });
  return (['multirate', 'full'] as const).map((method) => runRoom(preset, { ...options, method }));
}

const ratio = (a: RoomRun, b: RoomRun, key: 'cooling_energy_kJ' | 'electric_energy_kJ' | 'running_share') =>
  Math.abs(a[key] / b[key] - 1);

describe('multirate', () => {
  it('pulls the house down as the full transient does, within 1 %', () => {
    const [slow, full] = both({}, { place: 'house', durationS: 900, sampleEveryS: 30 });
    expect(full.cycles).toBe(slow.cycles);
    expect(ratio(slow, full, 'cooling_energy_kJ')).toBeLessThan(0.01);
    expect(ratio(slow, full, 'electric_energy_kJ')).toBeLessThan(0.01);
    // 1 % of the 9.5 K pulled down
    for (const [i, sample] of slow.series.entries()) {
      const there = full.series[i];
      // cycles do not end on whole seconds: up to 0.3 s apart, at the 50 mK/s of the first minute
      const apart = 0.05 * Math.abs(sample.time_s - there.time_s);
      expect(Math.abs(sample.controlled_C - there.controlled_C)).toBeLessThan(0.095 + apart);
    }
  });

  it('spends a day of moist, sunny weather as the full transient does, within 1 %', () => {
    const changes = {
      outdoor_swing: '3 K',
      outdoor_temperature: '29 °C',
      outdoor_dew_point: '24 °C',
      start_time: '0 h',
    };
    const [slow, full] = both(changes, { place: 'house', durationS: 86_400, sampleEveryS: 600 });
    expect(slow.periodic_points).toBeLessThan(40);
    expect(full.latent_energy_kJ).toBeGreaterThan(100);
    expect(Math.abs((slow.latent_energy_kJ ?? 0) / (full.latent_energy_kJ ?? 1) - 1)).toBeLessThan(0.05);
    expect(ratio(slow, full, 'cooling_energy_kJ')).toBeLessThan(0.01);
    expect(ratio(slow, full, 'electric_energy_kJ')).toBeLessThan(0.01);
    expect(ratio(slow, full, 'running_share')).toBeLessThan(0.01);
  }, 120_000);

  it('holds a box of 1 kW at its limit as the full transient does, within 1 %', () => {
    const [slow, full] = both({}, { place: 'edge-box', durationS: 7200, sampleEveryS: 60 });
    for (const run of [slow, full]) expect(run.highest_C).toBeLessThan(run.setpoint_C + 0.5);
    expect(full.running_share).toBeLessThan(1);
    expect(ratio(slow, full, 'cooling_energy_kJ')).toBeLessThan(0.01);
    expect(ratio(slow, full, 'electric_energy_kJ')).toBeLessThan(0.01);
  });
});
