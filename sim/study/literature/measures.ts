/**
 * What a machine says to each kind of published figure, by the name that the preset's `targets` give it. Keys of
 * OperatingPoint are measures too.
 */
import { smaMassKg, superelasticParameters } from '../../machine/geometry.ts';
import type { Target } from '../../config/target.ts';
import type { Changes } from '../../config/parameters/parameter.ts';
import { vary } from '../../config/vary.ts';
import { type OperatingPoint, solveOperatingPoint } from '../operating-point.ts';
import {
  PLATE_COOLING_TIME,
  PUBLISHED_PLATE,
  USUAL_PLATE,
  slowestAdiabaticRate,
  testPlate,
} from '../plate-test.ts';
import { CHAMBER_WALLS, chamberAfterAnHour } from '../systems/chamber.ts';
import { adiabaticChange } from './adiabatic-change.ts';
import { bestCop } from './best-cop.ts';
import { type Evaluation, TOLERANCE_K } from './evaluation.ts';
import { temperatureSpan } from './span.ts';
import { usefulWindow, workingWindow } from './window.ts';

/** null: not defined for this machine (a span where it never cools). Throws UserError on an impossible recipe. */
export type Measure = (machine: Evaluation, target: Target) => number | null;

const KELVIN = 273.15;
/** Up to this the published alloys are pressed (hkust-freezer-2026), MPa. */
const PUBLISHED_STRESS = 900;
/** Share of the largest adiabatic change that still counts as useful: assumed, no definition could be read. */
const USEFUL_SHARE = 0.5;

const MEASURES: Readonly<Record<string, Measure>> = {
  temperature_span_K: (machine, { at, value }) => spanNear(machine, at, value),
  single_alloy_span_K: singleAlloySpan,
  device_window_K: deviceWindow,
  time_to_setpoint_s: (machine) => machine.house().time_to_setpoint_s,
  room_held_C: (machine) => machine.house().final_C,
  sma_mass_g: ({ preset }) => 1e3 * smaMassKg(preset.device),
  sma_tubes: ({ preset }) =>
    preset.device.layout.banks.reduce((sum, { cell, tube }) => sum + cell.cells * tube.tubes_per_cell, 0),
  wetted_area_per_volume_per_mm: ({ preset }) => 2e-3 / preset.device.tube.wall_thickness,
  work_recovery_percent: ({ preset }) => 100 * preset.device.drive.work_recovery,
  austenite_finish_C: austeniteFinish,
  adiabatic_cooling_K: (machine, { at }) => {
    const { material } = firstBank(machine);
    const celsius = (at['operation.mean_temperature'] as number) - KELVIN;
    return -adiabaticChange(material, celsius, PUBLISHED_STRESS).unloading_K;
  },
  useful_window_K: (machine) => usefulWindow(firstBank(machine).material, PUBLISHED_STRESS, USEFUL_SHARE),
  plate_heating_K: (machine) => plate(machine).heating_K,
  plate_cooling_K: (machine) => -plate(machine).cooling_K,
  plate_adiabatic_rate_per_s: (machine) => {
    const { low, high } = PLATE_COOLING_TIME;
    const coolingTime = low * (high / low) ** machine.chance;
    const alloy = superelasticParameters(firstBank(machine));
    return slowestAdiabaticRate('smooth', alloy, { ...USUAL_PLATE, coolingTime });
  },
  best_cop_device_full_recovery: ({ preset }) => bestCop(preset),
  material_cop_over_niti: copOverNiti,
  chamber_after_an_hour_C: ({ preset, chance }) => {
    const [low, , high] = CHAMBER_WALLS;
    return chamberAfterAnHour(preset, low * (high / low) ** chance);
  },
};

/** The machine's answer to a target; null where it has none. */
export function measure(machine: Evaluation, target: Target): number | null {
  const special = MEASURES[target.quantity] as Measure | undefined;
  if (special) return special(machine, target);
  const value = machine.point(target.at)[target.quantity as keyof OperatingPoint];
  return typeof value === 'number' ? value : null;
}

const firstBank = ({ preset }: Evaluation) => preset.device.layout.banks[0];

/**
 * The lift at which the cooling power ends, from the power at the published lift and 5 % below it: near the published
 * figure as good as the span itself, far from it still on the right side, for two operating points.
 */
function spanNear(machine: Evaluation, at: Changes, published: number): number | null {
  const cooling = (lift: number) => machine.point({ ...at, 'operation.lift': lift }).cooling_power_W;
  const there = cooling(published);
  const falls = cooling(0.95 * published) - there;
  return falls > 0 ? published + (there * 0.05 * published) / falls : null;
}

/** Span of the same device with the alloy of its middle bank in all of them. */
function singleAlloySpan({ preset }: Evaluation): number | null {
  const { banks } = preset.device.layout;
  const alloy = banks[Math.floor(banks.length / 2)].material.equilibrium_temperature;
  const same = banks.map(({ name }) => [`${name}.material.equilibrium_temperature`, alloy] as const);
  return temperatureSpan(vary(preset, Object.fromEntries(same)).device);
}

/** From where the coldest alloy comes back from martensite to where the stress still completes the warmest, K. */
function deviceWindow(machine: Evaluation, { at }: Target): number {
  const stress = machine.point(at).peak_stress_MPa;
  const windows = machine.preset.device.layout.banks.map((bank) => workingWindow(bank.material, stress));
  return Math.max(...windows.map(({ high_C }) => high_C)) - Math.min(...windows.map(({ low_C }) => low_C));
}

/** Where the last martensite turns back without stress: X = −Y at ξ = 0, σ = 0. */
function austeniteFinish(machine: Evaluation): number {
  const p = superelasticParameters(firstBank(machine));
  const ends = p.dissipation + p.linearHardening + p.endHardening;
  return p.equilibriumTemperature + ends / p.entropyChange - KELVIN;
}

const plate = (machine: Evaluation) =>
  testPlate('smooth', superelasticParameters(firstBank(machine)), PUBLISHED_PLATE.rate);

/** cop_material over that of the same machine with NiTi, at the strain that suits NiTi. */
function copOverNiti({ machine, load }: Evaluation): number | null {
  const isShared = ([name]: [string, unknown]) => !/^material\.|^recipe\.strain$/.test(name);
  const shared = Object.fromEntries(Object.entries(machine.changes ?? {}).filter(isShared));
  const cop = (preset: string, changes: Changes) =>
    solveOperatingPoint(load({ preset, changes }).device, { toleranceK: TOLERANCE_K }).cop_material;
  const [own, niti] = [cop(machine.preset, machine.changes ?? {}), cop(`${machine.preset}-niti`, shared)];
  return own === null || niti === null ? null : own / niti;
}
