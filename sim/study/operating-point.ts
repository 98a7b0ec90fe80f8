/**
 * One operating point: the machine between two constant inlet temperatures, run to cyclic steady state, and what it
 * then does, by the definitions printed beside it.
 */
import type { DeviceConfig } from '../config/device-config.ts';
import { type CycleRecipe, type CycleSchedule, buildCycleSchedule } from '../cycle-schedule.ts';
import { LAMINAR_REYNOLDS_LIMIT } from '../fluid/correlations.ts';
import { bucklingStress, smaMassKg, superelasticParameters } from '../machine/geometry.ts';
import { Machine, type PortTemperatures } from '../machine/machine.ts';
import { type FixedPoint, findFixedPoint } from '../numerics/anderson.ts';

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
  buckling_margin: number;
  stroke_mm: number;
  pressure_drop_bar: number;
  peak_martensite_fraction: number;
  cell_temperature_min_C: number;
  cell_temperature_max_C: number;
  entropy_production_W_per_K: number;
  energy_residual: number;
  steady_state_error_K: number;
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
  energy_residual: '|mechanical + cooling − heating − losses − storage| / heating, over the last cycle',
  steady_state_error_K:
    'extrapolated distance from the exact cyclic steady state, alloy and fluid temperatures',
};

/** One plain cycle; `inspect` sees the machine after every step. */
export function runCycle(
  machine: Machine,
  schedule: CycleSchedule,
  ports: PortTemperatures,
  inspect?: (step: number) => void,
): void {
  for (let i = 0; i < schedule.steps; i++) {
    machine.step(schedule.dtS[i], schedule.shorteningM[i], schedule.flowKgPerS[i], ports);
    inspect?.(i);
  }
}

export interface SteadyStateOptions {
  /** K; both the change per cycle and the extrapolated error stay below it. */
  readonly toleranceK?: number;
  readonly maxCycles?: number;
  readonly onCycle?: (cycle: number, residualK: number) => void;
}

/** Brings the machine to its cyclic steady state by Anderson acceleration on its full state. */
export function toCyclicSteadyState(
  machine: Machine,
  schedule: CycleSchedule,
  ports: PortTemperatures,
  options: SteadyStateOptions = {},
): FixedPoint {
  const x = new Float64Array(machine.stateLength);
  machine.saveState(x);
  // one unit for all: a martensite fraction counts as the kelvins its latent heat is worth
  const size = machine.cells * machine.nodes;
  const law = superelasticParameters(machine.config);
  const scale = new Float64Array(x.length).fill(1);
  scale.fill((law.entropyChange * law.equilibriumTemperature) / law.heatCapacity, size, 2 * size);
  const result = findFixedPoint(
    x,
    (from, to) => {
      machine.loadState(from);
      runCycle(machine, schedule, ports);
      machine.saveState(to);
    },
    {
      warmUp: 3,
      window: 5,
      tolerance: options.toleranceK ?? 1e-6,
      maxIterations: options.maxCycles ?? 200,
      scale,
      ...(options.onCycle ? { onIteration: options.onCycle } : {}),
    },
  );
  machine.loadState(x);
  return result;
}

export function operationRecipe(device: DeviceConfig): CycleRecipe {
  return {
    frequencyHz: device.recipe.frequency,
    strain: device.recipe.strain,
    blowFlowKgPerS: device.recipe.blow_flow,
    blowDuty: device.recipe.blow_duty,
  };
}

/** Runs `device` at its `operation` and `recipe` to cyclic steady state. Throws UserError on an impossible recipe. */
export function solveOperatingPoint(device: DeviceConfig, options: SteadyStateOptions = {}): OperatingPoint {
  const { mean_temperature, lift, ambient_temperature } = device.operation;
  const schedule = buildCycleSchedule(device, operationRecipe(device));
  const machine = new Machine(device, device.recipe.frequency, mean_temperature);
  const ports = {
    cold: mean_temperature - lift / 2,
    hot: mean_temperature + lift / 2,
    ambient: ambient_temperature,
  };
  const steady = toCyclicSteadyState(machine, schedule, ports, options);
  return measureCycle(device, machine, schedule, ports, steady);
}

function measureCycle(
  device: DeviceConfig,
  machine: Machine,
  schedule: CycleSchedule,
  ports: PortTemperatures,
  steady: FixedPoint,
): OperatingPoint {
  const { train } = machine;
  const before = energies(machine);
  const peak = {
    force: 0,
    pressure: 0,
    fraction: 0,
    hottest: 0,
    coldest: Number.POSITIVE_INFINITY,
    stroke: 0,
  };
  const rest = train.shortening;
  runCycle(machine, schedule, ports, () => {
    peak.force = Math.max(peak.force, train.force);
    peak.pressure = Math.max(peak.pressure, machine.pressurePa);
    peak.stroke = Math.max(peak.stroke, train.shortening - rest);
    for (let i = 0; i < train.fraction.length; i++) {
      peak.fraction = Math.max(peak.fraction, train.fraction[i]);
      peak.hottest = Math.max(peak.hottest, train.temperature[i]);
      peak.coldest = Math.min(peak.coldest, train.temperature[i]);
    }
  });
  const after = energies(machine);
  const power = (key: keyof ReturnType<typeof energies>) => (after[key] - before[key]) / schedule.periodS;

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
  const blownKg = device.recipe.blow_flow * device.recipe.blow_duty * schedule.periodS;
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
    utilization: (blownKg * machine.fluid.heatCapacity) / (massKg * device.material.heat_capacity),
    peak_stress_MPa: peak.force / machine.area / 1e6,
    peak_force_kN: peak.force / 1e3,
    buckling_margin: (bucklingStress(device) * machine.area) / peak.force,
    stroke_mm: peak.stroke * 1e3,
    pressure_drop_bar: peak.pressure / 1e5,
    peak_martensite_fraction: peak.fraction,
    cell_temperature_min_C: peak.coldest - 273.15,
    cell_temperature_max_C: peak.hottest - 273.15,
    entropy_production_W_per_K: power('entropy'),
    energy_residual: Math.abs(imbalance) / Math.abs(heating),
    steady_state_error_K: steady.extrapolatedError,
    converged: steady.converged,
    cycles: steady.iterations,
    warnings: warningsFor(device, machine, peak.pressure, steady),
  };
}

function energies(machine: Machine) {
  return {
    cooling: machine.coolingJ,
    heating: machine.heatingJ,
    work: machine.workJ,
    loading: machine.loadingWorkJ,
    pump: machine.pumpJ,
    loss: machine.lossJ,
    stored: machine.storedEnergy(),
    entropy: machine.train.entropyProduced,
  };
}

const ratio = (numerator: number, denominator: number): number | null =>
  denominator > 0 ? numerator / denominator : null;

function warningsFor(
  device: DeviceConfig,
  machine: Machine,
  pressurePa: number,
  steady: FixedPoint,
): string[] {
  const warnings: string[] = [];
  if (!steady.converged) {
    warnings.push(
      `not converged after ${steady.iterations} cycles: the state still changes by ${steady.residual.toExponential(1)} K ` +
        'a cycle; look for a frequency, flow or strain at the edge of what the machine can do, or allow more cycles',
    );
  }
  if (machine.transport.peakReynolds > LAMINAR_REYNOLDS_LIMIT) {
    warnings.push(
      `the flow in a gap reaches Reynolds ${machine.transport.peakReynolds.toFixed(0)}; heat transfer and pressure drop are ` +
        `laminar formulas, valid below ${LAMINAR_REYNOLDS_LIMIT}`,
    );
  }
  if (pressurePa > 1.5e5 && device.tube.cells > 1) {
    warnings.push(
      `the pressure drop reaches ${(pressurePa / 1e5).toFixed(2)} bar; the kilowatt machine stays below 1.5 bar`,
    );
  }
  return warnings;
}
