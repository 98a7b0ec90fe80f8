import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const PROGRAM = fileURLToPath(new URL('../../controller/command/elastocool.mjs', import.meta.url));
const elastocool = (...args: string[]) =>
  spawnSync(process.execPath, [PROGRAM, ...args], { encoding: 'utf8' });

describe('elastocool simulate and room', () => {
  it('prints the promised JSON', () => {
    const { stdout, stderr, status } = elastocool(
      'simulate',
      'hkust-kilowatt-2025',
      '--set',
      'lift=5 K',
      '--json',
    );
    expect(stderr).toBe('');
    expect(status).toBe(0);
    const result = JSON.parse(stdout) as Record<string, unknown>;
    for (const key of [
      'cooling_power_W',
      'heating_power_W',
      'mechanical_power_W',
      'pump_power_W',
      'specific_cooling_power_W_per_g',
      'sma_mass_g',
      'cop_material',
      'cop_device',
      'cop_system',
      'temperature_lift_K',
      'peak_stress_MPa',
      'peak_force_kN',
      'stroke_mm',
      'pressure_drop_bar',
      'energy_residual',
      'cycles',
      'wall_time_s',
    ]) {
      expect(result[key], key).toBeTypeOf('number');
    }
    expect(result.temperature_lift_K).toBe(5);
    expect(result.claim).toMatch(/Calibrated, not validated/);
  });

  it('prints a table with units', () => {
    const { stdout, status } = elastocool('simulate', 'hkust-kilowatt-2025', '--set', 'gap_tolerance=0');
    expect(status).toBe(0);
    expect(stdout).toMatch(/cooling power\s+12\d\d W$/m);
    expect(stdout).toMatch(/peak stress\s+\d+\.\d MPa$/m);
  });

  it('runs the house', () => {
    const { stdout, status } = elastocool(
      'room',
      'hkust-kilowatt-2025',
      '--set',
      'gap_tolerance=0',
      '--duration',
      '1 min',
      '--json',
    );
    expect(status).toBe(0);
    const result = JSON.parse(stdout) as {
      time_to_setpoint_s: null;
      indoor_final_C: number;
      series: unknown[];
    };
    expect(result.time_to_setpoint_s).toBeNull();
    expect(result.indoor_final_C).toBeLessThan(29);
    expect(result.series.length).toBeGreaterThan(5);
  });

  it.each([
    [
      ['simulate', 'hkust-kilowatt-2025', '--set', 'frequency=3.5'],
      /elastocool: frequency: "3.5" has no unit/,
    ],
    [['simulate', 'nothing'], /there is no preset "nothing"; known are .*hkust-kilowatt-2025/],
    [['simulate', '../../package'], /there is no preset/],
    [['simulate', 'hkust-kilowatt-2025', '--set', 'frequency'], /key="value with unit"/],
    [['room', 'hkust-kilowatt-2025', '--duration', '5 K'], /--duration: "5 K" cannot be read in s/],
    [['simulate', 'hkust-kilowatt-2025', '--set', 'blow_duty=0.45'], /blow_duty: 0.45 does not fit/],
  ])('answers %j with one sentence and status 2', (args, sentence) => {
    const { stdout, stderr, status } = elastocool(...args);
    expect(stdout).toBe('');
    expect(stderr).toMatch(sentence);
    expect(status).toBe(2);
  });
});
