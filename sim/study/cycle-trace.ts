/** One cycle of the cyclic steady state, step by step: what the figures of a machine are drawn from. */
import type { DeviceConfig } from '../config/device-config.ts';
import { buildCycleSchedule } from '../cycle-schedule.ts';
import { innerStream, outerStream } from '../machine/geometry.ts';
import { Machine } from '../machine/machine.ts';
import {
  type OperatingPoint,
  operationRecipe,
  runCycle,
  solveOperatingPoint,
  toCyclicSteadyState,
} from './operating-point.ts';

/** Temperatures along one regenerator at the end of each blow, shape [nodes]. */
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
  /** One array a load train, compression positive; the strain is that of the tubes, frame left out. */
  stress_MPa: Float64Array[];
  strain_percent: Float64Array[];
  /** One array a circuit; + hot blow, - cold blow. */
  flow_kg_per_s: Float64Array[];
  /** NaN where nothing leaves. */
  cold_outlet_C: Float64Array;
  hot_outlet_C: Float64Array;
  banks: BankProfile[];
}

/** Runs `device` to cyclic steady state and records one more cycle. Throws UserError on an impossible recipe. */
export function traceCycle(device: DeviceConfig): CycleTrace {
  const { mean_temperature, lift, ambient_temperature } = device.operation;
  const schedule = buildCycleSchedule(device, operationRecipe(device));
  const machine = new Machine(device, device.recipe.frequency, mean_temperature);
  const ports = {
    cold: mean_temperature - lift / 2,
    hot: mean_temperature + lift / 2,
    ambient: ambient_temperature,
  };
  toCyclicSteadyState(machine, schedule, ports);
  const { train } = machine;
  const series = () => new Float64Array(schedule.steps);
  const [stress, strain, coldOutlet, hotOutlet] = [series(), series(), series(), series()];
  const lastOf = (sign: number) => schedule.flowKgPerS.findLastIndex((flow) => flow * sign > 0);
  const [hotEnd, coldEnd] = [lastOf(1), lastOf(-1)];
  const bank = emptyBank(machine.nodes);
  runCycle(machine, schedule, ports, (step) => {
    const flow = schedule.flowKgPerS[step];
    stress[step] = train.force / machine.area / 1e6;
    strain[step] =
      (100 * (train.shortening - train.force / device.drive.frame_stiffness)) / train.totalLength;
    coldOutlet[step] = flow < 0 ? celsius(machine.coldOutletK) : Number.NaN;
    hotOutlet[step] = flow > 0 ? celsius(machine.hotOutletK) : Number.NaN;
    if (step === hotEnd) readProfile(machine, bank.alloy_after_hot_blow_C, bank.fluid_after_hot_blow_C);
    if (step === coldEnd) readProfile(machine, bank.alloy_after_cold_blow_C, bank.fluid_after_cold_blow_C);
  });
  return {
    operating_point: solveOperatingPoint(device),
    phase: schedule.phaseEnd.slice(),
    stress_MPa: [stress],
    strain_percent: [strain],
    flow_kg_per_s: [schedule.flowKgPerS.slice()],
    cold_outlet_C: coldOutlet,
    hot_outlet_C: hotOutlet,
    banks: [bank],
  };
}

function emptyBank(nodes: number): BankProfile {
  const along = () => new Float64Array(nodes);
  return {
    name: 'cells',
    position: along().map((_, i) => (i + 0.5) / nodes),
    alloy_after_hot_blow_C: along(),
    alloy_after_cold_blow_C: along(),
    fluid_after_hot_blow_C: along(),
    fluid_after_cold_blow_C: along(),
  };
}

/** Mean over the cells; the fluid of both gaps by its amount. */
function readProfile(machine: Machine, alloy: Float64Array, fluid: Float64Array): void {
  const { nodes, cells, train, transport, config } = machine;
  const inner = innerStream(config, 1).flowArea;
  const outer = outerStream(config, 1).flowArea;
  const share = inner / (inner + outer);
  const meanOverCells = (field: Float64Array, node: number) => {
    let sum = 0;
    for (let cell = 0; cell < cells; cell++) sum += field[cell * nodes + node];
    return sum / cells;
  };
  for (let i = 0; i < nodes; i++) {
    alloy[i] = celsius(meanOverCells(train.temperature, i));
    const [inside, outside] = transport.fluidK;
    fluid[i] = celsius(share * meanOverCells(inside, i) + (1 - share) * meanOverCells(outside, i));
  }
}

const celsius = (kelvin: number): number => kelvin - 273.15;
