/** SAFETY.md works with numbers of the calibrated preset; they must be what the model says. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadPreset } from '../../sim/command/preset-file.ts';
import { smaMassKg, solveOperatingPoint } from '../../sim/index.ts';

const TEXT = readFileSync(new URL('../../SAFETY.md', import.meta.url), 'utf8').replace(/\s+/g, ' ');

/** The number that a pattern finds, thousands separators taken out. */
function said(pattern: RegExp): number {
  const found = pattern.exec(TEXT)?.[1];
  if (found === undefined) throw new Error(`SAFETY.md does not say ${pattern}`);
  return Number(found.replace(',', ''));
}

describe('SAFETY.md', () => {
  const { device } = loadPreset('hkust-kilowatt-2025', new Map());
  const point = solveOperatingPoint(device);
  const frequencyHz = device.recipe.frequency;
  const loadingJ = point.loading_power_W / frequencyHz;
  const lostJ = point.mechanical_power_W / frequencyHz;
  const tubes = 40;

  // Whole numbers are rounded, so they are within one half; those of two digits within their last digit's half.
  it.each<[string, RegExp, number, number]>([
    ['work of loading, J', /takes (\d+) J to load/, loadingJ, 0.5],
    ['power of loading, W', /to load \(([\d,]+) W/, point.loading_power_W, 0.5],
    ['cycles a second', /W at ([\d.]+) cycles a second/, frequencyHz, 0.05],
    ['work lost, J', /keeps (\d+) J of it/, lostJ, 0.5],
    ['work given back, J', /can give back \*\*(\d+) J/, loadingJ - lostJ, 0.5],
    ['height of 10 kg, m', /10 kg falling from (\d+) m/, (loadingJ - lostJ) / (10 * 9.81), 0.5],
    ['force, kN', /behind ([\d.]+) kN/, point.peak_force_kN, 0.05],
    ['stroke, mm', /at a stroke of (\d+) mm/, point.stroke_mm, 0.5],
    ['stress, MPa', /A tube at (\d+) MPa/, point.peak_stress_MPa, 0.5],
    ['work of a tube, J', /share of the work go at once: ([\d.]+) J/, (loadingJ - lostJ) / tubes, 0.05],
    ['mass of a tube, g', /J in ([\d.]+) g would/, (1000 * smaMassKg(device)) / tubes, 0.05],
    ['coldest, °C', /pass from (\d+) to/, point.cell_temperature_min_C, 0.5],
    ['warmest, °C', /pass from \d+ to (\d+) °C/, point.cell_temperature_max_C, 0.5],
  ])('%s', (_what, pattern, value, tolerance) => {
    expect(Math.abs(said(pattern) - value)).toBeLessThanOrEqual(tolerance);
  });

  it('the speed of a piece is that of all the work in one', () => {
    const speed = Math.sqrt((2 * ((loadingJ - lostJ) / tubes)) / (smaMassKg(device) / tubes));
    // Rounded to tens.
    expect(Math.abs(said(/would be (\d+) m\/s/) - speed)).toBeLessThanOrEqual(5);
  });
});
