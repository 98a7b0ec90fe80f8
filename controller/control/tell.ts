import type { EventMessage, EventSubject } from '../wire/messages.ts';

/** Says something to everyone who watches. */
export type Tell = (severity: EventMessage['severity'], sentence: string, about?: EventSubject) => void;
