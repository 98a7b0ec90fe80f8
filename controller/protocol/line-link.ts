/**
 * Devices that speak in lines of text, several on one port: one question at a time. Replies carry no number, some not
 * even an address, so that after a missing or foreign reply nothing is believed until the line was silent for a guard
 * and the device has answered its probe. A device that stays silent is asked ever less often. Nothing here throws.
 */
import type { BytePort, Clock } from './byte-port.ts';
import {
  LINE_DEFAULTS,
  type LineExchange,
  type LineLinkOptions,
  type LineUnitOptions,
} from './line-options.ts';
import { latin1Bytes, LineCutter, verifiedText, wireText } from './line-text.ts';
import { RequestQueue, type Waiting } from './request-queue.ts';
import { failure, PRIORITY, type Result, type TransactOptions } from './transaction.ts';

/** The reply's match; null where none was expected. */
export type LineReply = Result<RegExpExecArray | null>;

export interface LineUnit {
  exchange(exchange: LineExchange, options?: TransactOptions): Promise<LineReply>;
  statistics(): { readonly ok: number; readonly missing: number; readonly isAbsent: boolean };
}

interface UnitState {
  readonly lane: string;
  readonly options: LineUnitOptions;
  ok: number;
  missing: number;
  /** Replies missing in a row. */
  misses: number;
  askAgainAtMs: number;
}

interface Entry extends Waiting {
  readonly unit: UnitState;
  readonly exchange: LineExchange;
  readonly timeoutMs: number;
  readonly key: string | null;
  readonly urgent: boolean;
  sentUnheard: boolean;
  settle(result: LineReply): void;
  stopWaiting(): void;
}

/** `entry` is null for a probe. */
interface Flight {
  readonly unit: UnitState;
  readonly exchange: LineExchange;
  readonly entry: Entry | null;
  readonly sentAtMs: number;
  sawBytes: boolean;
  cancelTimeout(): void;
}

/** From this many missing replies in a row on, a device counts as absent. */
const ABSENT_AFTER = 2;
/** Pause between questions to an absent device, in guards. */
const MOST_GUARDS = 16;

export class LineLink {
  private readonly port: BytePort;
  private readonly clock: Clock;
  private readonly options: LineLinkOptions;
  private readonly queue: RequestQueue<Entry>;
  private readonly cutter: LineCutter;
  private readonly units = new Map<string, UnitState>();
  private flight: Flight | null = null;
  private closedBecause: string | null = null;
  private isInStep = false;
  private guardMs = 0;
  private quietSinceMs: number;
  private lastByteAtMs = Number.NEGATIVE_INFINITY;
  private lastSentAtMs = Number.NEGATIVE_INFINITY;
  private cancelWake: () => void = () => {};

  /** Takes over the port's two listeners. */
  constructor(port: BytePort, clock: Clock, options: Partial<LineLinkOptions> = {}) {
    this.port = port;
    this.clock = clock;
    this.options = { ...LINE_DEFAULTS, ...options };
    this.queue = new RequestQueue(this.options.maxQueued);
    this.cutter = new LineCutter(this.options.terminatorIn, this.options.longestLine);
    this.quietSinceMs = clock.nowMs();
    port.onData((chunk) => this.receive(chunk));
    port.onClose((reason) => this.end(reason));
  }

  /** The device of that name on this line; asked for again, the same device with the options it has. */
  unit(lane: string, options: LineUnitOptions): LineUnit {
    let unit = this.units.get(lane);
    if (unit === undefined) {
      unit = { lane, options, ok: 0, missing: 0, misses: 0, askAgainAtMs: Number.NEGATIVE_INFINITY };
      this.units.set(lane, unit);
    }
    const found = unit;
    return {
      exchange: (exchange, how = {}) => this.exchange(found, exchange, how),
      statistics: () => ({ ok: found.ok, missing: found.missing, isAbsent: found.misses >= ABSENT_AFTER }),
    };
  }

  /** Closes the port; everything pending ends 'closed'. */
  close(): void {
    this.port.close();
  }

  private exchange(unit: UnitState, exchange: LineExchange, how: TransactOptions): Promise<LineReply> {
    if (this.closedBecause !== null) return Promise.resolve(this.closedFailure());
    if (how.key !== undefined) this.drop(unit, how.key);
    const urgent = how.urgent ?? false;
    if (!urgent && this.clock.nowMs() < unit.askAgainAtMs) return Promise.resolve(this.absent(unit));
    if (this.queue.isFull(unit.lane)) {
      const sentence = `${say(exchange)}: ${this.options.maxQueued} requests already wait for ${this.where(unit)}; ask less often.`;
      return Promise.resolve(failure('refused', sentence));
    }
    return new Promise((resolve) => this.enqueue(unit, exchange, how, resolve));
  }

  private enqueue(
    unit: UnitState,
    exchange: LineExchange,
    how: TransactOptions,
    resolve: (result: LineReply) => void,
  ): void {
    const waitMs = how.waitMs ?? unit.options.waitMs;
    const stopWaiting = this.clock.after(waitMs, () => {
      this.queue.remove((other) => other === entry);
      resolve(failure('expired', `${say(exchange)}: not sent to ${this.where(unit)} within ${waitMs} ms.`));
    });
    const entry: Entry = {
      unit,
      exchange,
      lane: unit.lane,
      priority: how.priority ?? PRIORITY.status,
      timeoutMs: how.timeoutMs ?? unit.options.timeoutMs,
      key: how.key ?? null,
      urgent: how.urgent ?? false,
      sentUnheard: false,
      stopWaiting,
      settle(result) {
        stopWaiting();
        resolve(result);
      },
    };
    this.queue.add(entry);
    this.pump();
  }

  private drop(unit: UnitState, key: string): void {
    for (const entry of this.queue.remove((other) => other.unit === unit && other.key === key))
      entry.settle(failure('dropped', `"${key}" was not sent: a newer one took its place.`));
  }

  /** Sees to it that whatever is due next happens when it is due. */
  private pump(): void {
    this.cancelWake();
    if (this.closedBecause !== null || this.flight !== null) return;
    const next = this.next();
    if (next === null) return;
    const waitMs = next.dueMs - this.clock.nowMs();
    if (waitMs <= 0) next.go();
    else this.cancelWake = this.afterInput(waitMs, () => this.pump());
  }

  private next(): { readonly dueMs: number; go(): void } | null {
    const [entry] = this.queue.candidates();
    if (entry === undefined) return null;
    const { interFrameMs } = this.options;
    const { probe } = entry.unit.options;
    if (this.isInStep || probe === null) {
      const dueMs = Math.max(this.lastByteAtMs, this.lastSentAtMs) + interFrameMs;
      const streaming = probe === null ? this.clock.nowMs() : dueMs;
      return { dueMs: streaming, go: () => this.send(entry.unit, entry.exchange, entry) };
    }
    const [unheard] = this.queue.filter((other) => other.urgent && !other.sentUnheard);
    if (unheard !== undefined)
      return { dueMs: this.lastSentAtMs + interFrameMs, go: () => this.sendUnheard(unheard) };
    const dueMs = Math.max(this.lastByteAtMs, this.quietSinceMs) + this.guardMs;
    const asked = { out: probe.out, accept: probe.accept, refusals: [] };
    return { dueMs, go: () => this.send(entry.unit, asked, null) };
  }

  private sendUnheard(entry: Entry): void {
    entry.sentUnheard = true;
    this.lose(entry.unit.options.lateReplyGuardMs);
    this.transmit(entry.exchange.out ?? '');
    this.pump();
  }

  private send(unit: UnitState, exchange: LineExchange, entry: Entry | null): void {
    if (entry !== null) {
      this.queue.take(entry);
      entry.stopWaiting();
    }
    if (exchange.out !== null) this.cutter.clear();
    const timeoutMs = entry?.timeoutMs ?? unit.options.timeoutMs;
    const flight: Flight = {
      unit,
      exchange,
      entry,
      sentAtMs: this.clock.nowMs(),
      sawBytes: false,
      cancelTimeout: this.afterInput(timeoutMs, () => this.expire(flight, timeoutMs)),
    };
    this.flight = flight;
    if (exchange.out !== null) this.transmit(exchange.out);
    if (exchange.accept === null) this.land(flight, null);
  }

  private transmit(text: string): void {
    this.lastSentAtMs = this.clock.nowMs();
    const { checksum, terminatorOut } = this.options;
    this.port.write(latin1Bytes(wireText(text, checksum, terminatorOut)));
  }

  private receive(chunk: Uint8Array): void {
    this.lastByteAtMs = this.clock.nowMs();
    const wasAwaited = this.flight !== null;
    if (this.flight !== null) this.flight.sawBytes = true;
    for (const line of this.cutter.push(chunk)) this.take(line);
    if (!wasAwaited) this.receiveUnasked();
    if (this.flight === null && this.cutter.heldLength > 0 && wasAwaited) this.receiveUnasked();
    if (this.flight === null) this.pump();
  }

  private take(line: string): void {
    const { flight } = this;
    if (flight === null) return this.receiveUnasked();
    const { out, accept, refusals } = flight.exchange;
    const { checksum, terminatorOut } = this.options;
    if (this.options.echo && out !== null && line === wireText(out, checksum, terminatorOut).trimEnd())
      return;
    const text = verifiedText(line, checksum);
    const match = text === null || accept === null ? null : accept.exec(text);
    if (match !== null) return this.land(flight, match);
    const refusal = text === null ? undefined : refusals.find((one) => one.accept.test(text));
    if (refusal !== undefined) return this.refuse(flight, refusal.meaning);
    // a device that streams may have been in the middle of another line
    if (!this.options.streams) this.mismatch(flight, line);
  }

  /** Lines nobody asked for: the reply believed last may have been the wrong one. */
  private receiveUnasked(): void {
    if (this.options.streams) return;
    if (this.isInStep) this.lose(this.options.interFrameMs);
  }

  private land(flight: Flight, match: RegExpExecArray | null): void {
    this.finish(flight);
    const nowMs = this.clock.nowMs();
    flight.unit.ok++;
    if (match !== null) flight.unit.misses = 0;
    if (flight.entry === null) this.isInStep = true;
    const roundTripMs = nowMs - flight.sentAtMs;
    flight.entry?.settle({ ok: true, value: match, roundTripMs, atMs: nowMs });
    this.pump();
  }

  private refuse(flight: Flight, meaning: string): void {
    this.finish(flight);
    flight.unit.misses = 0;
    const sentence = `${say(flight.exchange)}: ${meaning}, says ${this.where(flight.unit)}.`;
    flight.entry?.settle(failure('exception', sentence));
    this.pump();
  }

  private mismatch(flight: Flight, line: string): void {
    this.finish(flight);
    this.lose(flight.unit.options.lateReplyGuardMs);
    const shown = JSON.stringify(line.slice(0, 60));
    const sentence = `${say(flight.exchange)}: ${shown} came from ${this.where(flight.unit)}, which is no reply to it; check profile, address and baud rate.`;
    flight.entry?.settle(failure('crc', sentence));
    this.pump();
  }

  private expire(flight: Flight, timeoutMs: number): void {
    if (this.flight !== flight) return;
    this.finish(flight);
    const { unit, exchange, entry } = flight;
    unit.missing++;
    if (!flight.sawBytes) unit.misses++;
    const { lateReplyGuardMs } = unit.options;
    this.lose(lateReplyGuardMs);
    const guards = unit.misses < ABSENT_AFTER ? 0 : Math.min(MOST_GUARDS, 2 ** (unit.misses - ABSENT_AFTER));
    unit.askAgainAtMs = this.clock.nowMs() + guards * lateReplyGuardMs;
    const came = flight.sawBytes ? 'no whole reply' : 'no reply';
    const sentence = `${say(exchange)}: ${came} from ${this.where(unit)} within ${timeoutMs} ms; check power, cable, address and baud rate.`;
    entry?.settle(failure(flight.sawBytes ? 'crc' : 'timeout', sentence));
    if (guards > 0 || entry === null) this.giveUpWaiting(unit, sentence);
    this.pump();
  }

  /** Nobody's turn may be spent on a device that does not even answer its probe. */
  private giveUpWaiting(unit: UnitState, sentence: string): void {
    for (const entry of this.queue.remove((other) => other.unit === unit && !other.urgent))
      entry.settle(failure('timeout', sentence));
  }

  private finish(flight: Flight): void {
    flight.cancelTimeout();
    this.flight = null;
  }

  private lose(guardMs: number): void {
    this.isInStep = false;
    this.guardMs = Math.max(guardMs, this.options.interFrameMs);
    this.quietSinceMs = this.clock.nowMs();
  }

  private end(reason: string): void {
    if (this.closedBecause !== null) return;
    this.closedBecause = reason;
    this.cancelWake();
    const { flight } = this;
    if (flight !== null) this.finish(flight);
    flight?.entry?.settle(this.closedFailure());
    for (const entry of this.queue.remove(() => true)) entry.settle(this.closedFailure());
  }

  /** A timer, and then what has arrived by then comes first. */
  private afterInput(delayMs: number, action: () => void): () => void {
    let cancel = this.clock.after(delayMs, () => {
      cancel = this.clock.after(0, action);
    });
    return () => cancel();
  }

  private absent(unit: UnitState): LineReply {
    const sentence = `${this.where(unit)} has not answered ${unit.misses} times; it is asked again in ${Math.ceil(unit.askAgainAtMs - this.clock.nowMs())} ms. Check power, cable, address and baud rate.`;
    return failure('absent', sentence);
  }

  private closedFailure(): LineReply {
    return failure('closed', `${this.port.name} is closed: ${this.closedBecause}`);
  }

  private where(unit: UnitState): string {
    return `${unit.options.title} on ${this.port.name}`;
  }
}

const say = ({ out }: LineExchange): string => (out === null ? 'the next line' : JSON.stringify(out));
