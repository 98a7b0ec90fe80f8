/** The smallest whole machine: one cell with one plate, no losses, a rigid frame, prompt valves. For limits in closed form. */
import type { BankConfig, BlowConfig, DeviceConfig } from '../../config/device-config.ts';
import { buildCycleSchedule } from '../../cycle-schedule.ts';
import type { PortTemperatures } from '../../machine/circuit.ts';
import { Machine } from '../../machine/machine.ts';
import { operationRecipe } from '../operating-point.ts';
import { runCycle, toCyclicSteadyState } from '../steady-state.ts';

/** m */
export interface PlateSize {
  readonly length: number;
  readonly thickness: number;
  readonly gap: number;
  /** m³ */
  readonly deadVolume?: number;
}

export const PLATE_WIDTH = 0.02;

/** A bank of one cell with one plate, of the alloy of `base`. */
export function plateBank(
  base: BankConfig,
  { length, thickness, gap, deadVolume = 0 }: PlateSize,
): BankConfig {
  return {
    ...base,
    cell: { ...base.cell, form: 'plates', cells: 1, length },
    plate: { plates_per_cell: 1, plate_width: PLATE_WIDTH, plate_thickness: thickness },
    channel: {
      ...base.channel,
      plate_gap: gap,
      gap_tolerance: 0,
      dead_volume: deadVolume,
      housing_loss: 0,
    },
  };
}

/** Where a blow runs, by the stroke it follows. */
export type Paths = Readonly<Record<BlowConfig['after'], Pick<BlowConfig, 'from' | 'to'>>>;

/** A machine of this bank and fluid of `base`; blows run as soon as the stroke before them ends. */
export function plateDevice(
  base: DeviceConfig,
  bank: BankConfig,
  paths: Paths,
  recipe: DeviceConfig['recipe'],
  numerics: DeviceConfig['numerics'],
): DeviceConfig {
  const blow = (after: BlowConfig['after']): BlowConfig => {
    const direction = paths[after].to === 'hot' && paths[after].from === 'cold' ? 1 : -1;
    const through = [{ bank: 0, direction }] as const;
    return { name: after, after, ...paths[after], through, train: 0, opens: null, lasts: null, flow: 1 };
  };
  return {
    ...base,
    layout: {
      banks: [bank],
      trains: [{ banks: [0], phase: 0 }],
      sharedDrive: true,
      blows: [blow('loading'), blow('unloading')],
    },
    drive: { ...base.drive, control: 'stroke', ramp_share: 0.05, clearance: 0, frame_stiffness: 1e12 },
    circuit: { ...base.circuit, blow_delay: 0, valve_switch_time: 0, pump: 'prescribed' },
    recipe,
    numerics,
  };
}

/** Heat from the cold reservoir and net work of a cycle in steady state, J. */
export function steadyCycle(
  device: DeviceConfig,
  ports: PortTemperatures,
): { cooling: number; work: number } {
  const machine = new Machine(device, device.recipe.frequency, ports.cold);
  const schedule = buildCycleSchedule(device, operationRecipe(device));
  toCyclicSteadyState(machine, schedule, ports);
  const { books } = machine.circuit;
  const [cooling, work] = [books.coolingJ, machine.workJ];
  runCycle(machine, schedule, ports);
  return { cooling: books.coolingJ - cooling, work: machine.workJ - work };
}
