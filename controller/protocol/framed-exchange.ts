/**
 * Requests and replies of one session: one request under way, repeated until it is answered or given up; an urgent one
 * goes out at once beside it. Sequence numbers make repeating harmless: a device carries out a request once, and never
 * one that a newer has overtaken. Pure: port and clock are given.
 */
import type { BytePort, Clock } from './byte-port.ts';
import {
  encodeMessage,
  FrameSplitter,
  HEADER_BYTES,
  type Message,
  NOTICE,
  REPLY_BIT,
  STATUS_CODE,
} from './framed-wire.ts';
import { type Failure, failure, type Priority, type Result } from './transaction.ts';

/** Requests that may wait; more are refused. */
const MOST_WAITING = 64;

export interface ExchangeOptions {
  /** Time for a reply before the request is repeated, ms. */
  readonly timeoutMs: number;
  /** How often a request goes out before it is given up. */
  readonly attempts: number;
  /** 1 to 255; another one than the last program's, so that what it left on the line is not ours. */
  readonly session: number;
}

export interface ExchangeStatistics {
  /** Requests answered, repeated and given up. */
  answered: number;
  repeated: number;
  givenUp: number;
  /** Replies to something that nobody waits for any more. */
  stray: number;
  /** Round trip of requests answered at the first attempt, ms; NaN before the first. */
  lastRoundTripMs: number;
  shortestRoundTripMs: number;
  longestRoundTripMs: number;
}

export interface Request {
  readonly type: number;
  readonly body: Uint8Array;
  readonly priority: Priority;
  readonly urgent?: boolean;
  /** Default: the session's. */
  readonly attempts?: number;
  /** A waiting request with the same key is replaced by this one and ends 'dropped'. */
  readonly key?: string;
}

interface Entry extends Request {
  readonly settle: (result: Result<Uint8Array>) => void;
  sequence: number;
  attempt: number;
  sentMs: number;
  cancelTimer: () => void;
}

const SENTENCES: Readonly<Record<number, string>> = {
  [STATUS_CODE.unknown]: 'the device does not know this request',
  [STATUS_CODE.notNow]: 'the state of the device does not allow it now',
  [STATUS_CODE.badValue]: 'the device refuses the value',
  [STATUS_CODE.badChecksum]: 'what arrived in pieces does not add up to its checksum',
  [STATUS_CODE.superseded]: 'a newer request has overtaken it',
  [STATUS_CODE.noSession]:
    'the device does not know this session; it restarted, or another program took the line',
};

export class FramedExchange {
  readonly statistics: ExchangeStatistics = {
    answered: 0,
    repeated: 0,
    givenUp: 0,
    stray: 0,
    lastRoundTripMs: Number.NaN,
    shortestRoundTripMs: Number.NaN,
    longestRoundTripMs: Number.NaN,
  };
  /** Longest message the device takes, bytes; HELLO says it. */
  mostRequestBytes = 64;
  private readonly port: BytePort;
  private readonly clock: Clock;
  private readonly options: ExchangeOptions;
  private readonly splitter = new FrameSplitter((message) => this.take(message));
  private readonly waiting: Entry[] = [];
  private readonly underWay = new Map<number, Entry>();
  private readonly onNotice: (message: Message) => void;
  private sequence = 0;
  private closedBecause: string | null = null;

  /** @param onNotice called with what the device says unasked */
  constructor(port: BytePort, clock: Clock, options: ExchangeOptions, onNotice: (message: Message) => void) {
    this.port = port;
    this.clock = clock;
    this.options = options;
    this.onNotice = onNotice;
    port.onData((chunk) => this.splitter.take(chunk));
    port.onClose((reason) => this.end(reason));
  }

  get damagedFrames(): number {
    return this.splitter.damaged;
  }

  get isClosed(): boolean {
    return this.closedBecause !== null;
  }

  /** Sequence number of the newest request. */
  get lastSequence(): number {
    return this.sequence;
  }

  /** Resolves with the body of the reply behind its status byte. Never rejects. */
  ask(request: Request): Promise<Result<Uint8Array>> {
    return new Promise((resolve) => {
      const refused = this.refusal(request);
      if (refused !== null) return resolve(refused);
      if (request.key !== undefined) this.drop(request.key);
      const entry: Entry = {
        ...request,
        settle: resolve,
        sequence: -1,
        attempt: 0,
        sentMs: 0,
        cancelTimer: () => {},
      };
      if (request.urgent === true) this.send(entry);
      else this.enqueue(entry);
    });
  }

  /** Everything that waits ends with this reason. */
  end(reason: string): void {
    if (this.closedBecause !== null) return;
    this.closedBecause = reason;
    const ended = [...this.underWay.values(), ...this.waiting];
    this.underWay.clear();
    this.waiting.length = 0;
    for (const entry of ended) {
      entry.cancelTimer();
      entry.settle(failure('closed', reason));
    }
    this.port.close();
  }

  private refusal({ body }: Request): Failure | null {
    if (this.closedBecause !== null) return failure('closed', this.closedBecause);
    const bytes = HEADER_BYTES + body.length + 4;
    if (bytes > this.mostRequestBytes)
      return failure(
        'refused',
        `${this.port.name}: a request of ${bytes} bytes; this device takes ${this.mostRequestBytes}.`,
      );
    if (this.waiting.length < MOST_WAITING) return null;
    return failure('refused', `${this.port.name}: ${MOST_WAITING} requests wait already; ask less often.`);
  }

  private drop(key: string): void {
    for (const entry of this.waiting.filter((other) => other.key === key)) {
      this.waiting.splice(this.waiting.indexOf(entry), 1);
      entry.settle(failure('dropped', `${this.port.name}: a newer request took its place.`));
    }
  }

  private enqueue(entry: Entry): void {
    const at = this.waiting.findIndex((other) => other.priority > entry.priority);
    this.waiting.splice(at < 0 ? this.waiting.length : at, 0, entry);
    this.sendNext();
  }

  private sendNext(): void {
    const isBusy = [...this.underWay.values()].some((entry) => entry.urgent !== true);
    const next = isBusy ? undefined : this.waiting.shift();
    if (next !== undefined) this.send(next);
  }

  private send(entry: Entry): void {
    if (entry.attempt === 0) {
      entry.sequence = this.sequence = (this.sequence + 1) & 0xffff;
      this.underWay.set(entry.sequence, entry);
    }
    entry.attempt++;
    entry.sentMs = this.clock.nowMs();
    const { type, sequence, body } = entry;
    entry.cancelTimer = this.clock.after(this.options.timeoutMs, () => this.overdue(entry));
    this.port.write(encodeMessage({ type, session: this.options.session, sequence, body }));
  }

  private overdue(entry: Entry): void {
    const attempts = entry.attempts ?? this.options.attempts;
    if (entry.attempt < attempts) {
      this.statistics.repeated++;
      return this.send(entry);
    }
    this.statistics.givenUp++;
    const sentence = `${this.port.name}: no reply within ${this.options.timeoutMs} ms, asked ${attempts} times.`;
    this.finish(entry, failure('timeout', sentence));
  }

  private finish(entry: Entry, result: Result<Uint8Array>): void {
    entry.cancelTimer();
    this.underWay.delete(entry.sequence);
    entry.settle(result);
    this.sendNext();
  }

  private take(message: Message): void {
    if (message.type >= NOTICE.boot) return this.onNotice(message);
    const entry = this.underWay.get(message.sequence);
    const isOurs =
      message.session === this.options.session && message.type === ((entry?.type ?? 0) | REPLY_BIT);
    if (entry === undefined || !isOurs || message.body.length === 0) {
      this.statistics.stray++;
      return;
    }
    const status = message.body[0];
    if (status === STATUS_CODE.ok) return this.finish(entry, this.success(entry, message.body.subarray(1)));
    const why = SENTENCES[status] ?? `the device answers with status ${status}`;
    const kind = status === STATUS_CODE.superseded ? 'dropped' : 'exception';
    this.finish(entry, failure(kind, `${this.port.name}: ${why}.`, status));
  }

  private success({ sentMs, attempt }: Entry, value: Uint8Array): Result<Uint8Array> {
    const atMs = this.clock.nowMs();
    const roundTripMs = atMs - sentMs;
    const { statistics } = this;
    statistics.answered++;
    if (attempt === 1) {
      statistics.lastRoundTripMs = roundTripMs;
      statistics.shortestRoundTripMs = lesser(statistics.shortestRoundTripMs, roundTripMs);
      statistics.longestRoundTripMs = -lesser(-statistics.longestRoundTripMs, -roundTripMs);
    }
    return { ok: true, value, roundTripMs, atMs };
  }
}

const lesser = (known: number, value: number): number => (known <= value ? known : value);
