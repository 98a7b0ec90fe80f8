/** The best a machine can do at its lift. */
import type { Preset } from '../../config/device-config.ts';
import { vary } from '../../config/vary.ts';
import { UserError } from '../../config/quantity.ts';
import { solveOperatingPoint } from '../operating-point.ts';
import { TOLERANCE_K } from './evaluation.ts';

/** Points along each axis; then again between the neighbours of the best. */
const GRID = 6;

/**
 * Highest cop_device_full_recovery over frequency and flow, within the ranges that the preset gives them; null where the
 * machine cools nowhere.
 */
export function bestCop(preset: Preset): number | null {
  const range = (name: string) => preset.provenance[name]?.range ?? null;
  const [frequencies, flows] = [range('recipe.frequency'), range('recipe.blow_flow')];
  if (frequencies === null || flows === null) return null;
  const cop = (frequency: number, flow: number) => copAt(preset, frequency, flow);
  const coarse = best(spread(frequencies), spread(flows), cop);
  if (coarse === null) return null;
  const fine = best(near(coarse.frequency, frequencies), near(coarse.flow, flows), cop);
  return Math.max(coarse.cop, fine?.cop ?? 0);
}

function copAt(preset: Preset, frequency: number, flow: number): number | null {
  const changes = { 'recipe.frequency': frequency, 'recipe.blow_flow': flow };
  try {
    const point = solveOperatingPoint(vary(preset, changes).device, { toleranceK: TOLERANCE_K });
    return point.converged && point.cooling_power_W > 0 ? point.cop_device_full_recovery : null;
  } catch (error) {
    if (error instanceof UserError) return null;
    throw error;
  }
}

function best(
  frequencies: readonly number[],
  flows: readonly number[],
  cop: (frequency: number, flow: number) => number | null,
) {
  const all = frequencies.flatMap((frequency) =>
    flows.map((flow) => ({ frequency, flow, cop: cop(frequency, flow) ?? Number.NEGATIVE_INFINITY })),
  );
  const highest = all.reduce((a, b) => (b.cop > a.cop ? b : a));
  return Number.isFinite(highest.cop) ? highest : null;
}

/** Evenly over the logarithm. */
function spread([low, high]: readonly [number, number]): number[] {
  return Array.from({ length: GRID }, (_, k) => low * (high / low) ** (k / (GRID - 1)));
}

/** Half way to the neighbours of a coarse point, within the range. */
function near(value: number, [low, high]: readonly [number, number]): number[] {
  const half = (high / low) ** (0.5 / (GRID - 1));
  return [value / half, value, value * half].map((v) => Math.min(high, Math.max(low, v)));
}
