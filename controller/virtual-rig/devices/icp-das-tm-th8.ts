/**
 * ICP DAS tM-TH8, eight thermocouples on Modbus, from its user manual (A1.1, 7MH-018-A11, section 3.7): inputs 30001 to
 * 30008 and again 40001 to 40008, over and under range at 10129 and again 00129, type codes at 40257, data format at
 * 00269 (0 hexadecimal, 1 engineering in 0.1 °C). A broken wire reads 7FFFH.
 */
import type { ExceptionCode } from '../../protocol/pdu.ts';
import type { MakeSimulator } from './simulator.ts';
import { type Cell, sparseBank } from './sparse-bank.ts';

const CHANNELS = 8;
const TYPE_K = 0x0f;
const BROKEN = 0x7fff;
const UNDER = 0x8000;
const LOW_C = -270;
const HIGH_C = 1372;
const TYPE_CODES = 256;
const STATUS = 128;
const WATCHDOG_ENABLE = 260;
const FORMAT = 268;
const WATCHDOG_STATE = 269;

export const icpDasTmTh8: MakeSimulator = ({ plant }) => {
  const types = new Uint16Array(CHANNELS).fill(TYPE_K);
  const coils = new Map([
    [WATCHDOG_ENABLE, false],
    [266, true],
    [FORMAT, true],
    [WATCHDOG_STATE, false],
  ]);

  function count(channel: number): number {
    const value = plant.get(`temperature_${channel + 1}_C`);
    if (Number.isNaN(value) || value > HIGH_C) return BROKEN;
    if (value < LOW_C) return UNDER;
    return Math.round(coils.get(FORMAT) === true ? value * 10 : (value / HIGH_C) * 0x7fff) & 0xffff;
  }

  function cell(table: 'input' | 'holding', address: number): Cell | undefined {
    if (address < CHANNELS) return { get: () => count(address) };
    const at = address - TYPE_CODES;
    if (table === 'input' || at < 0 || at >= CHANNELS) return undefined;
    return { get: () => types[at], set: (word) => ((types[at] = word), null) };
  }

  function bit(address: number): boolean | undefined {
    const at = address - STATUS;
    if (at < 0 || at >= CHANNELS) return undefined;
    const value = count(at);
    return value === BROKEN || value === UNDER;
  }

  const registers = sparseBank(cell, { maxRead: 32, maxWrite: 32, tooMany: 3, readOnly: 2 });
  const bits = {
    read(table: 'coil' | 'discrete', address: number, length: number): boolean[] | ExceptionCode {
      const values = Array.from(
        { length },
        (_, i) => bit(address + i) ?? (table === 'coil' ? coils.get(address + i) : undefined),
      );
      return values.every((value) => value !== undefined) ? values : 2;
    },
    write(address: number, values: readonly boolean[]): ExceptionCode | null {
      if (values.some((_, i) => !coils.has(address + i))) return 2;
      for (const [i, value] of values.entries()) coils.set(address + i, value);
      return null;
    },
  };
  return { kind: 'modbus', bank: { ...registers, bits }, deafMs: 2 };
};
