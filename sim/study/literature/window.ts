/**
 * The temperatures at which an alloy can work, in °C.
 *
 * Working window, from the law (superelastic.ts) at the ends of the transformation, with f′(0) = −(a+b), f′(1) = a+b:
 *
 *   low    X = −Y at ξ = 0, σ = 0       T = T_eq + (Y + a + b) / ρΔs, the austenite finish: below it martensite stays
 *   high   X = +Y at ξ = 1, σ = peak    T = T_eq + (½ ΔS σ² + ε_t σ − Y − a − b) / ρΔs: above it austenite stays
 *
 * These are temperatures of the alloy at the end of its stroke. An alloy that is strained adiabatically must start an
 * adiabatic change further in, above `low` by that of unloading, below `high` by that of loading: the adiabatic window.
 * Heat that fluid brings after the stroke completes some more; a machine works between the two.
 *
 * Useful range: the temperatures from which the adiabatic change on unloading is at least a share of its largest. It is
 * wider or narrower than the working window, as the share is smaller or larger.
 */
import type { BankConfig } from '../../config/device-config.ts';
import { workedAlloy } from '../../machine/geometry.ts';
import { adiabaticChange } from './adiabatic-change.ts';

export interface TemperatureRange {
  readonly low_C: number;
  readonly high_C: number;
}

/**
 * Closed form of the smooth law; the other laws describe the same alloy with their ends elsewhere by some K. `high_C`
 * may lie below `low_C`: the stress then completes the transformation nowhere.
 */
export function workingWindow(material: BankConfig['material'], peakStressMPa: number): TemperatureRange {
  const p = workedAlloy({ material }).parameters;
  const stress = peakStressMPa * 1e6;
  const work = (0.5 * p.complianceChange * stress + p.transformationStrain) * stress;
  const ends = p.dissipation + p.linearHardening + p.endHardening;
  const celsius = (demand: number) => p.equilibriumTemperature + demand / p.entropyChange - 273.15;
  return { low_C: celsius(ends), high_C: celsius(work - ends) };
}

/** From outside, where strokes end early and their change grows by some 0.6 K/K, each pass is nearer by that share. */
const START_PASSES = 60;

/** Temperatures from which an adiabatic stroke to or from `peakStressMPa` completes; as workingWindow otherwise. */
export function adiabaticWindow(material: BankConfig['material'], peakStressMPa: number): TemperatureRange {
  const { low_C, high_C } = workingWindow(material, peakStressMPa);
  let [low, high] = [low_C, high_C];
  for (let k = 0; k < START_PASSES; k++) {
    low = low_C - adiabaticChange(material, low, peakStressMPa).unloading_K;
    high = high_C - adiabaticChange(material, high, peakStressMPa).loading_K;
  }
  return { low_C: low, high_C: high };
}

/** How far beyond its working window an alloy is looked at, K, and how coarsely. */
const BEYOND_K = 60;
const SCAN_K = 2;
const EDGE_TOLERANCE_K = 0.02;

/**
 * Temperatures at which the adiabatic change on unloading from `stressMPa` is at least `share` (0 to 1) of its
 * largest, looked for up to 60 K beyond the working window; null where there is no change at all.
 */
export function usefulRange(
  material: BankConfig['material'],
  stressMPa: number,
  share: number,
): TemperatureRange | null {
  const fall = (temperature: number) => -adiabaticChange(material, temperature, stressMPa).unloading_K;
  const { low_C, high_C } = workingWindow(material, stressMPa);
  const from = Math.min(low_C, high_C) - BEYOND_K;
  const to = Math.max(low_C, high_C) + BEYOND_K;
  let [best, largest] = [from, 0];
  for (let t = from; t <= to; t += SCAN_K) {
    const here = fall(t);
    if (here > largest) [best, largest] = [t, here];
  }
  if (largest <= 0) return null;
  const edge = (end: number): number => {
    let [inside, outside] = [best, end];
    if (fall(outside) >= share * largest) return outside;
    while (Math.abs(outside - inside) > EDGE_TOLERANCE_K) {
      const middle = 0.5 * (inside + outside);
      if (fall(middle) >= share * largest) inside = middle;
      else outside = middle;
    }
    return 0.5 * (inside + outside);
  };
  return { low_C: edge(from), high_C: edge(to) };
}

/** Width of the useful range, K; 0 where there is none. */
export function usefulWindow(material: BankConfig['material'], stressMPa: number, share: number): number {
  const range = usefulRange(material, stressMPa, share);
  return range === null ? 0 : range.high_C - range.low_C;
}
