/**
 * Whether the line is in step: no reply to an earlier request can still be under way. It begins out of step, falls
 * out of it with every reply that stays away, and gets back by silence and then by proof (`sync-probe.ts`).
 */
import type { Request } from './pdu.ts';
import { ProbeMaker, type SyncProbe } from './sync-probe.ts';

/** How many unanswered requests a read probe steers clear of. */
const UNANSWERED_KEPT = 16;

export class LineStep {
  /** How often the line fell out of step. */
  losses = 0;
  private holds = false;
  private quietMs: number;
  private quietSinceMs: number;
  private readonly probes: ProbeMaker;
  private readonly unanswered: Request[] = [];

  constructor(probe: SyncProbe, probeSeed: number, quietMs: number, nowMs: number) {
    this.probes = new ProbeMaker(probe, probeSeed);
    this.quietMs = quietMs;
    this.quietSinceMs = nowMs;
  }

  get isProven(): boolean {
    return this.holds;
  }

  /**
   * @param quietMs silence to keep from `nowMs` on, restarted by any byte, before the next probe
   * @param cause the request whose reply may still come, or null
   */
  lose(quietMs: number, nowMs: number, cause: Request | null): void {
    if (this.holds) this.losses++;
    this.holds = false;
    this.quietMs = quietMs;
    this.quietSinceMs = nowMs;
    if (cause === null) return;
    this.unanswered.push(cause);
    if (this.unanswered.length > UNANSWERED_KEPT) this.unanswered.shift();
  }

  prove(): void {
    this.holds = true;
    this.unanswered.length = 0;
  }

  /** When the next probe may go out, the last byte having come at `heardMs`. */
  probeDueMs(heardMs: number): number {
    return Math.max(heardMs, this.quietSinceMs) + this.quietMs;
  }

  nextProbe(): Request {
    return this.probes.next(this.unanswered);
  }
}
