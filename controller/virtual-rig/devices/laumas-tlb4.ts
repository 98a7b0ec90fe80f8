/**
 * Laumas TLB4 weight transmitter, from its protocols manual (1.03): 40001 to 40014 read only but for the command
 * register 40006; status 40007, gross weight 40008 (high word first) in divisions; at most 32 registers a request.
 */
import type { MakeSimulator } from './simulator.ts';
import { type Cell, sparseBank } from './sparse-bank.ts';

const COMMAND = 5;
const SEMI_AUTOMATIC_TARE = 7;
const GROSS_FROM_NET = 9;
/** Full scale in N of the cell that the plant stands for. */
const CAPACITY_N = 50_000;

export const laumasTlb4: MakeSimulator = ({ plant }) => {
  let tare = 0;
  const isBroken = (): boolean => Number.isNaN(plant.get('force_N'));
  const gross = (): number => (isBroken() ? 0 : Math.round(plant.get('force_N')));
  let peak = 0;
  /** Bit 0 load cell error, bit 2 over maximum, bit 9 negative gross weight. */
  const status = (): number =>
    (isBroken() ? 1 : 0) | (gross() > 1.1 * CAPACITY_N ? 4 : 0) | (gross() < 0 ? 0x200 : 0);
  const longs: Readonly<Record<number, () => number>> = {
    7: gross,
    9: () => gross() - tare,
    11: () => (peak = Math.max(peak, gross())),
  };
  const words: Readonly<Record<number, () => number>> = {
    0: () => 103,
    1: () => 4,
    2: () => 2018,
    3: () => 4711,
    4: () => 1,
    6: status,
    13: () => 0x0306,
  };

  function command(word: number): 3 | null {
    if (word === SEMI_AUTOMATIC_TARE) tare = gross();
    else if (word === GROSS_FROM_NET) tare = 0;
    else if (word !== 0) return 3;
    return null;
  }

  /** The manual gives the sign in a bit of the status: weights are sizes. */
  function cell(address: number): Cell | undefined {
    if (address === COMMAND) return { get: () => 0, set: command };
    const word = words[address];
    if (word !== undefined) return { get: word };
    const high = longs[address];
    if (high !== undefined) return { get: () => (Math.abs(high()) >> 16) & 0xffff };
    const low = longs[address - 1];
    return low === undefined ? undefined : { get: () => Math.abs(low()) & 0xffff };
  }

  const bank = sparseBank((table, address) => (table === 'holding' ? cell(address) : undefined), {
    maxRead: 32,
    maxWrite: 32,
    tooMany: 3,
    readOnly: 2,
  });
  return { kind: 'modbus', bank, deafMs: 3 };
};
