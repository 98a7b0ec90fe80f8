/** A recipe on its way to another, no faster than allowed: what is proposed may jump, what is asked of the device may not. */
import type { Recipe } from '../../rig-file.ts';

export interface Rates {
  readonly rate_Hz_per_s: number;
  /** Of the blow flow. */
  readonly rate_kg_per_s2: number;
}

/**
 * After `period_s` on the way. Frequency and flow go on a straight line and arrive together: on it, the fluid of a blow
 * lies between that of both ends. The strain is changed rarely, and then at once: while it moves, cycles cannot be
 * compared with each other.
 */
export function approach(from: Recipe, to: Recipe, rates: Rates, period_s: number): Recipe {
  const [f, flow] = [to.frequency_Hz - from.frequency_Hz, to.blow_flow_kg_per_s - from.blow_flow_kg_per_s];
  const needed_s = Math.max(Math.abs(f) / rates.rate_Hz_per_s, Math.abs(flow) / rates.rate_kg_per_s2);
  if (needed_s <= period_s) return to;
  const share = period_s / needed_s;
  return {
    ...to,
    frequency_Hz: from.frequency_Hz + share * f,
    blow_flow_kg_per_s: from.blow_flow_kg_per_s + share * flow,
  };
}
