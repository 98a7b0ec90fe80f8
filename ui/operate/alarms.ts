/** What the page makes of the faults that are listed. Pure. */
import type { EventMessage, EventSubject, Fault, StateMessage } from '../../controller/wire/messages.ts';

/** The states of ANSI/ISA-18.2 that an alarm of this controller can be in while it is listed. */
export type AlarmState = 'unacknowledged' | 'acknowledged' | 'gone-unacknowledged' | 'gone' | 'shelved';

export function alarmState({ bypassed, isPresent, acknowledged }: Fault): AlarmState {
  if (bypassed) return 'shelved';
  if (isPresent) return acknowledged === null ? 'unacknowledged' : 'acknowledged';
  return acknowledged === null ? 'gone-unacknowledged' : 'gone';
}

/** The cause of the stop first, then the others as they came. */
export const inOrder = (faults: readonly Fault[]): Fault[] =>
  faults.toSorted((a, b) => Number(b.firstOut) - Number(a.firstOut) || a.atS - b.atS);

export const isUnacknowledged = (fault: Fault): boolean =>
  fault.acknowledged === null && alarmState(fault) !== 'shelved';

export type Gravity = 'alarm' | 'warning' | 'calm';

export const gravityOf = (fault: Fault): Gravity =>
  fault.bypassed || fault.action === 'warn' ? 'warning' : 'alarm';

/** What the tab says: how many alarms nobody has acknowledged, of what gravity, and the state. */
export function tabOf(state: StateMessage | null, isConnected: boolean): { title: string; gravity: Gravity } {
  if (state === null) return { title: 'elastocool', gravity: 'calm' };
  if (!isConnected) return { title: '✕ elastocool', gravity: 'alarm' };
  const open = state.faults.filter(isUnacknowledged);
  const gravity = open.some((fault) => gravityOf(fault) === 'alarm')
    ? 'alarm'
    : open.length > 0
      ? 'warning'
      : 'calm';
  const count = open.length === 0 ? '' : `(${open.length}) `;
  return { title: `${count}${state.state} · elastocool`, gravity };
}

export type AlarmChange = Extract<EventSubject, { kind: 'alarm' }>['change'];
export const CHANGES: readonly AlarmChange[] = ['raised', 'acknowledged', 'gone', 'shelved', 'unshelved'];

export interface Moment extends EventMessage {
  readonly about: Extract<EventSubject, { kind: 'alarm' }>;
}

/** Events in the life of alarms, as they are given; only these changes, and what contains these words as it is `shown`. */
export function momentsOf(
  events: readonly EventMessage[],
  change: AlarmChange | 'all',
  words: string,
  shown: (sentence: string) => string,
): Moment[] {
  const wanted = words.trim().toLowerCase();
  return events.filter(
    (event): event is Moment =>
      event.about?.kind === 'alarm' &&
      (change === 'all' || event.about.change === change) &&
      (wanted === '' || `${event.about.key} ${shown(event.sentence)}`.toLowerCase().includes(wanted)),
  );
}
