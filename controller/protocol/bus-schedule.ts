/**
 * Whose turn it is on a bus: urgent requests, probes of slaves that are out of step, and work. Nothing is sent here;
 * the answer is what to do next and when.
 */
import type { Flight, QueuedRequest } from './flight.ts';
import type { LineSilence } from './line-silence.ts';
import type { RequestQueue } from './request-queue.ts';
import type { UnitState } from './unit-state.ts';

export type Errand = { readonly dueMs: number } & (
  | { readonly kind: 'request'; readonly entry: QueuedRequest }
  /** Send without listening for the reply. */
  | { readonly kind: 'unheard'; readonly entry: QueuedRequest }
  /** The same, although the reply to `flight` is still awaited. */
  | { readonly kind: 'interrupt'; readonly entry: QueuedRequest; readonly flight: Flight }
  | { readonly kind: 'probe'; readonly unit: UnitState }
);

/** While other slaves answer, probing absent ones takes at most one part in this many of the line's time. */
const ABSENT_SHARE = 10;

export interface ScheduleParts {
  readonly queue: RequestQueue<QueuedRequest>;
  readonly units: ReadonlyMap<number, UnitState>;
  readonly flights: readonly Flight[];
  readonly silence: LineSilence;
  readonly isNumbered: boolean;
  readonly urgentPatienceMs: number;
}

export class BusSchedule {
  private readonly parts: ScheduleParts;
  private wasProbe = false;
  private absentFreeMs = Number.NEGATIVE_INFINITY;

  constructor(parts: ScheduleParts) {
    this.parts = parts;
  }

  /** What is due first; among equals the urgent, then a probe, but after a probe work that waits. */
  next(nowMs: number): Errand | null {
    const { flights, isNumbered } = this.parts;
    const urgent = this.urgent(nowMs);
    if (!isNumbered && flights.length > 0) return urgent;
    const probe = this.probe(nowMs);
    const work = this.work(nowMs);
    return earliest(this.wasProbe ? [urgent, work, probe] : [urgent, probe, work], nowMs);
  }

  /** A frame went out that was a probe, or was not. */
  sent(isProbe: boolean): void {
    this.wasProbe = isProbe;
  }

  /** A probe of an absent slave took `spentMs` of the line for nothing. */
  wasted(spentMs: number, nowMs: number): void {
    this.absentFreeMs = nowMs + (ABSENT_SHARE - 1) * spentMs;
  }

  private urgent(nowMs: number): Errand | null {
    const errands = this.parts.queue.filter(({ urgent }) => urgent).map((entry) => this.urgentErrand(entry));
    return earliest(errands, nowMs);
  }

  private urgentErrand(entry: QueuedRequest): Errand | null {
    const { silence, urgentPatienceMs } = this.parts;
    const { unit, request, sentUnheard } = entry;
    const flight = this.inTheWayOf(unit);
    if (flight !== undefined) {
      const lastSignMs = Math.max(flight.sentUntilMs, silence.lastHeardMs);
      return sentUnheard ? null : { kind: 'interrupt', entry, flight, dueMs: lastSignMs + urgentPatienceMs };
    }
    if (unit !== null && !unit.isInStep)
      return sentUnheard ? null : { kind: 'unheard', entry, dueMs: silence.afterSendingMs };
    const readyMs = Math.max(silence.pauseMs, unit?.freeAtMs(request) ?? 0);
    const latestMs = Math.max(silence.afterSendingMs, entry.sinceMs + urgentPatienceMs);
    if (sentUnheard || readyMs <= latestMs) return { kind: 'request', entry, dueMs: readyMs };
    return { kind: 'unheard', entry, dueMs: latestMs };
  }

  private inTheWayOf(unit: UnitState | null): Flight | undefined {
    const { flights, isNumbered } = this.parts;
    return isNumbered ? flights.find((flight) => flight.unit === unit) : flights[0];
  }

  private probe(nowMs: number): Errand | null {
    const { units, silence } = this.parts;
    const others = [...units.values()];
    const isAnyoneInStep = others.some((unit) => unit.isInStep);
    const errands = others
      .filter((unit) => !unit.isInStep && !unit.isAwaited)
      .map((unit): Errand => {
        const freeMs = isAnyoneInStep && unit.isAbsent ? this.absentFreeMs : 0;
        return { kind: 'probe', unit, dueMs: Math.max(silence.clearMs, unit.step.probeDueMs, freeMs) };
      });
    return earliest(errands, nowMs);
  }

  private work(nowMs: number): Errand | null {
    const { queue, silence } = this.parts;
    const canGo = ({ unit }: QueuedRequest): boolean => unit === null || (unit.isInStep && !unit.isAwaited);
    const errands = queue.candidates(canGo).map((entry): Errand => {
      const freeMs = entry.unit?.freeAtMs(entry.request) ?? 0;
      return { kind: 'request', entry, dueMs: Math.max(silence.clearMs, freeMs) };
    });
    return earliest(errands, nowMs);
  }
}

/** The first of those that are due soonest; what is overdue is due now. */
function earliest(errands: readonly (Errand | null)[], nowMs: number): Errand | null {
  let best: Errand | null = null;
  for (const errand of errands) {
    if (errand === null) continue;
    if (best === null || Math.max(errand.dueMs, nowMs) < Math.max(best.dueMs, nowMs)) best = errand;
  }
  return best;
}
