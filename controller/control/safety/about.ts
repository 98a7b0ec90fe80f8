import type { EventSubject } from '../../wire/messages.ts';

type AlarmChange = Extract<EventSubject, { kind: 'alarm' }>['change'];

/** Marks an event as one in the life of an alarm, so that a list can be made of them. */
export const about = (key: string, change: AlarmChange): EventSubject => ({ kind: 'alarm', key, change });
