/** What a fault leads to in the state machine, and where that has been answered already. */
import type { Fault, State } from '../../wire/messages.ts';

const EVENT_OF = { hold: 'HOLD', stop: 'STOP', abort: 'ABORT' } as const;
/** CLEARING is how a person gets out of an abort. */
const ANSWERED: Record<keyof typeof EVENT_OF, readonly State[]> = {
  hold: [],
  stop: ['STOPPED', 'STOPPING', 'ABORTED', 'ABORTING', 'CLEARING'],
  abort: ['ABORTED', 'ABORTING', 'CLEARING'],
};

/** The event for a fault that begins; null where it only warns. There is no holding by hand: in manual mode it is a STOP. */
export function eventOf({ action }: Fault, isManual: boolean): 'HOLD' | 'STOP' | 'ABORT' | null {
  if (action === 'warn') return null;
  return isManual && action === 'hold' ? 'STOP' : EVENT_OF[action];
}

/** The event for the gravest fault that stands, where the state does not answer it yet. */
export function eventStillDue(worst: Fault | null, state: State): 'HOLD' | 'STOP' | 'ABORT' | null {
  if (worst === null || worst.action === 'warn' || ANSWERED[worst.action].includes(state)) return null;
  return EVENT_OF[worst.action];
}
