/**
 * A thermostat with hysteresis and shortest run and rest. Pure; all times are device time in s, so that an
 * accelerated machine is switched as often, per simulated hour, as a real one.
 */
export interface ThermostatSettings {
  /** Full width of the hysteresis around the set-point, K. */
  readonly band_K: number;
  readonly min_run_s: number;
  readonly min_rest_s: number;
}

export interface ThermostatState {
  readonly calling: boolean;
  /** Device time of the last change, s; null before the first reading. */
  readonly sinceS: number | null;
}

/** Calls for cooling until a reading says otherwise. */
export const THERMOSTAT_START: ThermostatState = { calling: true, sinceS: null };

/** A missing room temperature (NaN) changes nothing; a device clock that went backwards restarts the wait. */
export function thermostat(
  state: ThermostatState,
  settings: ThermostatSettings,
  setpointC: number,
  roomC: number,
  deviceS: number,
): ThermostatState {
  const { calling, sinceS } = state;
  if (sinceS === null || deviceS < sinceS) return { calling, sinceS: deviceS };
  const half = settings.band_K / 2;
  const wanted = calling ? !(roomC < setpointC - half) : roomC > setpointC + half;
  if (wanted === calling) return state;
  const shortest = calling ? settings.min_run_s : settings.min_rest_s;
  return deviceS - sinceS >= shortest ? { calling: wanted, sinceS: deviceS } : state;
}
