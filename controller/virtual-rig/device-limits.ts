/** The firmware's own limits: what trips it whether or not a host is listening. */
import type { PlantReadings } from '../../sim/index.ts';
import { FAULT_BITS } from '../protocol/register-map.ts';
import { BAR, celsius } from './units.ts';

export interface DeviceLimits {
  readonly stress_limit_MPa: number;
  readonly pressure_limit_bar: number;
  readonly temperature_high_C: number;
  readonly temperature_low_C: number;
}

/** In force until the host writes its own. */
export const POWER_UP_LIMITS: DeviceLimits = {
  stress_limit_MPa: 1000,
  pressure_limit_bar: 2,
  temperature_high_C: 80,
  temperature_low_C: 1,
};

/** What a host may ask for. */
export function areLimitsAllowed(limits: DeviceLimits): boolean {
  return (
    within(limits.stress_limit_MPa, 1, 2000) &&
    within(limits.pressure_limit_bar, 0.01, 20) &&
    within(limits.temperature_high_C, limits.temperature_low_C, 150) &&
    within(limits.temperature_low_C, -60, 150)
  );
}

const within = (value: number, low: number, high: number): boolean => value >= low && value <= high;

/** The fault bits that these readings set, as a word; a reading that is no number trips as well. */
export function limitFaults(readings: PlantReadings, limits: DeviceLimits): number {
  let word = 0;
  if (!(readings.stressPa / 1e6 <= limits.stress_limit_MPa)) word |= 1 << FAULT_BITS.overStress;
  if (!(Math.abs(readings.pressurePa) / BAR <= limits.pressure_limit_bar))
    word |= 1 << FAULT_BITS.overPressure;
  for (const kelvin of readings.cellK) {
    if (!(celsius(kelvin) <= limits.temperature_high_C)) word |= 1 << FAULT_BITS.overTemperature;
    if (celsius(kelvin) < limits.temperature_low_C) word |= 1 << FAULT_BITS.underTemperature;
  }
  return word;
}
