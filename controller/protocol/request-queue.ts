/** Requests that wait for the line: by priority, then by age; bounded. */
import type { Request } from './pdu.ts';
import type { Priority, TransactResult } from './transaction.ts';

export interface QueuedRequest {
  readonly request: Request;
  readonly priority: Priority;
  readonly timeoutMs: number;
  readonly key: string | null;
  readonly urgent: boolean;
  /** Already sent once, unheard, while the line was out of step. */
  sentUnheard: boolean;
  /** Gives the caller its result. */
  settle(result: TransactResult): void;
  /** The request goes out: it can no longer expire. */
  stopWaiting(): void;
}

export class RequestQueue {
  private readonly entries: QueuedRequest[] = [];
  private readonly most: number;

  constructor(most: number) {
    this.most = most;
  }

  get length(): number {
    return this.entries.length;
  }

  get isFull(): boolean {
    return this.entries.length >= this.most;
  }

  add(entry: QueuedRequest): void {
    const at = this.entries.findIndex((other) => other.priority > entry.priority);
    this.entries.splice(at < 0 ? this.entries.length : at, 0, entry);
  }

  first(): QueuedRequest | undefined {
    return this.entries[0];
  }

  find(test: (entry: QueuedRequest) => boolean): QueuedRequest | undefined {
    return this.entries.find(test);
  }

  /** Takes out every entry that passes `test`. */
  remove(test: (entry: QueuedRequest) => boolean): QueuedRequest[] {
    const removed = this.entries.filter(test);
    for (const entry of removed) this.entries.splice(this.entries.indexOf(entry), 1);
    return removed;
  }
}
