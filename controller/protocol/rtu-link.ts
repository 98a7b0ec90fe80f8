/**
 * The master's state machine. One request is in flight at a time. A reply is believed when address, function, length
 * and checksum are those expected AND the line is in step: after a missing reply, or bytes nobody asked for, it is
 * out of step until silence and a probe (`sync-probe.ts`) have proven that no earlier reply can still be under way.
 * It begins out of step. Nothing here throws and no buffer grows.
 */
import type { BytePort, Clock } from './byte-port.ts';
import { LineStep } from './line-step.ts';
import { deviceRefused, noReply, queueFull, waitedTooLong } from './link-sentences.ts';
import { type Request, requestProblem } from './pdu.ts';
import { encodeRequest } from './pdu-request.ts';
import { decodeReply, replyLengthAt } from './pdu-reply.ts';
import { RequestQueue, type Waiting } from './request-queue.ts';
import { FrameScanner, type LengthAt, pieces, wrapFrame } from './rtu-framing.ts';
import { type LinkStatistics, RTU_MASTER_DEFAULTS, type RtuMasterOptions } from './rtu-options.ts';
import { failure, PRIORITY, type TransactOptions, type TransactResult } from './transaction.ts';

/** A request that waits for its turn. */
interface QueuedRequest extends Waiting {
  readonly request: Request;
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

/** The one request whose reply is awaited; `entry` is null for a probe. */
interface Flight {
  readonly request: Request;
  readonly entry: QueuedRequest | null;
  readonly lengthAt: LengthAt;
  readonly sentAtMs: number;
  readonly timeoutMs: number;
  bytesSeen: number;
  cancelTimeout(): void;
}

export class RtuLink {
  private readonly port: BytePort;
  private readonly clock: Clock;
  private readonly options: RtuMasterOptions;
  private readonly queue: RequestQueue<QueuedRequest>;
  private readonly scanner = new FrameScanner();
  private readonly step: LineStep;
  /** Device and port, for sentences. */
  private readonly where: string;

  private flight: Flight | null = null;
  private closedBecause: string | null = null;
  private lastSentAtMs: number;
  private lastByteAtMs = Number.NaN;
  private lastReplyAtMs = Number.NaN;
  private lineFreeAtMs = 0;
  /** When the same function may be asked again, by function code. */
  private readonly functionFreeAtMs = new Float64Array(128);
  /** When the next look at the queue is due; one that comes too early looks again. */
  private wakeAtMs = Number.POSITIVE_INFINITY;
  private cancelWake: () => void = () => {};

  private readonly count = { ok: 0, timeouts: 0, garbled: 0, exceptions: 0 };
  private probeRefused = false;
  private unaskedBytes = 0;
  private lastRoundTripMs = Number.NaN;

  /** Takes over the port's two listeners. */
  constructor(port: BytePort, clock: Clock, options: Partial<RtuMasterOptions> = {}) {
    this.port = port;
    this.clock = clock;
    this.options = { ...RTU_MASTER_DEFAULTS, ...options };
    this.queue = new RequestQueue(this.options.maxQueued);
    const { probe, probeSeed, lateReplyGuardMs } = this.options;
    this.lastSentAtMs = clock.nowMs();
    this.step = new LineStep(probe, probeSeed, lateReplyGuardMs, this.lastSentAtMs);
    this.where = `device ${this.options.unit} on ${port.name}`;
    port.onData((chunk) => this.receive(chunk));
    port.onClose((reason) => this.end(reason));
    this.pump();
  }

  /** Sends `request` when its turn comes; the result says what became of it. */
  transact(request: Request, options: TransactOptions = {}): Promise<TransactResult> {
    const problem = requestProblem(request);
    if (problem !== null) return Promise.resolve(failure('refused', `${problem}.`));
    if (this.closedBecause !== null) return Promise.resolve(this.closedFailure());
    if (options.key !== undefined) this.drop(options.key);
    if (this.queue.isFull(this.options.unit)) {
      const sentence = queueFull(this.where, request, this.options.maxQueued);
      return Promise.resolve(failure('refused', sentence));
    }
    return new Promise((resolve) => this.enqueue(request, options, resolve));
  }

  /** Ends queued, not yet sent requests with this key as 'dropped'; returns how many there were. */
  drop(key: string): number {
    const removed = this.queue.remove((entry) => entry.key === key);
    for (const entry of removed)
      entry.settle(
        failure('dropped', `"${key}" was given up before it was sent, or a newer one took its place.`),
      );
    return removed.length;
  }

  statistics(): LinkStatistics {
    const now = this.clock.nowMs();
    return {
      state: this.closedBecause !== null ? 'down' : this.step.isProven ? 'up' : 'syncing',
      ...this.count,
      resyncs: this.step.losses,
      discardedBytes: this.scanner.discarded + this.unaskedBytes,
      queued: this.queue.length,
      lastRoundTripMs: this.lastRoundTripMs,
      lastByteAgeMs: now - this.lastByteAtMs,
      lastReplyAgeMs: now - this.lastReplyAtMs,
    };
  }

  /** Closes the port; everything pending ends 'closed'. */
  close(): void {
    this.port.close();
  }

  private enqueue(
    request: Request,
    options: TransactOptions,
    resolve: (result: TransactResult) => void,
  ): void {
    const waitMs = options.waitMs ?? this.options.waitMs;
    const cancelWait = this.clock.after(waitMs, () => {
      this.queue.remove((other) => other === entry);
      resolve(failure('expired', waitedTooLong(this.where, request, waitMs, this.whyWaiting())));
    });
    const entry: QueuedRequest = {
      request,
      lane: this.options.unit,
      priority: options.priority ?? PRIORITY.status,
      timeoutMs: options.timeoutMs ?? this.options.timeoutMs,
      key: options.key ?? null,
      urgent: options.urgent ?? false,
      sentUnheard: false,
      settle(result) {
        cancelWait();
        resolve(result);
      },
      stopWaiting: cancelWait,
    };
    this.queue.add(entry);
    this.pump();
  }

  /** Sees to it that whatever is due next happens when it is due. */
  private pump(): void {
    const due = this.nextDueMs();
    if (due === null || this.wakeAtMs <= due) return;
    this.cancelWake();
    this.wakeAtMs = due;
    this.cancelWake = this.afterInput(Math.max(0, due - this.clock.nowMs()), () => this.wake());
  }

  private wake(): void {
    this.wakeAtMs = Number.POSITIVE_INFINITY;
    const due = this.nextDueMs();
    if (due === null) return;
    if (this.clock.nowMs() < due) return this.pump();
    if (this.step.isProven) this.sendFirst();
    else if (!this.sendUnheard()) this.sendProbe();
  }

  /** When the next frame may go out, or null while none waits or a reply is awaited. */
  private nextDueMs(): number | null {
    if (this.closedBecause !== null || this.flight !== null) return null;
    const { interFrameMs } = this.options;
    const heard = Number.isNaN(this.lastByteAtMs) ? Number.NEGATIVE_INFINITY : this.lastByteAtMs;
    if (!this.step.isProven) {
      if (this.unheardCommand()) return this.lastSentAtMs + interFrameMs;
      return this.step.probeDueMs(heard);
    }
    const [first] = this.queue.candidates();
    if (first === undefined) return null;
    return Math.max(heard + interFrameMs, this.lineFreeAtMs, this.functionFreeAtMs[first.request.fc]);
  }

  private sendFirst(): void {
    const [entry] = this.queue.candidates();
    if (entry === undefined) return;
    this.queue.take(entry);
    entry.stopWaiting();
    this.send(entry.request, entry, entry.timeoutMs);
  }

  private sendProbe(): void {
    this.send(this.step.nextProbe(), null, this.options.timeoutMs);
  }

  private unheardCommand(): QueuedRequest | undefined {
    return this.queue.find((entry) => entry.urgent && !entry.sentUnheard);
  }

  /** While out of step: puts an urgent frame on the line without listening for its reply. */
  private sendUnheard(): boolean {
    const entry = this.unheardCommand();
    if (entry === undefined) return false;
    entry.sentUnheard = true;
    this.step.lose(this.options.lateReplyGuardMs, this.clock.nowMs(), entry.request);
    this.transmit(entry.request);
    this.pump();
    return true;
  }

  private send(request: Request, entry: QueuedRequest | null, timeoutMs: number): void {
    this.scanner.clear();
    this.port.discardInput();
    const flight: Flight = {
      request,
      entry,
      lengthAt: replyLengthAt(this.options.unit, request),
      sentAtMs: this.clock.nowMs(),
      timeoutMs,
      bytesSeen: 0,
      cancelTimeout: this.afterInput(timeoutMs, () => this.expire(flight)),
    };
    this.flight = flight;
    this.transmit(request);
  }

  private transmit(request: Request): void {
    this.lastSentAtMs = this.clock.nowMs();
    this.port.write(wrapFrame(this.options.unit, encodeRequest(request)));
  }

  private receive(chunk: Uint8Array): void {
    this.lastByteAtMs = this.clock.nowMs();
    for (const piece of pieces(chunk)) {
      if (this.flight === null) this.receiveUnasked(piece.length);
      else this.receiveReply(this.flight, piece);
    }
    if (this.flight === null) this.pump();
  }

  private receiveReply(flight: Flight, piece: Uint8Array): void {
    flight.bytesSeen += piece.length;
    this.scanner.push(piece);
    const frame = this.scanner.next(flight.lengthAt);
    if (frame === null) return;
    this.land(flight, frame.subarray(1, -2));
    const rest = this.scanner.held;
    this.scanner.clear();
    if (rest > 0) this.receiveUnasked(0);
  }

  /** Bytes nobody asked for: the reply believed last may have been the wrong one, so the next waits for proof. */
  private receiveUnasked(bytes: number): void {
    this.unaskedBytes += bytes;
    if (this.step.isProven) this.step.lose(this.options.interFrameMs, this.clock.nowMs(), null);
  }

  /** A frame with the right address, function, length and checksum has come. */
  private land(flight: Flight, pdu: Uint8Array): void {
    flight.cancelTimeout();
    this.flight = null;
    const now = this.clock.nowMs();
    const isException = pdu[0] !== flight.request.fc;
    const { turnaroundMs, duplicateGuardMs } = this.options;
    this.lineFreeAtMs = now + turnaroundMs;
    this.functionFreeAtMs[flight.request.fc] = now + duplicateGuardMs;
    if (flight.entry === null) return this.landProbe(flight.request, isException);
    this.lastReplyAtMs = now;
    this.lastRoundTripMs = now - flight.sentAtMs;
    if (isException) {
      this.count.exceptions++;
      flight.entry.settle(failure('exception', deviceRefused(this.where, flight.request, pdu[1]), pdu[1]));
      return;
    }
    this.count.ok++;
    const value = decodeReply(flight.request, pdu);
    flight.entry.settle({ ok: true, value, roundTripMs: this.lastRoundTripMs, atMs: now });
  }

  private landProbe(request: Request, isException: boolean): void {
    this.probeRefused = isException;
    if (isException) return this.step.lose(this.options.lateReplyGuardMs, this.clock.nowMs(), request);
    this.step.prove();
    this.lastReplyAtMs = this.clock.nowMs();
    this.lineFreeAtMs = this.lastReplyAtMs + this.options.duplicateGuardMs;
  }

  private expire(flight: Flight): void {
    this.flight = null;
    this.scanner.clear();
    const isSilent = flight.bytesSeen === 0;
    if (flight.entry !== null) {
      if (isSilent) this.count.timeouts++;
      else this.count.garbled++;
      const sentence = noReply(this.where, flight.request, flight.timeoutMs, flight.bytesSeen);
      flight.entry.settle(failure(isSilent ? 'timeout' : 'crc', sentence));
    }
    this.step.lose(this.options.lateReplyGuardMs, this.clock.nowMs(), flight.request);
    this.pump();
  }

  private end(reason: string): void {
    if (this.closedBecause !== null) return;
    this.closedBecause = reason;
    this.cancelWake();
    this.flight?.cancelTimeout();
    this.flight?.entry?.settle(this.closedFailure());
    this.flight = null;
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

  private whyWaiting(): string {
    if (this.step.isProven) return 'the line was busy';
    return this.probeRefused
      ? 'the device refuses the sync probe; set the probe to reads of registers it has'
      : 'the line was out of step';
  }

  private closedFailure(): TransactResult {
    return failure('closed', `${this.port.name} is closed: ${this.closedBecause}`);
  }
}
