/** What a study can keep of an operating point, by its name in the results of `simulate`. */
import type { OperatingPoint } from '../operating-point.ts';

type NumberKey = {
  [K in keyof OperatingPoint]: OperatingPoint[K] extends number | null ? K : never;
}[keyof OperatingPoint];

export interface Result {
  readonly key: NumberKey;
  /** '' for pure numbers. */
  readonly unit: string;
  readonly title: string;
}

const result = (key: NumberKey, unit: string, title: string): Result => ({ key, unit, title });

export const RESULTS: readonly Result[] = [
  result('cooling_power_W', 'W', 'cooling power'),
  result('heating_power_W', 'W', 'heat rejected'),
  result('mechanical_power_W', 'W', 'mechanical power, net'),
  result('loading_power_W', 'W', 'mechanical power, loading'),
  result('pump_power_W', 'W', 'pump power'),
  result('specific_cooling_power_W_per_g', 'W/g', 'specific cooling power'),
  result('sma_mass_g', 'g', 'mass of alloy'),
  result('cop_material', '', 'COP of the material'),
  result('cop_device', '', 'COP of the device, work recovered as the preset says'),
  result('cop_device_no_recovery', '', 'COP of the device, no work recovered'),
  result('cop_device_full_recovery', '', 'COP of the device, all work recovered'),
  result('cop_system', '', 'COP of the system, drive and pump included'),
  result('second_law_efficiency', '', 'second-law efficiency'),
  result('temperature_lift_K', 'K', 'temperature lift'),
  result('utilization', '', 'utilization'),
  result('peak_stress_MPa', 'MPa', 'peak stress'),
  result('peak_force_kN', 'kN', 'peak force'),
  result('buckling_margin', '', 'buckling margin without guides'),
  result('stroke_mm', 'mm', 'stroke'),
  result('pressure_drop_bar', 'bar', 'peak pressure drop'),
  result('flow_maldistribution', '', 'flow maldistribution between cells'),
  result('peak_martensite_fraction', '', 'peak martensite fraction'),
  result('residual_strain_percent', '%', 'residual strain of earlier cycles'),
  result('fatigue_life_cycles', 'cycles', 'fatigue life'),
  result('cell_temperature_min_C', '°C', 'coldest alloy'),
  result('cell_temperature_max_C', '°C', 'hottest alloy'),
  result('entropy_production_W_per_K', 'W/K', 'entropy produced in the alloy'),
  result('energy_residual', '', 'energy residual'),
  result('steady_state_error_K', 'K', 'distance from the cyclic steady state'),
  result('cycles', '', 'cycles to steady state'),
];

/** What is kept where a study does not say. */
export const USUAL_RESULTS: readonly string[] = [
  'cooling_power_W',
  'specific_cooling_power_W_per_g',
  'loading_power_W',
  'pump_power_W',
  'cop_material',
  'cop_device',
  'cop_system',
  'sma_mass_g',
  'peak_stress_MPa',
  'pressure_drop_bar',
  'utilization',
  'fatigue_life_cycles',
  'energy_residual',
];
