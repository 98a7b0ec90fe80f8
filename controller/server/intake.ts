/**
 * What of a client's messages goes through. Each client has a budget, so that none keeps the others waiting. STOP and
 * ABORT have one of their own and go through even past it; nobody who means it needs twenty a second, so a client that
 * sends more is closed after the last of them. One that goes on and on after its budget was spent is closed too.
 */
import type { ClientMessage } from '../wire/messages.ts';
import { Budget } from './budget.ts';
import { readClientMessage } from './client-message.ts';

export type Verdict =
  | { readonly kind: 'pass'; readonly message: ClientMessage; readonly thenClose: boolean }
  | { readonly kind: 'refuse'; readonly id: number | undefined; readonly sentence: string }
  | { readonly kind: 'drop' }
  | { readonly kind: 'close' };

/** Held keys of a manual mode and heartbeats pass easily. */
const MESSAGES = { burst: 60, perS: 30 };
const STOPS = { burst: 20, perS: 20 };
/** Past the budget a client is told so once a second, and closed after this many messages more. */
const MOST_DROPPED = 300;
/** A STOP is shorter than this; past the budget nothing longer is even read. */
const LONGEST_STOP = 200;

const TOO_MANY = `too many messages: allowed are ${MESSAGES.perS} a second; STOP always goes through`;

export class Intake {
  readonly #messages: Budget;
  readonly #stops: Budget;
  readonly #complaints: Budget;
  #dropped = 0;

  constructor(nowMs: () => number) {
    this.#messages = new Budget(MESSAGES.burst, MESSAGES.perS, nowMs);
    this.#stops = new Budget(STOPS.burst, STOPS.perS, nowMs);
    this.#complaints = new Budget(1, 1, nowMs);
  }

  /** `text` is undefined where the message was binary. */
  judge(text: string | undefined): Verdict {
    if ((text?.length ?? 0) > LONGEST_STOP && this.#messages.isSpent()) return this.#drop(undefined);
    const read = readClientMessage(text);
    if (read.ok && isStop(read.message)) {
      return { kind: 'pass', message: read.message, thenClose: !this.#stops.spend() };
    }
    if (!this.#messages.spend())
      return this.#drop(read.ok && 'id' in read.message ? read.message.id : undefined);
    this.#dropped = 0;
    if (!read.ok) return { kind: 'refuse', id: read.id, sentence: read.sentence };
    return { kind: 'pass', message: read.message, thenClose: false };
  }

  #drop(id: number | undefined): Verdict {
    this.#dropped++;
    if (this.#dropped > MOST_DROPPED) return { kind: 'close' };
    return this.#complaints.spend() ? { kind: 'refuse', id, sentence: TOO_MANY } : { kind: 'drop' };
  }
}

const isStop = (message: ClientMessage): boolean =>
  message.type === 'command' && (message.command === 'STOP' || message.command === 'ABORT');
