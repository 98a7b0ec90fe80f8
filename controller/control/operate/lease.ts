/**
 * The control lease: at most one session has control. A pure function of events and time. It is kept by heartbeats,
 * and ends by release, by silence, by a page that went away and did not come back, or by an engineer who takes over.
 */
import { isAtLeast, named } from '../../wire/rights.ts';
import type { Person } from '../../wire/person.ts';

/** Five heartbeats missing. */
export const SILENCE_MS = 5000;
/** A reload takes about a second; a page that is known to be gone is given less than one that is only silent. */
export const GRACE_MS = 3000;

export interface Lease {
  readonly holder: Person | null;
  /** When the holder was heard last, ms. */
  readonly heardMs: number;
  /** When the last page of the holder's session went away, ms; null while one is open. */
  readonly goneMs: number | null;
}

export const FREE: Lease = { holder: null, heardMs: 0, goneMs: null };

export type LeaseEvent =
  | { readonly kind: 'take' | 'take_over'; readonly by: Person }
  | { readonly kind: 'release' | 'heard' | 'gone'; readonly session: string }
  | { readonly kind: 'time' };

export interface LeaseStep {
  readonly lease: Lease;
  /** What others must know, in the order in which it happened. */
  readonly changes: readonly LeaseChange[];
  /** Why the one who asked did not get what was asked for. */
  readonly refusal: string | null;
}

export interface LeaseChange {
  readonly kind: 'taken' | 'taken_over' | 'released' | 'lost';
  readonly holder: Person | null;
  readonly sentence: string;
}

/** What became of the lease by `nowMs`, and then by the event. `nowMs` never goes back. */
export function leaseStep(before: Lease, event: LeaseEvent, nowMs: number): LeaseStep {
  const expiry = expire(before, nowMs);
  const then = decide(expiry.lease, event, nowMs);
  return { ...then, changes: [...expiry.changes, ...then.changes] };
}

function expire(lease: Lease, nowMs: number): LeaseStep {
  const { holder, heardMs, goneMs } = lease;
  if (holder === null) return same(lease);
  const lost = (why: string): LeaseStep => end('lost', `${named(holder)} lost control: ${why}`);
  if (goneMs !== null && nowMs - goneMs > GRACE_MS)
    return lost('the page was closed or its connection broke.');
  if (nowMs - heardMs > SILENCE_MS) return lost(`nothing was heard for ${SILENCE_MS / 1000} s.`);
  return same(lease);
}

function decide(lease: Lease, event: LeaseEvent, nowMs: number): LeaseStep {
  switch (event.kind) {
    case 'take':
      return take(lease, event.by, nowMs);
    case 'take_over':
      return takeOver(lease, event.by, nowMs);
    case 'release':
      return release(lease, event.session);
    case 'heard':
      return lease.holder?.session === event.session
        ? same({ ...lease, heardMs: nowMs, goneMs: null })
        : same(lease);
    case 'gone':
      return lease.holder?.session === event.session ? same({ ...lease, goneMs: nowMs }) : same(lease);
    case 'time':
      return same(lease);
    default:
      return event satisfies never;
  }
}

function take(lease: Lease, by: Person, nowMs: number): LeaseStep {
  if (!isAtLeast(by.role, 'operator')) return refused(lease, 'A viewer cannot take control.');
  if (lease.holder === null) return begin('taken', by, nowMs, `${named(by)} has control.`);
  if (lease.holder.session === by.session) return same({ ...lease, heardMs: nowMs, goneMs: null });
  return refused(lease, `${named(lease.holder)} has control and has to release it first.`);
}

function takeOver(lease: Lease, by: Person, nowMs: number): LeaseStep {
  const { holder } = lease;
  if (holder === null || holder.session === by.session) return take(lease, by, nowMs);
  if (by.role !== 'engineer') return refused(lease, 'Only an engineer can take control from somebody.');
  return begin('taken_over', by, nowMs, `${named(by)} took control from ${named(holder)}.`);
}

function release(lease: Lease, session: string): LeaseStep {
  const { holder } = lease;
  if (holder?.session !== session) return refused(lease, 'This page does not have control.');
  return end('released', `${named(holder)} released control.`);
}

const begin = (kind: 'taken' | 'taken_over', holder: Person, nowMs: number, sentence: string): LeaseStep => ({
  lease: { holder, heardMs: nowMs, goneMs: null },
  changes: [{ kind, holder, sentence }],
  refusal: null,
});
const end = (kind: 'released' | 'lost', sentence: string): LeaseStep => ({
  lease: FREE,
  changes: [{ kind, holder: null, sentence }],
  refusal: null,
});
const same = (lease: Lease): LeaseStep => ({ lease, changes: [], refusal: null });
const refused = (lease: Lease, refusal: string): LeaseStep => ({ lease, changes: [], refusal });
