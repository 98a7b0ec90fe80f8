/** Registers of a device that has only some addresses: each with what reading gives and what writing does. */
import type { ExceptionCode } from '../../protocol/pdu.ts';
import type { RegisterBank } from '../../protocol/register-bank.ts';

export interface Cell {
  get(): number;
  /** Absent: read only. */
  set?(word: number): ExceptionCode | null;
}

export interface SparseOptions {
  readonly maxRead: number;
  readonly maxWrite: number;
  /** What the device answers to more words than it takes. */
  readonly tooMany: ExceptionCode;
  /** What it answers to a write of a register that is only read. */
  readonly readOnly: ExceptionCode;
  /** Any request, before it is carried out. */
  readonly onRequest?: () => void;
}

type Table = 'input' | 'holding';

export function sparseBank(
  cells: (table: Table, address: number) => Cell | undefined,
  options: SparseOptions,
): RegisterBank {
  const { maxRead, maxWrite, tooMany, readOnly, onRequest } = options;
  return {
    read(table, address, count) {
      onRequest?.();
      if (count > maxRead) return tooMany;
      const words = new Uint16Array(count);
      for (let i = 0; i < count; i++) {
        const cell = cells(table, address + i);
        if (cell === undefined) return 2;
        words[i] = cell.get();
      }
      return words;
    },
    write(address, words) {
      onRequest?.();
      if (words.length > maxWrite) return tooMany;
      const targets = Array.from(words, (_, i) => cells('holding', address + i));
      if (targets.includes(undefined)) return 2;
      if (targets.some((cell) => cell?.set === undefined)) return readOnly;
      for (const [i, cell] of targets.entries()) {
        const refusal = cell?.set?.(words[i]) ?? null;
        if (refusal !== null) return refusal;
      }
      return null;
    },
  };
}
