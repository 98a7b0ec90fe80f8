/** The numbers of a model in the language of the page; what this page has no words for is shown by its own name. */
import { t } from '../language.ts';
import { unitText } from '../lab/field-text.ts';
import { nameOf } from '../lab/words.ts';
import type { MapInput, MapOutput } from '../worker/messages.ts';

/** By the key of a result of `sim`; in English they are its titles. */
export const OUTPUT_NAMES: Readonly<Record<string, () => string>> = {
  cooling_power_W: () => t('cooling power'),
  heating_power_W: () => t('heat rejected'),
  mechanical_power_W: () => t('mechanical power, net'),
  loading_power_W: () => t('mechanical power, loading'),
  pump_power_W: () => t('pump power'),
  specific_cooling_power_W_per_g: () => t('specific cooling power'),
  sma_mass_g: () => t('mass of alloy'),
  cop_material: () => t('COP of the material'),
  cop_device: () => t('COP of the device, work recovered as the preset says'),
  cop_device_no_recovery: () => t('COP of the device, no work recovered'),
  cop_device_full_recovery: () => t('COP of the device, all work recovered'),
  cop_system: () => t('COP of the system, drive and pump included'),
  second_law_efficiency: () => t('second-law efficiency'),
  temperature_lift_K: () => t('temperature lift'),
  utilization: () => t('utilization'),
  peak_stress_MPa: () => t('peak stress'),
  peak_force_kN: () => t('peak force'),
  buckling_margin: () => t('buckling margin without guides'),
  stroke_mm: () => t('stroke'),
  pressure_drop_bar: () => t('peak pressure drop'),
  flow_maldistribution: () => t('flow maldistribution between cells'),
  peak_martensite_fraction: () => t('peak martensite fraction'),
  residual_strain_percent: () => t('residual strain of earlier cycles'),
  fatigue_life_cycles: () => t('fatigue life'),
  cell_temperature_min_C: () => t('coldest alloy'),
  cell_temperature_max_C: () => t('hottest alloy'),
  entropy_production_W_per_K: () => t('entropy produced in the alloy'),
};

export const outputName = ({ name }: Pick<MapOutput, 'name'>): string => OUTPUT_NAMES[name]?.() ?? name;

export const inputName = ({ name, key }: Pick<MapInput, 'name' | 'key'>): string =>
  key === null ? name : nameOf({ key, name: key.slice(key.lastIndexOf('.') + 1).replaceAll('_', ' ') });

/** "blow flow, kg/s"; a pure number has no unit. */
export const withUnit = (words: string, unit: string): string =>
  unit === '' ? words : `${words}, ${unitText(unit)}`;
