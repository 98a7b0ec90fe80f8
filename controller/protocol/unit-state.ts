/** What a bus knows of one slave: whether it is in step and answers at all, when it may be asked what, its counts. */
import type { LinkCounts, UnitOptions } from './bus-options.ts';
import type { Request } from './pdu.ts';
import { deviceRefused } from './link-sentences.ts';
import { decodeReply } from './pdu-reply.ts';
import { SlaveStep } from './slave-step.ts';
import { failure, type TransactResult } from './transaction.ts';

/** Replies in a row that must stay away until a slave that has answered, or never did, counts as absent. */
const ABSENT_AFTER = 3;
const NEVER_HEARD_AFTER = 2;
/** The probes of a slave that stays silent are this many guards apart at most. */
const MOST_GUARDS = 16;

export class UnitState {
  readonly address: number;
  readonly options: UnitOptions;
  /** Device and port, for sentences. */
  readonly where: string;
  readonly step: SlaveStep;
  readonly counts: { -readonly [Key in keyof LinkCounts]: number } = {
    ok: 0,
    timeouts: 0,
    garbled: 0,
    exceptions: 0,
  };
  /** A reply of it is awaited. */
  isAwaited = false;
  /** The exception with which the device refused the last probe, or null. */
  refusal: number | null = null;
  lastRoundTripMs = Number.NaN;
  lastReplyAtMs = Number.NaN;
  private readonly isNumbered: boolean;
  /** When the same function may be asked again, by function code. */
  private readonly functionFreeAtMs = new Float64Array(128);
  private misses = 0;
  /** Of these, the last ones in a row after which not one byte came. */
  private silences = 0;
  private silentSinceMs = 0;
  private isStirred = false;

  constructor(
    address: number,
    options: UnitOptions,
    line: { readonly name: string; readonly isNumbered: boolean; readonly nowMs: number },
  ) {
    this.address = address;
    this.options = options;
    this.where = `device ${address} on ${line.name}`;
    this.isNumbered = line.isNumbered;
    this.step = new SlaveStep(options.probe, options.probeSeed, line.nowMs);
  }

  /** Its next reply can be believed. */
  get isInStep(): boolean {
    return this.isNumbered || this.step.isProven;
  }

  get isAbsent(): boolean {
    const most = Number.isNaN(this.lastReplyAtMs) ? NEVER_HEARD_AFTER : ABSENT_AFTER;
    return !this.isInStep && this.silences >= most;
  }

  get state(): 'up' | 'syncing' | 'absent' {
    return this.isInStep ? 'up' : this.isAbsent ? 'absent' : 'syncing';
  }

  /** Replies that stayed away in a row, and since when. */
  get silence(): { readonly misses: number; readonly sinceMs: number } {
    return { misses: this.silences, sinceMs: this.silentSinceMs };
  }

  freeAtMs({ fc }: Request): number {
    return this.isNumbered ? 0 : this.functionFreeAtMs[fc];
  }

  /** The result of a request whose reply has come. */
  land(
    request: Request,
    pdu: Uint8Array,
    { sentAtMs, nowMs }: { sentAtMs: number; nowMs: number },
  ): TransactResult {
    const roundTripMs = nowMs - sentAtMs;
    this.answered(request, nowMs);
    this.lastReplyAtMs = nowMs;
    this.lastRoundTripMs = roundTripMs;
    if (pdu[0] !== request.fc) {
      this.counts.exceptions++;
      return failure('exception', deviceRefused(this.where, request, pdu[1]), pdu[1]);
    }
    this.counts.ok++;
    return { ok: true, value: decodeReply(request, pdu), roundTripMs, atMs: nowMs };
  }

  /** @param refusal the exception with which the device answered the probe, or null where it gave what was asked */
  landProbe(probe: Request, refusal: number | null, nowMs: number): void {
    if (refusal !== null) {
      this.missed(probe, nowMs);
      this.refusal = refusal;
      return;
    }
    this.refusal = null;
    this.answered(probe, nowMs);
    this.lastReplyAtMs = nowMs;
    this.step.prove();
  }

  /** Any reply came in time. A repetition of it may follow. */
  private answered({ fc }: Request, nowMs: number): void {
    this.functionFreeAtMs[fc] = nowMs + this.options.duplicateGuardMs;
    this.misses = this.silences = 0;
  }

  /** Bytes came that were not what it was asked for: late or damaged, but it is there. */
  stir(): void {
    this.isStirred = true;
  }

  /** A reply stayed away, or proved nothing: the next probes come 1, 2, 4 ... 16 guards later. */
  missed(request: Request, nowMs: number): void {
    if (this.isStirred) this.silences = 0;
    if (this.silences === 0) this.silentSinceMs = nowMs;
    this.silences++;
    this.isStirred = false;
    this.refusal = null;
    this.misses++;
    const guards = Math.min(MOST_GUARDS, 2 ** (this.misses - 1));
    this.step.lose(nowMs + guards * this.options.lateReplyGuardMs, request);
  }
}
