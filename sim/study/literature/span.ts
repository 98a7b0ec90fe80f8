/** The temperature span of a machine: the lift at which its cooling power ends. */
import type { DeviceConfig } from '../../config/device-config.ts';
import { sweepLift } from '../lift-sweep.ts';

/** K; a machine that still cools here is given this as its span. */
export const LARGEST_SPAN_K = 120;

const SPAN_TOLERANCE_K = 0.05;
const STEADY_TOLERANCE_K = 1e-4;
const MAX_STEPS = 60;

/**
 * Span around the mean temperature of `device`, K, within 0.05 K; null where it does not cool at zero lift, and
 * LARGEST_SPAN_K where it cools there still. Throws UserError on an impossible recipe.
 * @param guessK where to look first; near the answer it saves steady states, and does not change the result beyond
 *   the tolerance
 */
export function temperatureSpan(device: DeviceConfig, guessK = 30): number | null {
  const at = sweepLift(device, { toleranceK: STEADY_TOLERANCE_K });
  return spanOf((lift) => at(lift).cooling_power_W, guessK);
}

/** The same of a cooling power (any unit) that falls with the lift, K. */
export function spanOf(coolingAt: (liftK: number) => number, guessK: number): number | null {
  const bracket = bracketSpan(coolingAt, Math.min(Math.max(guessK, 0), LARGEST_SPAN_K));
  return typeof bracket === 'object' && bracket !== null ? closeIn(coolingAt, bracket) : bracket;
}

/** Cooling power is positive at `low` and not at `high`. */
interface Bracket {
  readonly low: number;
  readonly high: number;
  readonly atLow: number;
  readonly atHigh: number;
}

/** Steps away from the guess, each twice as long as the last, until the sign changes. */
function bracketSpan(coolingAt: (liftK: number) => number, guess: number): Bracket | number | null {
  let [here, power] = [guess, coolingAt(guess)];
  const away = power > 0 ? 1 : -1;
  const end = away > 0 ? LARGEST_SPAN_K : 0;
  for (let step = Math.max(2, 0.1 * guess); here !== end; step *= 2) {
    const next = away > 0 ? Math.min(here + step, end) : Math.max(here - step, end);
    const there = coolingAt(next);
    if (away > 0 && !(there > 0)) return { low: here, high: next, atLow: power, atHigh: there };
    if (away < 0 && there > 0) return { low: next, high: here, atLow: there, atHigh: power };
    [here, power] = [next, there];
  }
  return away > 0 ? LARGEST_SPAN_K : null;
}

/**
 * Secant inside the bracket, never nearer to its ends than half the tolerance: a good guess then closes the bracket at
 * its other side with the next step. Where two steps have not halved it, it is halved.
 */
function closeIn(coolingAt: (liftK: number) => number, bracket: Bracket): number | null {
  let { low, high, atLow, atHigh } = bracket;
  const secant = () => low + ((high - low) * atLow) / (atLow - atHigh);
  let widths = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let k = 0; high - low > SPAN_TOLERANCE_K && k < MAX_STEPS; k++) {
    const isSlow = high - low > 0.5 * widths[0];
    widths = [widths[1], high - low];
    const margin = 0.5 * SPAN_TOLERANCE_K;
    const next = isSlow ? 0.5 * (low + high) : Math.min(Math.max(secant(), low + margin), high - margin);
    const power = coolingAt(next);
    if (power > 0) [low, atLow] = [next, power];
    else [high, atHigh] = [next, power];
  }
  const span = secant();
  return Number.isFinite(span) ? span : null;
}
