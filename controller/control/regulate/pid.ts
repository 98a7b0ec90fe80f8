/**
 * A PID controller with two degrees of freedom, as a pure step (Astrom & Murray, Feedback Systems, ch. 11):
 *
 *   v = K (b r − y) + I + D     dI/dt = K/Ti (r − y) + (u − v)/Tt     D: K Td d(c r − y)/dt through a lag of Td/N
 *
 * u is v within its range and rate; what they cut off leads the integral back within `tracking_s` (anti-windup). The
 * unit of the output is the caller's (written U), the measured quantity is a temperature.
 */
export interface PidSettings {
  /** U/K; negative where more output lowers the temperature, as with a cooler. */
  readonly gain_U_per_K: number;
  /** Integral time; infinite: no integral. */
  readonly integral_s: number;
  /** Derivative time, 0 for none, and the lag of its filter as `derivative_s / derivative_filter`. */
  readonly derivative_s: number;
  readonly derivative_filter: number;
  /** How much of a set-point step the proportional (b) and the derivative part (c) see, 0 to 1. */
  readonly setpoint_weight: number;
  readonly derivative_weight: number;
  /** How fast a saturated integral comes back; between derivative_s and integral_s. */
  readonly tracking_s: number;
}

/** What the output may do now. */
export interface OutputLimits {
  readonly lowest_U: number;
  readonly highest_U: number;
  readonly rate_U_per_s: number;
}

export interface PidState {
  /** U, within the limits. */
  readonly output: number;
  /** U, as it would be without them. */
  readonly unlimited: number;
  readonly integral: number;
  readonly derivative: number;
  /** c r − y of the step before, K; null where there is none to compare with. */
  readonly before: number | null;
}

export interface PidInput {
  readonly setpoint_C: number;
  /** NaN where nothing is known: the output is held. */
  readonly measured_C: number;
  /** Added to the output: what a model expects to be needed, U. */
  readonly feed_forward_U: number;
  /** Since the step before, as it was; steps of no length change nothing. */
  readonly period_s: number;
}

/** At rest with this output; the first `pidStep` should follow a `pidTrack`. */
export const pidAt = (output: number): PidState => ({
  output,
  unlimited: output,
  integral: output,
  derivative: 0,
  before: null,
});

export function pidStep(
  state: PidState,
  settings: PidSettings,
  limits: OutputLimits,
  input: PidInput,
): PidState {
  const { setpoint_C, measured_C, feed_forward_U, period_s } = input;
  if (!Number.isFinite(measured_C)) return { ...state, before: null };
  if (!(period_s > 0)) return state;
  const { gain_U_per_K: gain, setpoint_weight: b, derivative_weight: c } = settings;
  const before = c * setpoint_C - measured_C;
  const derivative = filtered(state, settings, before - (state.before ?? before), period_s);
  const unlimited = gain * (b * setpoint_C - measured_C) + state.integral + derivative + feed_forward_U;
  const output = limited(unlimited, state.output, limits, period_s);
  const towardsZero = (gain * period_s * (setpoint_C - measured_C)) / settings.integral_s;
  const back = Math.min(1, period_s / settings.tracking_s) * (output - unlimited);
  return { output, unlimited, integral: state.integral + towardsZero + back, derivative, before };
}

/**
 * A state whose next step of vanishing length gives `output`: for the way from manual or thermostat to PID, for new
 * settings, and while something else decides the output.
 */
export function pidTrack(
  state: PidState,
  settings: PidSettings,
  input: Omit<PidInput, 'period_s'>,
  output: number,
): PidState {
  const { setpoint_C, measured_C, feed_forward_U } = input;
  if (!Number.isFinite(measured_C)) return { ...state, output, unlimited: output, before: null };
  const { gain_U_per_K: gain, setpoint_weight: b, derivative_weight: c } = settings;
  const integral = output - gain * (b * setpoint_C - measured_C) - feed_forward_U;
  return { output, unlimited: output, integral, derivative: 0, before: c * setpoint_C - measured_C };
}

/** Backward difference: stable for any period. */
function filtered(state: PidState, settings: PidSettings, change: number, period_s: number): number {
  const { gain_U_per_K: gain, derivative_s, derivative_filter } = settings;
  if (derivative_s === 0) return 0;
  const lag = derivative_s / derivative_filter;
  return (lag * state.derivative + gain * derivative_s * change) / (lag + period_s);
}

function limited(wanted: number, from: number, limits: OutputLimits, period_s: number): number {
  const most = limits.rate_U_per_s * period_s;
  const slow = Math.min(from + most, Math.max(from - most, wanted));
  return Math.min(limits.highest_U, Math.max(limits.lowest_U, slow));
}
