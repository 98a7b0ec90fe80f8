/**
 * The one session of this page with the controller: its signals change a few times a second and drive the panels;
 * the numbers go into `telemetry`, which the animation frame reads.
 */
import { computed, signal } from '@preact/signals';
import { config } from 'zod';
import type {
  ClientMessage,
  Command,
  EventMessage,
  ServerMessage,
  StateMessage,
} from '../controller/wire/messages.ts';
import { Connection } from './connection.ts';
import { Inbox } from './store/inbox.ts';
import { Telemetry } from './store/telemetry.ts';

// zod would otherwise try `new Function`, which the page's content security policy refuses.
config({ jitless: true });

export type Hello = Extract<ServerMessage, { type: 'hello' }>;

export type Link =
  | { readonly phase: 'connecting' }
  | { readonly phase: 'live' }
  | { readonly phase: 'lost'; readonly reason: string; readonly attempt: number; readonly sinceMs: number };

/** What was asked last and what became of it. */
export interface Ask {
  readonly id: number;
  readonly what: string;
  readonly atMs: number;
  readonly outcome: 'not sent' | 'sent' | 'accepted' | 'refused';
  readonly sentence: string;
}

const EVENTS_KEPT = 200;

export const telemetry = new Telemetry();
export const hello = signal<Hello | null>(null);
export const state = signal<StateMessage | null>(null);
export const events = signal<readonly EventMessage[]>([]);
export const link = signal<Link>({ phase: 'connecting' });
export const unreadable = signal({ count: 0, last: '' });
export const lastAsk = signal<Ask | null>(null);
const pulse = signal(0);
/** What shows an age or a live number calls this and is then shown anew ten times a second. */
export const beat = (): number => pulse.value;
export const live = computed(() => link.value.phase === 'live');
/** Nothing answers, and nothing ever did: a page without a controller, from a plain web host for example. */
export const unheard = computed(() => hello.value === null && link.value.phase === 'lost');
export const acceleration = computed(() => state.value?.acceleration ?? 1);

let nextId = 1;

const inbox = new Inbox({
  message: takeMessage,
  frame: (ordered) => telemetry.take(ordered, performance.now(), acceleration.value),
  unreadable: (sentence) => {
    unreadable.value = { count: unreadable.value.count + 1, last: sentence };
  },
  restarted: () => telemetry.clear(),
});

const connection = new Connection(
  `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/live`,
  {
    opened: () => inbox.opened(),
    text: (text) => inbox.text(text),
    binary: (bytes) => inbox.binary(bytes),
    lost: (reason, attempt) => {
      const sinceMs = link.value.phase === 'lost' ? link.value.sinceMs : performance.now();
      link.value = { phase: 'lost', reason, attempt, sinceMs };
    },
  },
);

setInterval(() => {
  pulse.value = performance.now();
}, 100);

function takeMessage(message: ServerMessage): void {
  switch (message.type) {
    case 'hello':
      hello.value = message;
      telemetry.configure(message.channels);
      link.value = { phase: 'live' };
      send({ type: 'history', after: inbox.askHistory() });
      return;
    case 'state':
      state.value = message;
      return;
    case 'event':
      if (events.value.some((known) => known.sequence === message.sequence && known.at === message.at))
        return;
      // Those of the history arrive after the first live ones.
      events.value = [message, ...events.value].toSorted(newestFirst).slice(0, EVENTS_KEPT);
      return;
    case 'ack': {
      const ask = lastAsk.value;
      if (ask === null || ask.id !== message.id) return;
      lastAsk.value = { ...ask, outcome: message.ok ? 'accepted' : 'refused', sentence: message.sentence };
    }
  }
}

const newestFirst = (a: EventMessage, b: EventMessage): number =>
  b.at.localeCompare(a.at) || b.sequence - a.sequence;

const send = (message: ClientMessage): boolean => connection.send(message);

function ask(what: string, message: (id: number) => ClientMessage): void {
  const id = nextId++;
  const sent = send(message(id));
  lastAsk.value = {
    id,
    what,
    atMs: performance.now(),
    outcome: sent ? 'sent' : 'not sent',
    sentence: sent
      ? ''
      : `${what} was not sent: no connection. Use the hard-wired emergency stop if in doubt.`,
  };
}

export const askCommand = (command: Command): void =>
  ask(command, (id) => ({ type: 'command', id, command }));

export const askSetpoint = (value: number): void =>
  ask(`Set-point ${value.toFixed(1)} °C`, (id) => ({ type: 'set', id, key: 'setpoint_C', value }));

export const askAcceleration = (value: number): void =>
  ask(`${value}× speed`, (id) => ({ type: 'set', id, key: 'acceleration', value }));
