/** A recipe on its way to another, no faster than allowed: what is proposed may jump, what is asked of the device may not. */
import type { Recipe } from '../../rig-file.ts';

export interface Rates {
  readonly rate_Hz_per_s: number;
  /** Of the blow flow. */
  readonly rate_kg_per_s2: number;
}

/** After `period_s` on the way. */
export function approach(from: Recipe, to: Recipe, rates: Rates, period_s: number): Recipe {
  const toward = (a: number, b: number, rate: number): number =>
    Math.min(a + rate * period_s, Math.max(a - rate * period_s, b));
  return {
    frequency_Hz: toward(from.frequency_Hz, to.frequency_Hz, rates.rate_Hz_per_s),
    // The strain is changed rarely, and then at once: while it moves, cycles cannot be compared with each other.
    strain_percent: to.strain_percent,
    blow_flow_kg_per_s: toward(from.blow_flow_kg_per_s, to.blow_flow_kg_per_s, rates.rate_kg_per_s2),
    blow_duty: to.blow_duty,
  };
}
