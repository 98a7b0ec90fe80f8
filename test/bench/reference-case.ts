/**
 * A machine of one bank, one train, a blow from cold to hot and one back, as the list of numbers that reference.c reads:
 * the order is that of `read_case` there.
 */
import type { DeviceConfig, StrokeSchedule } from '../../sim/index.ts';
import type { PortTemperatures } from '../../sim/machine/circuit.ts';
import { linerLump, superelasticParameters } from '../../sim/machine/geometry.ts';
import type { Machine } from '../../sim/machine/machine.ts';
import { passagesOf } from '../../sim/machine/passage.ts';

export interface MarchedCycles {
  /** Before the state is printed, and after it, under the clock. */
  readonly warmUp: number;
  readonly timed: number;
}

/** Distance of the values that stand for a property of the fluid, K; sim/fluid/fluid.ts tabulates it no finer. */
const TABLE_STEP_K = 0.25;
/** Laminar gap with one wall active, as sim/fluid/correlation.ts has it: Nu∞, entry, exponent, f Re. */
const GAP = [4.861, 1.841, 3.592, 96];

export function referenceCase(
  machine: Machine,
  schedule: StrokeSchedule,
  ports: PortTemperatures,
  cycles: MarchedCycles,
): readonly number[] {
  const { config: device, fluid } = machine;
  const { circuit, drive, fluid: fluidConfig } = device;
  const [bank] = machine.banks;
  const { cell, tube, channel, material } = bank.config;
  const law = superelasticParameters(bank.config);
  const liner = linerLump(bank.config, device.recipe.frequency);
  const table = (property: (kelvin: number) => number): number[] => {
    const intervals = Math.ceil((fluid.highK - fluid.lowK) / TABLE_STEP_K);
    const perKelvin = intervals / (fluid.highK - fluid.lowK);
    const values = Array.from({ length: intervals + 1 }, (_, i) => property(fluid.lowK + i / perKelvin));
    return [fluid.lowK, perKelvin, intervals, ...values];
  };
  const groups = [
    [bank.cells, bank.nodes, schedule.steps, cycles.warmUp, cycles.timed],
    [law.heatCapacity, law.austeniteCompliance, law.complianceChange, law.thermalExpansion],
    [law.transformationStrain, law.entropyChange, law.equilibriumTemperature, law.referenceTemperature],
    [law.dissipation, law.linearHardening, law.endHardening, law.poissonRatio, law.lateralShare],
    [cell.length, bank.area, drive.frame_stiffness, bank.multiplicity, drive.clearance],
    [fluid.density, fluid.heatCapacity, fluid.viscosityAt(fluidConfig.reference_temperature)],
    table((kelvin) => fluid.viscosityAt(kelvin)),
    table((kelvin) => fluid.conductivityAt(kelvin)),
    [tube.wall_thickness / 6 / material.conductivity, liner.capacity, liner.resistance],
    [channel.housing_loss / (cell.cells * bank.nodes), channel.dead_volume],
    [circuit.line_length, circuit.line_diameter, circuit.valve_coefficient, circuit.pump_efficiency],
    GAP,
    [device.numerics.courant, device.operation.mean_temperature],
    [ports.cold, ports.hot, ports.ambient],
    Array.from({ length: bank.cells }, (_, k) => passages(device, k, bank.cells)).flat(),
    schedule.dtS,
    schedule.shorteningM,
    schedule.flowKgPerS,
  ];
  return groups.flatMap((group) => Array.from(group));
}

/** What reference.c prints of a machine: six sums, then the whole state. */
export function marchedState(machine: Machine): Float64Array {
  const state = new Float64Array(6 + machine.stateLength);
  const { workJ, lossJ, circuit, trains } = machine;
  const { coolingJ, heatingJ, pumpJ } = circuit.books;
  state.set([coolingJ, heatingJ, workJ, pumpJ, lossJ, trains[0].force]);
  machine.saveState(state.subarray(6));
  return state;
}

/** Both gaps of a cell; gaps fall off evenly from the first cell to the last, as in bank.ts. */
function passages({ layout }: DeviceConfig, cell: number, cells: number): number[] {
  const [bank] = layout.banks;
  const factor = cells === 1 ? 1 : 1 + bank.channel.gap_tolerance * (0.5 - cell / (cells - 1));
  return passagesOf(bank, factor).flatMap((p) => [
    p.wettedPerimeter,
    p.linerPerimeter,
    p.flowArea,
    p.hydraulicDiameter,
    p.opening,
  ]);
}
