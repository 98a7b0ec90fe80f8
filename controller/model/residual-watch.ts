/**
 * Is the machine still the one that the model describes? One channel: the residual smoothed (EWMA), and a two-sided
 * CUSUM (Page, Biometrika 41, 1954) that adds up only what goes beyond the model's own band, so that a model that is a
 * little off for good never alarms and a small change that stays does. Pure.
 */
export interface WatchSettings {
  /** In the unit of the channel. */
  readonly noise: number;
  readonly band: number;
  /** Sum at which the alarm comes, in multiples of the noise. */
  readonly threshold: number;
  /** Share of a new residual in the trend. */
  readonly smoothing: number;
}

export interface WatchState {
  /** The smoothed residual; NaN before the first. */
  readonly trend: number;
  readonly above: number;
  readonly below: number;
  /** 1: more is measured than model and band allow; -1: less; 0: neither. */
  readonly alarm: -1 | 0 | 1;
}

export const WATCH_START: WatchState = { trend: Number.NaN, above: 0, below: 0, alarm: 0 };

/** Beyond the band by half the noise counts against the sum, so that it does not creep up on noise alone. */
const SLACK = 0.5;

/** A residual that is no number changes nothing. An alarm ends when its sum is back at zero. */
export function watch(state: WatchState, settings: WatchSettings, residual: number): WatchState {
  if (!Number.isFinite(residual)) return state;
  const { noise, band, threshold, smoothing } = settings;
  const k = band / noise + SLACK;
  const z = residual / noise;
  // The cap lets an alarm end as soon after its cause as it came after it.
  const sum = (before: number, step: number) => Math.min(2 * threshold, Math.max(0, before + step));
  const above = sum(state.above, z - k);
  const below = sum(state.below, -z - k);
  const trend = Number.isNaN(state.trend) ? residual : state.trend + smoothing * (residual - state.trend);
  return { trend, above, below, alarm: alarmOf(state.alarm, above, below, threshold) };
}

function alarmOf(before: WatchState['alarm'], above: number, below: number, threshold: number): -1 | 0 | 1 {
  if (above > threshold) return 1;
  if (below > threshold) return -1;
  if ((before === 1 && above > 0) || (before === -1 && below > 0)) return before;
  return 0;
}
