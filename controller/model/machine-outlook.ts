/**
 * The outlook of a machine for a regulator that looks ahead: operating points of the preset over recipes and port
 * temperatures, and its house as three heat capacities. Takes a minute or so: made beside the rig, never in the loop.
 */
import { type MachineOutlook } from '../control/regulate/predict/outlook.ts';
import type { MpcSection } from '../control/regulate/predict/settings.ts';
import type { Recipe } from '../control/rig-file.ts';
import { type DeviceConfig, dryCoil, houseCapacities, solveOperatingPoint } from '../../sim/index.ts';

const ZERO_C_K = 273.15;
/** Cooling bends by 0.03 W/K² over the ports, so few of them do. */
const COLD_C = [12, 22];
const LIFT_K = [0, 8, 16];
/** In equal ratios: what a machine does bends most where it is slow. */
const FREQUENCIES = 6;
const SHARES = 3;
const STRAINS = 3;
/** Steps for an outlook, by their keys in a preset: powers within 3 % of those of the preset's own steps. */
export const ROUGH: ReadonlyMap<string, string> = new Map([
  ['nodes', '10'],
  ['blow_steps', '6'],
  ['ramp_steps', '5'],
  ['courant', '1'],
]);

/** Throws UserError where the machine cannot run so. */
export function machineOutlook(device: DeviceConfig, base: Recipe, section: MpcSection): MachineOutlook {
  const frequency_Hz = ratios(section.frequency_Hz, FREQUENCIES);
  const blow_share = steps(section.blow_share, SHARES);
  const strain_percent = steps(section.strain_percent, STRAINS);
  const blow_flow_kg_per_s_Hz = base.blow_flow_kg_per_s / base.frequency_Hz;
  const values: Pick<MachineOutlook, 'cooling_W' | 'electric_W' | 'peak_stress_MPa' | 'pressure_bar'> = {
    cooling_W: [],
    electric_W: [],
    peak_stress_MPa: [],
    pressure_bar: [],
  };
  for (const frequency of frequency_Hz)
    for (const share of blow_share)
      for (const strain of strain_percent) {
        const recipe = {
          ...device.recipe,
          frequency,
          strain: strain / 100,
          blow_flow: share * frequency * blow_flow_kg_per_s_Hz,
          blow_duty: base.blow_duty,
        };
        solveRecipe({ ...device, recipe }, values);
      }
  return {
    house: houseOutlook(device),
    blow_flow_kg_per_s_Hz,
    blow_duty: base.blow_duty,
    frequency_Hz,
    blow_share,
    strain_percent,
    cold_C: [...COLD_C],
    lift_K: [...LIFT_K],
    ...values,
  };
}

function solveRecipe(
  device: DeviceConfig,
  into: Pick<MachineOutlook, 'cooling_W' | 'electric_W' | 'peak_stress_MPa' | 'pressure_bar'>,
): void {
  let [stress, pressure] = [0, 0];
  for (const cold of COLD_C)
    for (const lift of LIFT_K) {
      const operation = {
        ...device.operation,
        mean_temperature: cold + ZERO_C_K + lift / 2,
        lift,
        ambient_temperature: device.room.outdoor_temperature,
      };
      const point = solveOperatingPoint({ ...device, operation });
      into.cooling_W.push(point.cooling_power_W);
      into.electric_W.push(electricW(device, point));
      stress = Math.max(stress, point.peak_stress_MPa);
      pressure = Math.max(pressure, point.pressure_drop_bar);
    }
  into.peak_stress_MPa.push(stress);
  into.pressure_bar.push(pressure);
}

function electricW(
  { drive }: DeviceConfig,
  {
    loading_power_W,
    mechanical_power_W,
    pump_power_W,
  }: Record<'loading_power_W' | 'mechanical_power_W' | 'pump_power_W', number>,
): number {
  const recovered = drive.work_recovery * (loading_power_W - mechanical_power_W);
  return (loading_power_W - recovered) / drive.drive_efficiency + pump_power_W;
}

function houseOutlook(device: DeviceConfig): MachineOutlook['house'] {
  const { room: r, exchangers: x } = device;
  const { airJPerK, wallJPerK, coldLoopJPerK } = houseCapacities(device);
  return {
    air_J_per_K: airJPerK,
    wall_J_per_K: wallJPerK,
    loop_J_per_K: coldLoopJPerK,
    air_to_wall_W_per_K: r.wall_area * r.wall_inner_coefficient,
    wall_to_outdoors_W_per_K: r.wall_area * r.wall_transmittance,
    ventilation_W_per_K: airJPerK * r.ventilation,
    coil_W_per_K: dryCoil(x.cold_conductance, x.cold_air_capacity),
    running_gain_W: r.heat_gain + x.cold_fan_power,
    resting_gain_W: r.heat_gain,
  };
}

const steps = ([low, high]: readonly [number, number], count: number): number[] =>
  Array.from({ length: count }, (_, i) => low + ((high - low) * i) / (count - 1));

const ratios = ([low, high]: readonly [number, number], count: number): number[] =>
  Array.from({ length: count }, (_, i) => low * (high / low) ** (i / (count - 1)));
