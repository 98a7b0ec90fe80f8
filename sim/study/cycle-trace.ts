/** One cycle of the cyclic steady state, step by step: what the figures of a machine are drawn from. */
import type { DeviceConfig } from '../config/device-config.ts';
import type { Bank } from '../machine/bank.ts';
import { type OperatingPoint, measureCycle, runToSteadyState } from './operating-point.ts';
import { runCycle, type SteadyStateOptions } from './steady-state.ts';

/** Temperatures along the first cell of a bank at the end of the last blow through it each way, shape [nodes]. */
export interface BankProfile {
  name: string;
  /** 0 at the cold end, 1 at the hot end. */
  position: Float64Array;
  alloy_after_hot_blow_C: Float64Array;
  alloy_after_cold_blow_C: Float64Array;
  fluid_after_hot_blow_C: Float64Array;
  fluid_after_cold_blow_C: Float64Array;
}

/** Every array of the cycle has shape [steps], values at the end of each step. */
export interface CycleTrace {
  operating_point: OperatingPoint;
  /** 0 to 1, the last one exactly 1. */
  phase: Float64Array;
  /** One array a load train; loading positive. The strain is that of the alloy, frame left out. */
  stress_MPa: Float64Array[];
  strain_percent: Float64Array[];
  /** One array a blow. */
  blows: { name: string; flow_kg_per_s: Float64Array }[];
  /** Mean temperature of what leaves to the cold and to the hot reservoir; NaN where nothing does. */
  cold_outlet_C: Float64Array;
  hot_outlet_C: Float64Array;
  banks: BankProfile[];
}

/** Runs `device` to cyclic steady state and records one more cycle. Throws UserError on an impossible recipe. */
export function traceCycle(device: DeviceConfig, options: SteadyStateOptions = {}): CycleTrace {
  const run = runToSteadyState(device, options);
  const { machine, schedule, ports } = run;
  const operating_point = measureCycle(run);
  const { trains, banks, circuit } = machine;
  const { blows } = device.layout;
  const series = () => new Float64Array(schedule.steps).fill(Number.NaN);
  const stress = trains.map(series);
  const strain = trains.map(series);
  const [coldOutlet, hotOutlet] = [series(), series()];
  const profiles = banks.map(emptyProfile);
  runCycle(machine, schedule, ports, (step) => {
    for (const [k, train] of trains.entries()) {
      stress[k][step] = train.stress / 1e6;
      strain[k][step] = 100 * train.strain;
    }
    const isFlowing = (to: 'cold' | 'hot') =>
      blows.some((blow, b) => blow.to === to && schedule.flowKgPerS[b][step] > 0);
    if (isFlowing('cold')) coldOutlet[step] = celsius(circuit.coldOutletK);
    if (isFlowing('hot')) hotOutlet[step] = celsius(circuit.hotOutletK);
    for (const [b, blow] of blows.entries()) {
      if (step !== schedule.flowKgPerS[b].findLastIndex((flow) => flow > 0)) continue;
      for (const { bank, direction } of blow.through) {
        const way = direction > 0 ? 'hot' : 'cold';
        readAlong(banks[bank].law.temperature, profiles[bank][`alloy_after_${way}_blow_C`]);
        readAlong(banks[bank].fluidK[0], profiles[bank][`fluid_after_${way}_blow_C`]);
      }
    }
  });
  return {
    operating_point,
    phase: schedule.phaseEnd.slice(),
    stress_MPa: stress,
    strain_percent: strain,
    blows: blows.map(({ name }, b) => ({ name, flow_kg_per_s: schedule.flowKgPerS[b].slice() })),
    cold_outlet_C: coldOutlet,
    hot_outlet_C: hotOutlet,
    banks: profiles,
  };
}

function emptyProfile({ config, nodes }: Bank): BankProfile {
  const along = () => new Float64Array(nodes).fill(Number.NaN);
  return {
    name: config.name,
    position: Float64Array.from({ length: nodes }, (_, i) => (i + 0.5) / nodes),
    alloy_after_hot_blow_C: along(),
    alloy_after_cold_blow_C: along(),
    fluid_after_hot_blow_C: along(),
    fluid_after_cold_blow_C: along(),
  };
}

function readAlong(field: Float64Array, into: Float64Array): void {
  for (let i = 0; i < into.length; i++) into[i] = celsius(field[i]);
}

const celsius = (kelvin: number): number => kelvin - 273.15;
