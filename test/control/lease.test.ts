import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  FREE,
  GRACE_MS,
  SILENCE_MS,
  leaseStep,
  type Lease,
  type LeaseChange,
  type LeaseEvent,
} from '../../controller/control/operate/lease.ts';
import type { Person, Role } from '../../controller/wire/person.ts';

const person = (role: Role, session: string): Person => ({ role, session });
const ANNA = person('operator', '1');
const BEN = person('operator', '2');
const EVA = person('engineer', '3');
const VERA = person('viewer', '4');

/** Goes through events at their times, ms; returns the lease and all that changed. */
function walk(events: readonly (readonly [number, LeaseEvent])[]) {
  let lease: Lease = FREE;
  const changes: LeaseChange[] = [];
  const refusals: (string | null)[] = [];
  for (const [atMs, event] of events) {
    const step = leaseStep(lease, event, atMs);
    ({ lease } = step);
    changes.push(...step.changes);
    refusals.push(step.refusal);
  }
  return { lease, kinds: changes.map(({ kind }) => kind), changes, refusal: refusals.at(-1) };
}

const take = (by: Person): LeaseEvent => ({ kind: 'take', by });
const takeOver = (by: Person): LeaseEvent => ({ kind: 'take_over', by });
const of = (kind: 'release' | 'heard' | 'gone', { session }: Person): LeaseEvent => ({ kind, session });
const TIME: LeaseEvent = { kind: 'time' };

describe('the control lease', () => {
  it('belongs to the first who takes it, and to nobody else meanwhile', () => {
    const { lease, kinds, refusal } = walk([
      [0, take(ANNA)],
      [10, take(BEN)],
    ]);
    expect(lease.holder).toEqual(ANNA);
    expect(kinds).toEqual(['taken']);
    expect(refusal).toBe('Operator 1 has control and has to release it first.');
  });

  it('is free again when it was released, by its holder alone', () => {
    const { lease, refusal } = walk([
      [0, take(ANNA)],
      [10, of('release', BEN)],
    ]);
    expect(lease.holder).toEqual(ANNA);
    expect(refusal).toBe('This page does not have control.');
    expect(
      walk([
        [0, take(ANNA)],
        [10, of('release', ANNA)],
        [20, take(BEN)],
      ]).lease.holder,
    ).toEqual(BEN);
  });

  it('is lost by silence, at its time and not before', () => {
    const at = (atMs: number) =>
      walk([
        [0, take(ANNA)],
        [1000, of('heard', ANNA)],
        [atMs, TIME],
      ]);
    expect(at(1000 + SILENCE_MS).lease.holder).toEqual(ANNA);
    const lost = at(1001 + SILENCE_MS);
    expect(lost.lease.holder).toBeNull();
    expect(lost.changes.at(-1)).toMatchObject({ kind: 'lost', holder: null });
    expect(lost.changes.at(-1)?.sentence).toBe('Operator 1 lost control: nothing was heard for 5 s.');
  });

  it('survives a reload within the grace time, and no longer', () => {
    const reload = (backMs: number) =>
      walk([
        [0, take(ANNA)],
        [100, of('gone', ANNA)],
        [100 + backMs, of('heard', ANNA)],
        [100 + backMs, TIME],
      ]);
    expect(reload(GRACE_MS).kinds).toEqual(['taken']);
    expect(reload(GRACE_MS).lease.goneMs).toBeNull();
    expect(reload(GRACE_MS + 1).kinds).toEqual(['taken', 'lost']);
    // Whoever comes back too late has nothing, and has to ask like everyone else.
    expect(reload(GRACE_MS + 1).lease.holder).toBeNull();
  });

  it('is taken over by an engineer, not by an operator and never by a viewer', () => {
    const over = (by: Person) =>
      walk([
        [0, take(ANNA)],
        [10, takeOver(by)],
      ]);
    expect(over(EVA).lease.holder).toEqual(EVA);
    expect(over(EVA).changes.at(-1)?.sentence).toBe('Engineer 3 took control from Operator 1.');
    expect(over(BEN).refusal).toBe('Only an engineer can take control from somebody.');
    expect(over(VERA).lease.holder).toEqual(ANNA);
    expect(walk([[0, take(VERA)]]).refusal).toBe('A viewer cannot take control.');
    expect(walk([[0, takeOver(VERA)]]).lease.holder).toBeNull();
  });

  it('that has run out is lost first and taken then, in one step too', () => {
    const { kinds, lease } = walk([
      [0, take(ANNA)],
      [SILENCE_MS + 1, take(BEN)],
    ]);
    expect(kinds).toEqual(['taken', 'lost', 'taken']);
    expect(lease.holder).toEqual(BEN);
  });
});

const PEOPLE = [ANNA, BEN, EVA, VERA] as const;
const anyone = fc.constantFrom(...PEOPLE);
const anyEvent: fc.Arbitrary<LeaseEvent> = fc.oneof(
  fc.record({ kind: fc.constantFrom('take' as const, 'take_over' as const), by: anyone }),
  fc.record({
    kind: fc.constantFrom('release' as const, 'heard' as const, 'gone' as const),
    session: anyone.map(({ session }) => session),
  }),
  fc.constant(TIME),
);
const anyHistory = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 4000 }), anyEvent), { maxLength: 60 })
  .map((steps) => {
    let atMs = 0;
    return steps.map(([waitMs, event]) => [(atMs += waitMs), event] as const);
  });

describe('whatever happens', () => {
  it('no viewer has control, every change of the holder is told, and silence is never overlooked', () => {
    fc.assert(
      fc.property(anyHistory, (events) => {
        let lease: Lease = FREE;
        let told: Person | null = null;
        let heardMs = 0;
        for (const [atMs, event] of events) {
          const step = leaseStep(lease, event, atMs);
          for (const change of step.changes) told = change.holder;
          ({ lease } = step);
          expect(lease.holder).toEqual(told);
          expect(lease.holder?.role).not.toBe('viewer');
          if (lease.holder !== null && lease.heardMs !== heardMs) ({ heardMs } = lease);
          if (lease.holder !== null) expect(atMs - lease.heardMs).toBeLessThanOrEqual(SILENCE_MS);
        }
      }),
    );
  });

  it('only an engineer or the holder itself changes who has control before its time is over', () => {
    fc.assert(
      fc.property(anyHistory, (events) => {
        let lease: Lease = FREE;
        for (const [atMs, event] of events) {
          const before: Lease = lease;
          const step = leaseStep(lease, event, atMs);
          ({ lease } = step);
          if (before.holder === null || step.changes.length === 0) continue;
          const [first] = step.changes;
          if (first.kind === 'lost') continue;
          if (event.kind === 'take_over') expect(event.by.role).toBe('engineer');
          else expect(event).toEqual({ kind: 'release', session: before.holder.session });
        }
      }),
    );
  });
});
