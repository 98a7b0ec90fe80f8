/**
 * One operating point: the machine between two constant inlet temperatures, run to cyclic steady state, and what it
 * then does, by the definitions printed beside it.
 */
import type { DeviceConfig } from '../config/device-config.ts';
import { type CycleRecipe, type CycleSchedule, blownKg, buildCycleSchedule } from '../cycle-schedule.ts';
import type { PortTemperatures } from '../machine/circuit.ts';
import { bucklingStress, smaMassKg } from '../machine/geometry.ts';
import { Machine } from '../machine/machine.ts';
import { type FatigueLife, fatigueLife, shortestLife } from '../material/fatigue.ts';
import type { FixedPoint } from '../numerics/anderson.ts';
import { CyclePeaks } from './cycle-peaks.ts';
import {
  type SteadyStateOptions,
  runCycle,
  toCyclicSteadyState,
  unbalancedSentence,
} from './steady-state.ts';

/** Results carry their unit in their name; `null` is "not defined here", never 0. */
export interface OperatingPoint {
  cooling_power_W: number;
  heating_power_W: number;
  mechanical_power_W: number;
  loading_power_W: number;
  pump_power_W: number;
  specific_cooling_power_W_per_g: number;
  sma_mass_g: number;
  cop_material: number | null;
  cop_device: number | null;
  cop_device_no_recovery: number | null;
  cop_device_full_recovery: number | null;
  cop_system: number | null;
  second_law_efficiency: number | null;
  temperature_lift_K: number;
  utilization: number;
  peak_stress_MPa: number;
  peak_force_kN: number;
  /** Absent where the alloy is pulled. */
  buckling_margin: number | null;
  stroke_mm: number;
  pressure_drop_bar: number;
  /** Largest of the cycle: between the cells of a bank. */
  flow_maldistribution: number;
  peak_martensite_fraction: number;
  /** Strain that earlier cycles have left in the alloy. */
  residual_strain_percent: number;
  /** Of the bank that lasts the shortest; null where nothing published says anything. */
  fatigue_life_cycles: number | null;
  fatigue_life: string;
  cell_temperature_min_C: number;
  cell_temperature_max_C: number;
  entropy_production_W_per_K: number;
  energy_residual: number;
  steady_state_error_K: number;
  /** The cycle repeats itself, and in each of its steps the forces balanced. */
  converged: boolean;
  cycles: number;
  warnings: string[];
}

/** Printed with every result. */
export const DEFINITIONS: Readonly<Record<string, string>> = {
  cooling_power_W:
    'net enthalpy flow at the cold port: (1/τ)[∫ hot blow ṁ c T entering − ∫ cold blow ṁ c T leaving], storage excluded',
  heating_power_W: 'net enthalpy flow at the hot port, the same way',
  mechanical_power_W: '∮ F du of the load train, per second',
  specific_cooling_power_W_per_g: 'cooling power / total mass of shape-memory alloy',
  cop_material: 'cooling power / net mechanical power (loop area)',
  cop_device: 'cooling power / (loading power − η · unloading power), η the work_recovery of the preset',
  cop_system: 'cooling power / (device power / drive_efficiency + pump)',
  temperature_lift_K: 'cycle-mean hot inlet minus cold inlet',
  second_law_efficiency: 'cop_device · lift / cold inlet temperature; not defined at zero lift',
  buckling_margin:
    'buckling stress of an unguided tube between fixed ends / peak stress; below 1 the tubes must be guided',
  utilization: 'heat capacity of the fluid of one blow / heat capacity of the alloy',
  flow_maldistribution:
    '(largest − least flow of a cell) / mean over the cells of a bank, from the tolerance of their gaps',
  fatigue_life_cycles:
    'cycles to fracture as far as published figures say for this alloy, loading and peak strain; fatigue_life says how',
  energy_residual: '|mechanical + cooling − heating − losses − storage| / heating, over the last cycle',
  steady_state_error_K:
    'extrapolated distance from the exact cyclic steady state, alloy and fluid temperatures',
};

export function operationRecipe(device: DeviceConfig): CycleRecipe {
  return {
    frequencyHz: device.recipe.frequency,
    strain: device.recipe.strain,
    blowFlowKgPerS: device.recipe.blow_flow,
    blowDuty: device.recipe.blow_duty,
  };
}

/** A machine in its cyclic steady state, at the start of a cycle. */
export interface SteadyRun {
  readonly device: DeviceConfig;
  readonly machine: Machine;
  readonly schedule: CycleSchedule;
  readonly ports: PortTemperatures;
  readonly steady: FixedPoint;
}

/** Runs `device` at its `operation` and `recipe` to cyclic steady state. Throws UserError on an impossible recipe. */
export function runToSteadyState(device: DeviceConfig, options: SteadyStateOptions = {}): SteadyRun {
  const { mean_temperature, lift, ambient_temperature } = device.operation;
  const schedule = buildCycleSchedule(device, operationRecipe(device));
  const machine = new Machine(device, device.recipe.frequency, mean_temperature);
  const ports = {
    cold: mean_temperature - lift / 2,
    hot: mean_temperature + lift / 2,
    ambient: ambient_temperature,
  };
  const steady = toCyclicSteadyState(machine, schedule, ports, options);
  return { device, machine, schedule, ports, steady };
}

/** The same, and what the machine does there. */
export function solveOperatingPoint(device: DeviceConfig, options: SteadyStateOptions = {}): OperatingPoint {
  return measureCycle(runToSteadyState(device, options));
}

/** Runs one more cycle and measures it. */
export function measureCycle({ device, machine, schedule, ports, steady }: SteadyRun): OperatingPoint {
  const { trains, banks } = machine;
  for (const { flows } of banks) flows.watch.reset();
  const before = counters(machine);
  const peak = new CyclePeaks(machine);
  runCycle(machine, schedule, ports, () => peak.look());
  const after = counters(machine);
  const unbalanced = after.unbalancedSteps - before.unbalancedSteps;
  const power = (key: keyof ReturnType<typeof counters>) => (after[key] - before[key]) / schedule.periodS;

  const cooling = power('cooling');
  const heating = power('heating');
  const net = power('work');
  const loading = power('loading');
  const unloading = loading - net;
  const pump = power('pump');
  const deviceCop = (recovery: number) => ratio(cooling, loading - recovery * unloading);
  const { work_recovery, drive_efficiency } = device.drive;
  const system = (loading - work_recovery * unloading) / drive_efficiency + pump;
  const massKg = smaMassKg(device);
  const lift = ports.hot - ports.cold;
  const imbalance = net + cooling - heating - power('loss') - power('stored');
  const life = lifeOf(machine, peak);
  const margins = banks.map((bank) => bucklingStress(bank.config) / peak.stressOf(bank));
  return {
    cooling_power_W: cooling,
    heating_power_W: heating,
    mechanical_power_W: net,
    loading_power_W: loading,
    pump_power_W: pump,
    specific_cooling_power_W_per_g: cooling / (massKg * 1e3),
    sma_mass_g: massKg * 1e3,
    cop_material: ratio(cooling, net),
    cop_device: deviceCop(work_recovery),
    cop_device_no_recovery: deviceCop(0),
    cop_device_full_recovery: deviceCop(1),
    cop_system: ratio(cooling, system),
    second_law_efficiency:
      lift > 0 && cooling > 0 ? (deviceCop(work_recovery) ?? 0) * (lift / ports.cold) : null,
    temperature_lift_K: lift,
    utilization: utilization(device, machine, schedule),
    peak_stress_MPa: Math.max(...banks.map((bank) => peak.stressOf(bank))) / 1e6,
    peak_force_kN: Math.max(...peak.forceN) / 1e3,
    buckling_margin: Number.isFinite(Math.min(...margins)) ? Math.min(...margins) : null,
    stroke_mm: Math.max(...trains.map((_, k) => peak.longestM[k] - peak.shortestM[k])) * 1e3,
    pressure_drop_bar: peak.pressurePa / 1e5,
    flow_maldistribution: peak.flowSpread,
    peak_martensite_fraction: peak.fraction,
    residual_strain_percent: 100 * Math.max(...banks.map(({ residualStrain }) => residualStrain)),
    fatigue_life_cycles: life.cycles,
    fatigue_life: life.sentence,
    cell_temperature_min_C: peak.coldestK - 273.15,
    cell_temperature_max_C: peak.hottestK - 273.15,
    entropy_production_W_per_K: power('entropy'),
    energy_residual: Math.abs(imbalance) / Math.max(Math.abs(heating), Math.abs(cooling)),
    steady_state_error_K: steady.extrapolatedError,
    converged: steady.converged && unbalanced === 0,
    cycles: steady.iterations,
    warnings: warningsFor(machine, steady, unbalanced),
  };
}

/** The fatigue life of the bank that is strained the most of its kind. */
function lifeOf({ banks, config }: Machine, peak: CyclePeaks): FatigueLife {
  const lives = banks.map((bank, k) => {
    const train = config.layout.trains.findIndex((one) => one.banks.includes(k));
    return fatigueLife(bank.config.material.family, bank.config.material.mode, peak.strain[train]);
  });
  return shortestLife(lives);
}

/** Mean over the banks: heat capacity of the fluid blown through in a blow / heat capacity of the alloy. */
function utilization({ layout }: DeviceConfig, machine: Machine, schedule: CycleSchedule): number {
  const ofBank = machine.banks.map(({ law, area, config }, k) => {
    const blows = layout.blows.flatMap((blow, b) => (blow.through.some(({ bank }) => bank === k) ? [b] : []));
    const blown = blows.reduce((sum, b) => sum + blownKg(schedule, b), 0) / blows.length;
    const volume = area * config.cell.length * config.cell.cells;
    return (blown * machine.fluid.heatCapacity) / (volume * law.heatCapacity);
  });
  return ofBank.reduce((sum, u) => sum + u, 0) / ofBank.length;
}

/** What has been counted so far: J, and J/K that the alloy produced. */
export function counters(machine: Machine) {
  const { books } = machine.circuit;
  return {
    cooling: books.coolingJ,
    heating: books.heatingJ,
    work: machine.workJ,
    loading: machine.loadingWorkJ,
    pump: books.pumpJ,
    loss: machine.lossJ,
    stored: machine.storedEnergy(),
    entropy: machine.entropyProduced(),
    dissipated: machine.dissipated(),
    unbalancedSteps: machine.unbalancedSteps(),
  };
}

const ratio = (numerator: number, denominator: number): number | null =>
  denominator > 0 ? numerator / denominator : null;

function warningsFor(machine: Machine, steady: FixedPoint, unbalanced: number): string[] {
  const warnings: string[] = [];
  if (steady.cause !== null) warnings.push(notConverged(steady));
  if (unbalanced > 0) warnings.push(unbalancedSentence(unbalanced));
  for (const { law, config } of machine.banks) {
    if (!law.conservesEnergy)
      warnings.push(
        `${config.name}: the law ${config.material.law} does not keep the first law; energy_residual says by how much`,
      );
  }
  return [...warnings, ...machine.banks.flatMap(({ flows }) => flows.watch.sentences())];
}

function notConverged({ iterations, residual, cause }: FixedPoint): string {
  const change = `the state still changes by ${residual.toExponential(1)} K a cycle`;
  switch (cause) {
    case 'diverged':
      return `not converged: after ${iterations} cycles a temperature is no longer a number; look for flow, steps or a parameter far outside what a machine can be`;
    case 'slow':
      return `not converged after ${iterations} cycles: ${change}, but less and less: more cycles would get there (hardly anything flows, or walls of great heat capacity)`;
    default:
      return `not converged after ${iterations} cycles: ${change} and has stopped falling: the cycle has no single repeating state here; look for a strain or lift at the edge of what the machine can do, or use finer steps`;
  }
}
