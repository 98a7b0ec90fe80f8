/** What a slave serves: tables of registers and, where it has any, bits. */
import type { ExceptionCode } from './pdu.ts';

export interface RegisterBank {
  /** `count` words from `address` on, or the exception that refuses the read. Reading changes nothing. */
  read(table: 'input' | 'holding', address: number, count: number): Uint16Array | ExceptionCode;
  /** Writes all of `words` or none of them; returns null or the exception that refuses. */
  write(address: number, words: Uint16Array): ExceptionCode | null;
  /** Objects of FC43, by number: 0 vendor, 1 product code, 2 revision, 4 product name. Absent: exception 1. */
  readonly identification?: ReadonlyMap<number, string>;
  /** Absent where the device has no coils and discrete inputs: exception 1. */
  readonly bits?: {
    read(table: 'coil' | 'discrete', address: number, count: number): boolean[] | ExceptionCode;
    write(address: number, bits: readonly boolean[]): ExceptionCode | null;
  };
}
