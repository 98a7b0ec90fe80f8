/**
 * Whether a slave is in step: no reply of it to an earlier request can still be under way. It begins out of step, falls
 * out of it with every reply that stays away, and gets back by silence and then by proof (`sync-probe.ts`).
 */
import type { Request } from './pdu.ts';
import { ProbeMaker, type SyncProbe } from './sync-probe.ts';

/** How many unanswered requests a read probe steers clear of. */
const UNANSWERED_KEPT = 16;

export class SlaveStep {
  /** How often the slave fell out of step. */
  losses = 0;
  private holds = false;
  private dueMs: number;
  private readonly probes: ProbeMaker;
  private readonly unanswered: Request[] = [];

  constructor(probe: SyncProbe, probeSeed: number, nowMs: number) {
    this.probes = new ProbeMaker(probe, probeSeed);
    this.dueMs = nowMs;
  }

  get isProven(): boolean {
    return this.holds;
  }

  /** When the next probe may go out. */
  get probeDueMs(): number {
    return this.dueMs;
  }

  /**
   * @param probeDueMs when to ask for proof
   * @param cause the request whose reply may still come, or null
   */
  lose(probeDueMs: number, cause: Request | null): void {
    if (this.holds) this.losses++;
    this.holds = false;
    this.dueMs = probeDueMs;
    if (cause === null) return;
    this.unanswered.push(cause);
    if (this.unanswered.length > UNANSWERED_KEPT) this.unanswered.shift();
  }

  prove(): void {
    this.holds = true;
    this.unanswered.length = 0;
  }

  nextProbe(): Request {
    return this.probes.next(this.unanswered);
  }
}
