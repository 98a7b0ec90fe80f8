/** A request on its way: first it waits for its turn, then for its reply. */
import type { LengthAt } from './frame-scanner.ts';
import type { Request } from './pdu.ts';
import type { Waiting } from './request-queue.ts';
import type { TransactResult } from './transaction.ts';
import type { UnitState } from './unit-state.ts';

export interface QueuedRequest extends Waiting {
  readonly request: Request;
  /** Null for a broadcast. */
  readonly unit: UnitState | null;
  readonly timeoutMs: number;
  readonly key: string | null;
  readonly urgent: boolean;
  readonly sinceMs: number;
  /** Already sent once, unheard, because the line or the slave was not ready. */
  sentUnheard: boolean;
  /** Gives the caller its result. */
  settle(result: TransactResult): void;
  /** The request goes out: it can no longer expire. */
  stopWaiting(): void;
}

/** A request whose reply is awaited; `entry` is null for a probe. */
export interface Flight {
  readonly unit: UnitState;
  readonly request: Request;
  readonly entry: QueuedRequest | null;
  readonly transaction: number;
  readonly lengthAt: LengthAt;
  readonly sentAtMs: number;
  /** When the request itself has left the line. */
  readonly sentUntilMs: number;
  readonly timeoutMs: number;
  bytesSeen: number;
  cancelTimeout(): void;
}
