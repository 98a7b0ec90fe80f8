/**
 * What the device says, typed: the STATUS and CYCLE_SUMMARY blocks by the names of the register map. A value that is
 * not there is NaN.
 */
import type { BlockValues } from '../../protocol/register-map.ts';

const many = (values: BlockValues, name: string): number[] => [values[name] ?? Number.NaN].flat();
const one = (values: BlockValues, name: string): number => many(values, name)[0] ?? Number.NaN;

/** Names of readings that this machine does not have: NaN there is no fault. */
const NOTHING: readonly string[] = [];

export const asStatus = (values: BlockValues) => ({
  device_clock_ms: one(values, 'device_clock_ms'),
  drive_state: one(values, 'drive_state'),
  fault_word: one(values, 'fault_word'),
  watchdog_state: one(values, 'watchdog_state'),
  heartbeat_echo: one(values, 'heartbeat_echo'),
  acceleration: one(values, 'acceleration'),
  cycle_number: one(values, 'cycle_number'),
  phase: one(values, 'phase'),
  force_kN: one(values, 'force_kN'),
  stress_MPa: one(values, 'stress_MPa'),
  stroke_mm: one(values, 'stroke_mm'),
  flow_kg_per_s: one(values, 'flow_kg_per_s'),
  pressure_bar: one(values, 'pressure_bar'),
  cold_inlet_C: one(values, 'cold_inlet_C'),
  hot_inlet_C: one(values, 'hot_inlet_C'),
  cold_outlet_C: one(values, 'cold_outlet_C'),
  hot_outlet_C: one(values, 'hot_outlet_C'),
  room_C: one(values, 'room_C'),
  outdoor_C: one(values, 'outdoor_C'),
  cell_C: many(values, 'cell_C'),
  absent: NOTHING,
  /** What devices of an assembly report of themselves, in words. */
  device_faults: NOTHING,
});
export type Status = Readonly<ReturnType<typeof asStatus>>;

export const asCycleSummary = (values: BlockValues) => ({
  cycle_number: one(values, 'cycle_number'),
  cycle_end_ms: one(values, 'cycle_end_ms'),
  period_ms: one(values, 'period_ms'),
  cooling_power_W: one(values, 'cooling_power_W'),
  heating_power_W: one(values, 'heating_power_W'),
  mechanical_power_W: one(values, 'mechanical_power_W'),
  loading_power_W: one(values, 'loading_power_W'),
  pump_power_W: one(values, 'pump_power_W'),
  peak_stress_MPa: one(values, 'peak_stress_MPa'),
  peak_force_kN: one(values, 'peak_force_kN'),
  peak_stroke_mm: one(values, 'peak_stroke_mm'),
  peak_pressure_bar: one(values, 'peak_pressure_bar'),
  temperature_lift_K: one(values, 'temperature_lift_K'),
  cold_outlet_mean_C: one(values, 'cold_outlet_mean_C'),
  hot_outlet_mean_C: one(values, 'hot_outlet_mean_C'),
  cell_min_C: many(values, 'cell_min_C'),
  cell_mean_C: many(values, 'cell_mean_C'),
  cell_max_C: many(values, 'cell_max_C'),
});
export type CycleSummary = Readonly<ReturnType<typeof asCycleSummary>>;

/** What a sensor can say at all; outside of it the wire is open, shorted or crossed. */
const BELIEVABLE: readonly { readonly suffix: string; readonly low: number; readonly high: number }[] = [
  { suffix: '_C', low: -80, high: 200 },
  { suffix: '_bar', low: -20, high: 20 },
  { suffix: '_MPa', low: -500, high: 5000 },
  { suffix: '_kN', low: -500, high: 500 },
  { suffix: '_mm', low: -500, high: 500 },
  { suffix: '_per_s', low: -20, high: 20 },
];

const isBelievable = (name: string, value: number): boolean => {
  const range = BELIEVABLE.find(({ suffix }) => name.endsWith(suffix));
  return range === undefined || (value >= range.low && value <= range.high);
};

/** The reading, or NaN where no working sensor gives it. */
export const believed = (name: string, value: number): number =>
  isBelievable(name, value) ? value : Number.NaN;

/** The first reading that no working sensor gives, as a sentence; null where all may be believed. */
export function impossibleReading(status: Status): string | null {
  for (const [name, value] of Object.entries(status)) {
    if (status.absent.includes(name)) continue;
    const bad = [value].flat().find((v) => typeof v === 'number' && !isBelievable(name, v));
    if (bad !== undefined) return `${name} reads ${bad}, which no working sensor does`;
  }
  return null;
}
