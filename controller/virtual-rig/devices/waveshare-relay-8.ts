/**
 * Waveshare Modbus RTU Relay, eight channels, protocol V2, from its wiki page: coils 0000 to 0007 by functions 01, 05
 * and 0F, all at once by 05 at 00FF, own address at 4000 and version times 100 at 8000 by function 03. No watchdog.
 */
import type { ExceptionCode } from '../../protocol/pdu.ts';
import type { MakeSimulator } from './simulator.ts';
import { sparseBank } from './sparse-bank.ts';

const CHANNELS = 8;
const ALL = 0x00ff;
const OWN_ADDRESS = 0x4000;
const VERSION = 0x8000;

export const waveshareRelay8: MakeSimulator = ({ plant, address: own }) => {
  const closed = (channel: number): boolean => plant.get(`relay_${channel + 1}`) === 1;
  const close = (channel: number, on: boolean): void => plant.set(`relay_${channel + 1}`, on ? 1 : 0);
  const inside = (address: number, count: number): boolean => address + count <= CHANNELS;
  const bits = {
    read(table: 'coil' | 'discrete', address: number, count: number): boolean[] | ExceptionCode {
      if (table === 'discrete') return 1;
      return inside(address, count) ? Array.from({ length: count }, (_, i) => closed(address + i)) : 2;
    },
    write(address: number, values: readonly boolean[]): ExceptionCode | null {
      if (address === ALL && values.length === 1) for (let i = 0; i < CHANNELS; i++) close(i, values[0]);
      else if (!inside(address, values.length)) return 2;
      else for (const [i, on] of values.entries()) close(address + i, on);
      return null;
    },
  };
  const words: Readonly<Record<number, number>> = { [OWN_ADDRESS]: Number(own), [VERSION]: 200 };
  const registers = sparseBank(
    (table, address) =>
      table === 'holding' && words[address] !== undefined ? { get: () => words[address] } : undefined,
    { maxRead: 1, maxWrite: 1, tooMany: 3, readOnly: 2 },
  );
  return { kind: 'modbus', bank: { ...registers, bits }, deafMs: 3 };
};
