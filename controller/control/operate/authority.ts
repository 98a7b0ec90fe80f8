/** Who is at which page, and who of them has control, in time. */
import type { Clock } from '../../protocol/byte-port.ts';
import type { ClientMessage, LeaseMessage, StateMessage } from '../../wire/messages.ts';
import type { Person } from '../../wire/person.ts';
import { RIGHTS, askOf, whyNot } from '../../wire/rights.ts';
import { FREE, leaseStep, type LeaseChange, type LeaseEvent } from './lease.ts';

export interface Authority {
  arrive(client: number, person: Person): void;
  leave(client: number): void;
  personAt(client: number): Person | undefined;
  /** Why this client may not ask for this now; null where it may. Asking takes a lease that is needed and free. */
  refuse(client: number, message: ClientMessage): string | null;
  /** What became of a word about the lease. */
  answer(client: number, ask: 'take' | 'take_over' | 'release'): { ok: boolean; sentence: string };
  /** True while somebody has control. Call in every tick: time alone can end a lease. */
  isAttended(): boolean;
  message(): LeaseMessage;
  attendance(): Pick<StateMessage, 'people' | 'controlHeardMs'>;
}

export function createAuthority(
  clock: Clock,
  unattended: LeaseMessage['unattended'],
  changed: (change: LeaseChange) => void,
): Authority {
  const people = new Map<number, Person>();
  let lease = FREE;
  let sentence = 'Nobody has control.';

  /** Returns why not, or null. */
  function apply(event: LeaseEvent): string | null {
    const step = leaseStep(lease, event, clock.nowMs());
    lease = step.lease;
    for (const change of step.changes) {
      ({ sentence } = change);
      changed(change);
    }
    return step.refusal;
  }

  const isOpen = (session: string): boolean =>
    [...people.values()].some((person) => person.session === session);

  return {
    arrive(client, person) {
      people.set(client, person);
      apply({ kind: 'heard', session: person.session });
    },
    leave(client) {
      const person = people.get(client);
      people.delete(client);
      if (person !== undefined && !isOpen(person.session)) apply({ kind: 'gone', session: person.session });
    },
    personAt: (client) => people.get(client),
    refuse(client, message) {
      const ask = askOf(message);
      const person = people.get(client);
      // A page that nobody announced sees nothing, but what it says to stop a machine stops it.
      if (person === undefined)
        return ask === 'STOP' || ask === 'ABORT' ? null : 'This page is not known: reload it.';
      apply({ kind: 'heard', session: person.session });
      const refusal = whyNot(ask, person, lease.holder);
      if (refusal !== null || !RIGHTS[ask].lease) return refusal;
      return apply({ kind: 'take', by: person });
    },
    answer(client, ask) {
      const by = people.get(client);
      if (by === undefined) return { ok: false, sentence: 'This page is not known: reload it.' };
      const refusal = apply(ask === 'release' ? { kind: ask, session: by.session } : { kind: ask, by });
      return { ok: refusal === null, sentence: refusal ?? sentence };
    },
    isAttended() {
      apply({ kind: 'time' });
      return lease.holder !== null;
    },
    attendance: () => ({
      people: attending([...people.values()]),
      controlHeardMs: lease.holder === null ? null : clock.nowMs() - lease.heardMs,
    }),
    message: () => ({ type: 'lease', holder: lease.holder, unattended, sentence }),
  };
}

/** One entry a session, in the order in which they came; the role of its newest page. */
function attending(pages: readonly Person[]): StateMessage['people'] {
  const sessions = [...new Set(pages.map(({ session }) => session))];
  return sessions.map((session) => {
    const own = pages.filter((page) => page.session === session);
    return { session, role: own.at(-1)?.role ?? 'viewer', pages: own.length };
  });
}
