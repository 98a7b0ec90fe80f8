/** A healthy machine in EXECUTE; tests break one thing at a time. */
import { readFileSync } from 'node:fs';
import type { Observation } from '../../controller/control/safety/interlock.ts';
import {
  asCycleSummary,
  asStatus,
  type CycleSummary,
  type Status,
} from '../../controller/control/line/readings.ts';
import type { ModbusBoard } from '../../controller/control/electronics/settings.ts';
import { parseRigFile, type RigFile } from '../../controller/control/rig-file.ts';
import {
  CYCLE_SUMMARY,
  STATUS,
  type BlockValues,
  type RegisterBlock,
} from '../../controller/protocol/register-map.ts';

/** The rig file as it is shipped: patient, for a virtual rig beside a busy browser. */
export const VIRTUAL_RIG_TEXT = readFileSync(
  new URL('../../fixtures/rigs/virtual-kilowatt.yaml', import.meta.url),
  'utf8',
);
/** The same with the limits that a real machine must have. */
export const RIG_TEXT = VIRTUAL_RIG_TEXT.replace(/data_age_ms: \d+/, 'data_age_ms: 200')
  .replace(/watchdog_timeout_ms: \d+/, 'watchdog_timeout_ms: 400')
  .replace('operator_lost: continue', 'operator_lost: hold');

export function readRig(text = RIG_TEXT): RigFile {
  const rig = parseRigFile(text);
  if (typeof rig === 'string') throw new Error(rig);
  return rig;
}

/** The line of a rig file that speaks Modbus, as the fake rig does. */
export function modbusOf({ electronics }: RigFile): ModbusBoard {
  if (electronics.kind !== 'modbus') throw new Error('the fake rig speaks Modbus');
  return electronics;
}

/** Every register of a block, zero but for what is given: `cell_C: 25` fills all cells. */
export function blockValues(block: RegisterBlock, given: Record<string, number>): BlockValues {
  const values: BlockValues = {};
  for (const { name, count } of block.registers) {
    const value = given[name] ?? 0;
    values[name] = count === 1 ? value : Array.from({ length: count }, () => value);
  }
  return values;
}

export const HEALTHY_STATUS = {
  device_clock_ms: 60_000,
  drive_state: 2,
  watchdog_state: 1,
  acceleration: 1,
  cycle_number: 200,
  force_kN: 15,
  stress_MPa: 580,
  stroke_mm: 25,
  flow_kg_per_s: 0.2,
  pressure_bar: 0.1,
  cold_inlet_C: 21,
  hot_inlet_C: 31,
  cold_outlet_C: 20,
  hot_outlet_C: 32,
  room_C: 23,
  outdoor_C: 31,
  cell_C: 25,
};

export const HEALTHY_SUMMARY = {
  cycle_number: 200,
  period_ms: 286,
  cooling_power_W: 900,
  heating_power_W: 1400,
  mechanical_power_W: 480,
  loading_power_W: 2000,
  pump_power_W: 20,
  peak_stress_MPa: 600,
  peak_pressure_bar: 0.2,
  cell_min_C: 15,
  cell_mean_C: 25,
  cell_max_C: 35,
};

export const status = (given: Record<string, number> = {}): Status =>
  asStatus(blockValues(STATUS, { ...HEALTHY_STATUS, ...given }));
export const summary = (given: Record<string, number> = {}): CycleSummary =>
  asCycleSummary(blockValues(CYCLE_SUMMARY, { ...HEALTHY_SUMMARY, ...given }));

export const observation = (given: Partial<Observation> = {}): Observation => ({
  nowMs: 1000,
  deviceS: 60,
  state: 'EXECUTE',
  rig: readRig(),
  mode: 'automatic',
  isAttended: true,
  linkLost: null,
  restarted: false,
  replyAgeMs: 15,
  missed: null,
  clockAgeMs: 15,
  status: status(),
  summary: summary(),
  cyclesRun: 100,
  proofsOverdue: null,
  watchdogVerified: true,
  preparationProblem: null,
  overdue: null,
  lateMs: 0.5,
  overruns: 0,
  ...given,
});
