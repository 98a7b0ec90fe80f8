/**
 * Delta ASDA-A2 servo drive, from its user manual (revision February 2017, chapters 8 and 9): parameter Pa-bb stands at
 * a * 100h + 2 * bb, 32 bits, low word first; 10 ms of silence before and after each frame; the communication time-out
 * P3-04 is shipped at 0 (disabled); written parameters go to EEPROM unless P2-30 is 5.
 */
import { DeadMan } from './dead-man.ts';
import type { MakeSimulator } from './simulator.ts';
import { type Cell, sparseBank } from './sparse-bank.ts';

const parameter = (group: number, index: number): number => group * 0x100 + 2 * index;
const FIRMWARE = parameter(0, 0);
const ALARM = parameter(0, 1);
const MONITORS = [9, 10, 11, 12, 13].map((index) => parameter(0, index));
const MONITOR_CODES = [17, 18, 19, 20, 21].map((index) => parameter(0, index));
const SPEED_1 = parameter(1, 9);
const AUXILIARY = parameter(2, 30);
const FAULT_TREATMENT = parameter(3, 3);
const TIMEOUT_S = parameter(3, 4);
const DI_SOURCE = parameter(3, 6);
const DI_STATE = parameter(4, 7);
const PR_TRIGGER = parameter(5, 7);
const PATH_1 = parameter(6, 3);
const PATH_1_DEFINITION = parameter(6, 2);

/** Alarm of the time-out, hexadecimal as the display shows it. */
const AL020 = 0x020;
/** P5-07: 1 to 63 starts that path, 1000 stops. */
const MOST_PATH = 63;
const STOP = 1000;
const SERVO_ON = 1;

/** Counts how often memory that wears out was written: reads as `eeprom_writes` of the plant. */
export const deltaAsdaA2: MakeSimulator = ({ plant, clock }) => {
  const values = new Map<number, number>();
  for (const address of [
    SPEED_1,
    AUXILIARY,
    FAULT_TREATMENT,
    TIMEOUT_S,
    DI_SOURCE,
    DI_STATE,
    PR_TRIGGER,
    PATH_1,
    PATH_1_DEFINITION,
  ])
    values.set(address, 0);
  MONITOR_CODES.forEach((address, i) => values.set(address, i));
  values.set(FIRMWARE, 10_057);
  values.set(ALARM, 0);
  const deadMan = new DeadMan(clock, () => {
    values.set(ALARM, AL020);
    if (values.get(FAULT_TREATMENT) === 1) stop();
  });

  function stop(): void {
    plant.set('enabled', 0);
    values.set(DI_STATE, 0);
  }

  /** Variables that P0-17 to P0-21 choose: 0 position in PUU, 7 speed in 0.1 r/min, 11 torque in 0.1 %. */
  function monitor(code: number): number {
    if (code === 0) return plant.get('position_PUU');
    if (code === 7) return plant.get('speed_rpm') * 10;
    return code === 11 ? plant.get('torque_percent') * 10 : 0;
  }

  function valueAt(address: number): number {
    const at = MONITORS.indexOf(address);
    if (at >= 0) return monitor(values.get(MONITOR_CODES[at]) ?? 0);
    return values.get(address) ?? 0;
  }

  function apply(address: number): void {
    const value = values.get(address) ?? 0;
    if (address === TIMEOUT_S) deadMan.set(value * 1000);
    if (address === DI_STATE)
      plant.set('enabled', (value & SERVO_ON) !== 0 && values.get(ALARM) === 0 ? 1 : 0);
    if (address === PR_TRIGGER && value >= 1 && value <= MOST_PATH && plant.get('enabled') === 1) {
      plant.set('path', value);
      if (value === 1) plant.set('target_PUU', values.get(PATH_1) ?? 0);
    }
    if (address === PR_TRIGGER && value === STOP) {
      plant.set('path', 0);
      plant.set('target_PUU', plant.get('position_PUU'));
    }
    if (address === ALARM && value === 0) plant.set('enabled', 0);
    if (values.get(AUXILIARY) !== 5) plant.set('eeprom_writes', plant.get('eeprom_writes') + 1);
  }

  function write(address: number, high: boolean, word: number): null {
    const old = (values.get(address) ?? 0) >>> 0;
    const next = high ? (old & 0xffff) | (word << 16) : (old & 0xffff_0000) | word;
    values.set(address, next | 0);
    apply(address);
    return null;
  }

  function cell(address: number): Cell | undefined {
    const start = address & ~1;
    const isMonitor = MONITORS.includes(start);
    if (!isMonitor && !values.has(start)) return undefined;
    const high = address !== start;
    const get = (): number => (Math.round(valueAt(start)) >> (high ? 16 : 0)) & 0xffff;
    if (isMonitor || start === FIRMWARE) return { get };
    if (start === TIMEOUT_S)
      return { get, set: (word) => (!high && word > 20 ? 3 : write(start, high, word)) };
    return { get, set: (word) => write(start, high, word) };
  }

  const bank = sparseBank((table, address) => (table === 'holding' ? cell(address) : undefined), {
    // ASDA-A manual, 4th edition 2005, 8-9: "The maximum value of N is 10"
    maxRead: 10,
    maxWrite: 10,
    tooMany: 3,
    readOnly: 3,
    onRequest: () => deadMan.feed(),
  });
  return { kind: 'modbus', bank, deafMs: 10 };
};
