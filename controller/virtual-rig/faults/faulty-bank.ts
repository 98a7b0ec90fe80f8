/** Registers that answer, in valid frames, with something else than what was asked for. */
import type { RegisterBank } from '../../protocol/register-bank.ts';
import { CYCLE_SUMMARY, INPUT_MIRROR, STATUS } from '../../protocol/register-map.ts';

export class FaultyBank implements RegisterBank {
  isCrossed = false;
  isStale = false;
  private readonly bank: RegisterBank;
  /** The last answer to each read, by table, address and count. */
  private readonly told = new Map<string, Uint16Array>();

  constructor(bank: RegisterBank) {
    this.bank = bank;
  }

  read(...[table, address, count]: Parameters<RegisterBank['read']>): ReturnType<RegisterBank['read']> {
    const isStatus = address === STATUS.start + INPUT_MIRROR && count === STATUS.length;
    const from = this.isCrossed && isStatus ? CYCLE_SUMMARY.start + INPUT_MIRROR : address;
    const fresh = this.bank.read(table, from, count);
    if (typeof fresh === 'number') return fresh;
    const key = `${table} ${address} ${count}`;
    const before = this.told.get(key);
    this.told.set(key, fresh);
    return this.isStale && before !== undefined ? before : fresh;
  }

  write(...[address, words]: Parameters<RegisterBank['write']>): ReturnType<RegisterBank['write']> {
    return this.bank.write(address, words);
  }
}
