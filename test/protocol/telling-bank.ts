/** Registers that betray every confusion, and the judge of what a master believed. */
import type { Request } from '../../controller/protocol/pdu.ts';
import type { RegisterBank } from '../../controller/protocol/register-bank.ts';
import type { TransactResult } from '../../controller/protocol/transaction.ts';
import type { VirtualClock } from './virtual-clock.ts';

/** Reads from here on are refused with exception 2. */
export const NO_SUCH_REGISTER = 60_000;

/**
 * Each register holds a hash of its slave and its address, except that every block begins with a serial number that
 * each read raises. Reads are at least two registers long.
 */
export class TellingBank implements RegisterBank {
  readonly unit: number;
  readonly readAtMs: number[] = [];
  readonly holding = new Map<number, number>();
  private readonly clock: VirtualClock;

  constructor(unit: number, clock: VirtualClock) {
    this.unit = unit;
    this.clock = clock;
  }

  expected(address: number): number {
    return (Math.imul(address + 1, 0x9e37) ^ Math.imul(this.unit, 0x3c6f)) & 0xffff;
  }

  read(_table: 'input' | 'holding', address: number, count: number): Uint16Array | 2 {
    if (address >= NO_SUCH_REGISTER) return 2;
    this.readAtMs.push(this.clock.nowMs());
    const serial = this.readAtMs.length - 1;
    const words = Uint16Array.from({ length: count }, (_, i) => this.expected(address + i));
    words[0] = serial >> 16;
    words[1] = serial & 0xffff;
    return words;
  }

  write(address: number, words: Uint16Array): null {
    words.forEach((word, i) => this.holding.set(address + i, word));
    return null;
  }
}

/** What is wrong with a believed reply, or null. */
export function lie(request: Request, result: TransactResult, bank: TellingBank): string | null {
  if (!result.ok) {
    const isRefusal = request.fc === 4 && request.address === NO_SUCH_REGISTER;
    return result.kind === 'exception' && !isRefusal
      ? `an exception nobody raised: ${result.sentence}`
      : null;
  }
  const { value } = result;
  if (value.fc !== request.fc) return `function ${value.fc} for ${request.fc}`;
  if (!('words' in value)) return writeLie(request, bank);
  const address = request.fc === 23 ? request.readAddress : 'address' in request ? request.address : -1;
  const serial = value.words[0] * 65_536 + value.words[1];
  const sentAtMs = result.atMs - result.roundTripMs;
  if (!(bank.readAtMs[serial] >= sentAtMs))
    return `stale: read ${serial} of slave ${bank.unit} at ${bank.readAtMs[serial]}, asked at ${sentAtMs}`;
  for (let i = 2; i < value.words.length; i++)
    if (value.words[i] !== bank.expected(address + i))
      return `wrong register at ${address + i} of slave ${bank.unit}`;
  return null;
}

function writeLie(request: Request, bank: TellingBank): string | null {
  if (request.fc === 6)
    return bank.holding.get(request.address) === request.value ? null : 'write not carried out';
  if (request.fc === 16)
    return bank.holding.get(request.address) === request.words[0] ? null : 'write not carried out';
  return null;
}
