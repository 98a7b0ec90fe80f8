/**
 * The state machine of a bus. One request is in flight at a time (with a numbered framing one for each slave). A reply
 * is believed when address, function, length and checksum are those expected AND its slave is in step: after a missing
 * reply, or bytes nobody asked for, it is out of step until silence and a probe (`sync-probe.ts`) have proven that no
 * earlier reply can still be under way. It begins out of step. Nothing here throws and no buffer grows.
 */
import type { ModbusBusOptions } from './bus-options.ts';
import { BusSchedule, type Errand } from './bus-schedule.ts';
import type { BytePort, Clock } from './byte-port.ts';
import type { Flight, QueuedRequest } from './flight.ts';
import { FrameScanner, type LengthAt, pieces } from './frame-scanner.ts';
import type { Frame, Framing } from './framing.ts';
import { FRAMINGS } from './framings.ts';
import { LineSilence } from './line-silence.ts';
import { doesNotAnswer, noReply, probeRefused } from './link-sentences.ts';
import type { Request } from './pdu.ts';
import { decodeReply, isAnswer } from './pdu-reply.ts';
import { encodeRequest } from './pdu-request.ts';
import { RequestQueue } from './request-queue.ts';
import { rtuReplyLengthAt } from './rtu-framing.ts';
import { type Failure, failure } from './transaction.ts';
import type { UnitState } from './unit-state.ts';

/** The address that every slave obeys and none answers. */
export const EVERYBODY = 0;
/** More than any ASCII frame has: what goes on after that is no reply. */
const MOST_CHARACTERS = 1024;

export class BusLine {
  readonly framing: Framing;
  readonly queue: RequestQueue<QueuedRequest>;
  /** By address. */
  readonly units = new Map<number, UnitState>();
  readonly count = { sentBytes: 0, receivedBytes: 0, strayBytes: 0 };
  /** Why the line ended, or null. */
  closedBecause: string | null = null;
  private readonly port: BytePort;
  private readonly clock: Clock;
  private readonly options: ModbusBusOptions;
  private readonly scanner: FrameScanner<Frame>;
  private readonly silence: LineSilence;
  private readonly schedule: BusSchedule;
  private readonly flights: Flight[] = [];
  private readonly startedAtMs: number;
  private lastAsked: UnitState | null = null;
  private lastTransaction = 0;
  /** When the next look at the errands is due; one that comes too early looks again. */
  private wakeAtMs = Number.POSITIVE_INFINITY;
  private cancelWake: () => void = () => {};

  /** Takes over the port's two listeners. */
  constructor(port: BytePort, clock: Clock, options: ModbusBusOptions) {
    this.port = port;
    this.clock = clock;
    this.options = options;
    this.framing = FRAMINGS[options.framing];
    const { isNumbered, longest, open } = this.framing;
    this.queue = new RequestQueue(options.maxQueued);
    this.scanner = new FrameScanner(longest, open);
    this.startedAtMs = clock.nowMs();
    this.silence = new LineSilence(isNumbered ? 0 : options.interFrameMs, this.startedAtMs);
    const { queue, units, flights, silence } = this;
    const { urgentPatienceMs } = options;
    this.schedule = new BusSchedule({ queue, units, flights, silence, isNumbered, urgentPatienceMs });
    port.onData((chunk) => this.receive(chunk));
    port.onClose((reason) => this.end(reason));
  }

  get discardedBytes(): number {
    return this.scanner.discarded + this.count.strayBytes;
  }

  /** Minus infinity before the first. */
  get lastByteAtMs(): number {
    return this.silence.lastHeardMs;
  }

  add(unit: UnitState): void {
    this.units.set(unit.address, unit);
    // a reply to another program, before this one began, may still be under way
    if (!this.framing.isNumbered) this.silence.keepGuard(unit.options.lateReplyGuardMs, this.startedAtMs);
    this.pump();
  }

  enqueue(entry: QueuedRequest): void {
    this.queue.add(entry);
    this.pump();
  }

  /** Why asking this slave now is no use, or null. */
  hopeless(unit: UnitState, request: Request): Failure | null {
    if (unit.refusal !== null)
      return failure('exception', probeRefused(unit.where, request, unit.refusal), unit.refusal);
    if (!unit.isAbsent) return null;
    const { misses, sinceMs } = unit.silence;
    return failure('absent', doesNotAnswer(unit.where, request, misses, this.clock.nowMs() - sinceMs));
  }

  closedFailure(): Failure {
    return failure('closed', `${this.port.name} is closed: ${this.closedBecause}`);
  }

  /** Sees to it that whatever is due next happens when it is due. */
  private pump(): void {
    const due = this.nextErrand()?.dueMs;
    if (due === undefined || this.wakeAtMs <= due) return;
    this.cancelWake();
    this.wakeAtMs = due;
    this.cancelWake = this.afterInput(Math.max(0, due - this.clock.nowMs()), () => this.wake());
  }

  private wake(): void {
    this.wakeAtMs = Number.POSITIVE_INFINITY;
    const errand = this.nextErrand();
    if (errand !== null && errand.dueMs <= this.clock.nowMs()) this.run(errand);
    this.pump();
  }

  private nextErrand(): Errand | null {
    return this.closedBecause === null ? this.schedule.next(this.clock.nowMs()) : null;
  }

  private run(errand: Errand): void {
    switch (errand.kind) {
      case 'probe':
        return this.send(errand.unit, errand.unit.step.nextProbe(), null, errand.unit.options.timeoutMs);
      case 'request':
        return this.sendEntry(errand.entry);
      case 'unheard':
        return this.sendUnheard(errand.entry);
      case 'interrupt':
        return this.interrupt(errand.flight, errand.entry);
      default:
        return errand satisfies never;
    }
  }

  private sendEntry(entry: QueuedRequest): void {
    const { unit, request, timeoutMs } = entry;
    this.queue.take(entry);
    entry.stopWaiting();
    if (unit !== null) return this.send(unit, request, entry, timeoutMs);
    this.schedule.sent(false);
    this.silence.reserve(this.transmit(EVERYBODY, request, 0) + this.options.broadcastMs);
    const value = decodeReply(request, new Uint8Array());
    entry.settle({ ok: true, value, roundTripMs: 0, atMs: this.clock.nowMs() });
  }

  /** Puts an urgent frame on the line without listening for its reply; it goes out again when its slave is in step. */
  private sendUnheard(entry: QueuedRequest): void {
    if (entry.unit === null) return this.sendEntry(entry);
    const { options, step, address } = entry.unit;
    entry.sentUnheard = true;
    const now = this.clock.nowMs();
    this.transmit(address, entry.request, 0);
    step.lose(now + options.lateReplyGuardMs, entry.request);
    this.silence.keepGuard(options.lateReplyGuardMs, now);
  }

  /** An urgent request has waited long enough for a reply to another one that does not even begin. */
  private interrupt(flight: Flight, entry: QueuedRequest): void {
    // a reply of the same slave could be taken for either
    if (flight.unit === entry.unit) this.expire(flight);
    if (!this.framing.isNumbered) this.sendUnheard(entry);
  }

  private send(unit: UnitState, request: Request, entry: QueuedRequest | null, timeoutMs: number): void {
    if (!this.framing.isNumbered) this.scanner.clear();
    this.port.discardInput();
    this.silence.endGuard();
    this.schedule.sent(entry === null);
    const transaction = this.nextTransaction();
    const sentAtMs = this.clock.nowMs();
    const sentUntilMs = this.transmit(unit.address, request, transaction);
    const flight: Flight = {
      unit,
      request,
      entry,
      transaction,
      lengthAt: this.framing.ownLength ?? rtuReplyLengthAt(unit.address, request),
      sentAtMs,
      sentUntilMs,
      timeoutMs,
      bytesSeen: 0,
      cancelTimeout: this.afterInput(timeoutMs, () => this.timeUp(flight)),
    };
    this.flights.push(flight);
    this.lastAsked = unit;
    unit.isAwaited = true;
  }

  private nextTransaction(): number {
    this.lastTransaction = this.framing.isNumbered ? (this.lastTransaction + 1) & 0xffff : 0;
    return this.lastTransaction;
  }

  /** @returns when the frame will have left the line */
  private transmit(unit: number, request: Request, transaction: number): number {
    const bytes = this.framing.wrap({ unit, pdu: encodeRequest(request), transaction });
    const untilMs = this.clock.nowMs() + bytes.length * this.options.byteMs;
    this.count.sentBytes += bytes.length;
    this.silence.send(untilMs);
    this.port.write(bytes);
    return untilMs;
  }

  private receive(chunk: Uint8Array): void {
    this.silence.hear(this.clock.nowMs());
    this.count.receivedBytes += chunk.length;
    this.lastAsked?.stir();
    for (const piece of pieces(chunk)) this.receivePiece(piece);
    this.pump();
  }

  private receivePiece(piece: Uint8Array): void {
    const { ownLength, isNumbered } = this.framing;
    if (!isNumbered && this.flights.length === 0) return this.receiveUnasked(piece.length);
    if (!isNumbered) for (const flight of this.flights) flight.bytesSeen += piece.length;
    this.scanner.push(piece);
    // with a numbered framing frames are followed through even while nothing is awaited, so as not to lose their edges
    for (let look = this.lengthAt(ownLength); look !== null; look = this.lengthAt(ownLength)) {
      const frame = this.scanner.next(look);
      if (frame === null) return;
      this.receiveFrame(frame);
    }
    const rest = this.scanner.held;
    this.scanner.clear();
    if (rest > 0) this.receiveUnasked(0);
  }

  private lengthAt(ownLength: LengthAt | null): LengthAt | null {
    const [flight] = this.flights;
    return this.framing.isNumbered ? ownLength : (flight?.lengthAt ?? null);
  }

  private receiveFrame(frame: Frame): void {
    const flight = this.flights.find(
      ({ unit, request, transaction }) =>
        unit.address === frame.unit && transaction === frame.transaction && isAnswer(request, frame.pdu),
    );
    if (flight !== undefined) return this.land(flight, frame.pdu);
    const { length } = this.framing.wrap(frame);
    this.count.strayBytes += length;
    const awaited = this.flights.find(({ unit }) => unit.address === frame.unit);
    if (awaited !== undefined) awaited.bytesSeen += length;
  }

  /** Bytes nobody asked for: the reply believed last may have been the wrong one, so the next waits for proof. */
  private receiveUnasked(bytes: number): void {
    this.count.strayBytes += bytes;
    if (this.lastAsked?.isInStep === true) this.lastAsked.step.lose(this.clock.nowMs(), null);
  }

  /** A frame with the right address, function, length and checksum has come. */
  private land(flight: Flight, pdu: Uint8Array): void {
    const { unit, request, entry, sentAtMs } = flight;
    const now = this.clock.nowMs();
    const code = pdu[0] === request.fc ? null : pdu[1];
    this.remove(flight);
    this.silence.reserve(now + unit.options.turnaroundMs);
    if (entry !== null) return entry.settle(unit.land(request, pdu, { sentAtMs, nowMs: now }));
    unit.landProbe(request, code, now);
    if (code !== null) this.failFast(unit);
    else this.silence.reserve(now + unit.options.duplicateGuardMs);
  }

  private timeUp(flight: Flight): void {
    const { interCharacterMs } = this.options;
    const restMs = this.silence.lastHeardMs + interCharacterMs - this.clock.nowMs();
    if (this.scanner.held > 0 && restMs > 0 && flight.bytesSeen < MOST_CHARACTERS)
      flight.cancelTimeout = this.afterInput(restMs, () => this.timeUp(flight));
    else this.expire(flight);
    this.pump();
  }

  private expire(flight: Flight): void {
    const { unit, request, entry, bytesSeen } = flight;
    const now = this.clock.nowMs();
    this.remove(flight);
    if (!this.framing.isNumbered) this.scanner.clear();
    if (entry !== null) {
      const isSilent = bytesSeen === 0;
      if (isSilent) unit.counts.timeouts++;
      else unit.counts.garbled++;
      const sentence = noReply(unit.where, request, now - flight.sentAtMs, bytesSeen);
      entry.settle(failure(isSilent ? 'timeout' : 'crc', sentence));
    }
    if (this.framing.isNumbered) return;
    unit.missed(request, now);
    if (!unit.isAbsent) return this.silence.keepGuard(unit.options.lateReplyGuardMs, now);
    this.schedule.wasted(now - flight.sentAtMs, now);
    this.failFast(unit);
  }

  /** Nothing that waits for this slave will be sent soon; only what is urgent stays. */
  private failFast(unit: UnitState): void {
    for (const entry of this.queue.remove((other) => other.unit === unit && !other.urgent)) {
      const hopeless = this.hopeless(unit, entry.request);
      if (hopeless !== null) entry.settle(hopeless);
    }
  }

  private remove(flight: Flight): void {
    flight.cancelTimeout();
    flight.unit.isAwaited = false;
    this.flights.splice(this.flights.indexOf(flight), 1);
  }

  private end(reason: string): void {
    if (this.closedBecause !== null) return;
    this.closedBecause = reason;
    this.cancelWake();
    for (const flight of this.flights.toReversed()) {
      this.remove(flight);
      flight.entry?.settle(this.closedFailure());
    }
    for (const entry of this.queue.remove(() => true)) entry.settle(this.closedFailure());
  }

  /**
   * Runs `action` after `delayMs` and after all input that is already there was delivered: a program that was held up
   * must not take its own delay for the device's.
   */
  private afterInput(delayMs: number, action: () => void): () => void {
    let cancel = this.clock.after(delayMs, () => {
      cancel = this.clock.after(0, action);
    });
    return () => cancel();
  }
}
