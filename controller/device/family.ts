/** What each protocol family does for a device; the rest (units, bounds, lists, watchdog) is the same for all. */
import type { Result, TransactOptions } from '../protocol/transaction.ts';
import type { Raw } from './readings.ts';

export interface RawReading {
  readonly raw: Raw;
  readonly atMs: number;
}

export interface Family {
  /** Every one of `points`, in as few exchanges as the profile allows. Names are known and readable. */
  read(points: readonly string[], options: TransactOptions): Promise<Result<ReadonlyMap<string, RawReading>>>;
  /** Raw values in the order in which they must arrive; names are known and writable. Resolved when acknowledged. */
  write(values: ReadonlyMap<string, number>, options: TransactOptions): Promise<Result<null>>;
  /** Why these raw values cannot be put into the device's formats, or null. */
  writeProblem(values: ReadonlyMap<string, number>): string | null;
  /** Who answers, in words, or why it is not the product of the profile. Only reads. */
  identify(): Promise<Result<string>>;
  /** Sends a sign of life that has no reply; only where the profile's watchdog is kicked by a line of text. */
  send(line: string): Promise<Result<null>>;
}
