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
  FaultsMessage,
  JogAxis,
  LeaseMessage,
  RegulateAction,
  ServerMessage,
  StateMessage,
} from '../controller/wire/messages.ts';
import type { ReplayMessage } from '../controller/wire/replay.ts';
import type { Person } from '../controller/wire/person.ts';
import type { ProofAsk, ProofMessage } from '../controller/wire/proof.ts';
import type { CycleRecipe } from '../controller/wire/recipe.ts';
import { whyNot, type Ask as Wish } from '../controller/wire/rights.ts';
import { Connection } from './connection.ts';
import { saidText } from './language/said.ts';
import { Inbox } from './store/inbox.ts';
import type { Ordered } from './store/sequencer.ts';
import { Telemetry } from './store/telemetry.ts';
import { WallTimes } from './store/wall-times.ts';

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

const EVENTS_KEPT = 1000;
/** One message of a walk, without its number. */
export type ProofStep = ProofAsk extends infer A
  ? A extends ProofAsk
    ? Omit<A, 'type' | 'id'>
    : never
  : never;
const RELEASE = 'Releasing control';
const LEASE_WORDS = { take: 'Taking control', take_over: 'Taking over', release: RELEASE } as const;

export const telemetry = new Telemetry();
export const wallTimes = new WallTimes();
export const hello = signal<Hello | null>(null);
export const state = signal<StateMessage | null>(null);
/** Who the server takes this page for. */
export const you = signal<Person | null>(null);
export const lease = signal<LeaseMessage | null>(null);
/** What can be broken in this machine and what is; null where nothing can. */
export const breakable = signal<FaultsMessage | null>(null);
/** Set where what is shown is a record and no machine. */
export const replay = signal<ReplayMessage | null>(null);
export const inControl = computed(
  () => you.value !== null && lease.value?.holder?.session === you.value.session,
);
/** Why this page does not have control any more, where that was not its own wish. */
export const controlLost = signal<string | null>(null);
/** Why this page may not ask for something, by who it is and who has control, in its language; null where it may. */
export const whyMayNot = (wish: Wish): string | null => {
  if (replay.value !== null) return saidText('This is a replay: no machine is at the other end.');
  const why =
    you.value === null ? 'This page is not known yet.' : whyNot(wish, you.value, lease.value?.holder ?? null);
  return why === null ? null : saidText(why);
};
export const events = signal<readonly EventMessage[]>([]);
export const link = signal<Link>({ phase: 'connecting' });
export const unreadable = signal({ count: 0, last: '' });
/** The proof tests, what is known of them, and the walk that is under way; null before it was told. */
export const proofs = signal<ProofMessage | null>(null);
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
  frame: takeFrame,
  unreadable: (sentence) => {
    unreadable.value = { count: unreadable.value.count + 1, last: sentence };
  },
  muddled: (sentence) => {
    inbox.forget();
    telemetry.clear();
    connection.renew(sentence);
  },
});

/** History comes in frames of many rows, and those did not arrive when they were measured. */
const LIVE_ROWS = 2;

function takeFrame(ordered: Ordered): void {
  telemetry.take(ordered, performance.now(), acceleration.value);
  const { group, rows } = ordered.frame;
  if (group === 'tick' && rows <= LIVE_ROWS && replay.peek() === null)
    wallTimes.heard(telemetry.clock.lastS, Date.now() / 1000);
}

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

export const renewConnection = (reason: string): void => connection.renew(reason);

setInterval(() => {
  pulse.value = performance.now();
}, 100);

function takeMessage(message: ServerMessage): void {
  switch (message.type) {
    case 'hello':
      if (hello.value !== null && isAnotherRig(hello.value, message)) telemetry.clear();
      telemetry.configure(message.channels);
      hello.value = message;
      link.value = { phase: 'live' };
      send({ type: 'history', after: inbox.askHistory() });
      return;
    case 'state':
      state.value = message;
      beatHeart();
      return;
    case 'faults':
      breakable.value = message;
      return;
    case 'proof':
      proofs.value = message;
      return;
    case 'replay':
      takeReplay(message);
      return;
    case 'you':
      you.value = message.person;
      return;
    case 'lease':
      takeLease(message);
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

/** The same rig behind a server that was started anew goes on by its own clock: what is known of it stays, with a gap. */
const isAnotherRig = (known: Hello, now: Hello): boolean =>
  known.rig.name !== now.rig.name || known.rig.port !== now.rig.port;

/** After a jump everything that is held here is of another time. */
function takeReplay(message: ReplayMessage): void {
  const hasJumped = replay.value !== null && replay.value.jump !== message.jump;
  replay.value = message;
  if (!hasJumped) return;
  inbox.forget();
  telemetry.clear();
  events.value = [];
  send({ type: 'history', after: inbox.askHistory() });
}

function takeLease(message: LeaseMessage): void {
  const had = inControl.value;
  lease.value = message;
  if (inControl.value) controlLost.value = null;
  else if (had && lastAsk.value?.what !== RELEASE) controlLost.value = message.sentence;
}

const HEARTBEAT_MS = 1000;
/** States come every 400 ms: without it every heartbeat would wait for the third. */
const HEARTBEAT_SLACK_MS = 250;
let heartbeatAtMs = Number.NEGATIVE_INFINITY;

/**
 * In answer to what was heard, not by a timer: browsers slow the timers of a hidden page down to one a minute, and a
 * page that hears nothing does not have control of anything.
 */
function beatHeart(): void {
  const nowMs = performance.now();
  if (nowMs - heartbeatAtMs < HEARTBEAT_MS - HEARTBEAT_SLACK_MS) return;
  heartbeatAtMs = nowMs;
  send({ type: 'heartbeat' });
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

const REGULATE_WORDS: Record<RegulateAction, string> = {
  thermostat: 'Thermostat',
  pid: 'PID',
  mpc: 'Model',
  seek: 'Search',
  manual: 'Manual output',
  autotune: 'Relay test',
  cancel_autotune: 'End of the relay test',
  use_tuning: 'Use of the tuning',
};

export const askLease = (wish: keyof typeof LEASE_WORDS): void =>
  ask(LEASE_WORDS[wish], (id) => ({ type: 'lease', id, ask: wish }));

export const askBypass = (key: string, minutes: number, reason: string): void =>
  ask(`Bypass of ${key}`, (id) => ({ type: 'bypass', id, key, minutes, reason }));

export const askUnbypass = (key: string): void =>
  ask(`End of the bypass of ${key}`, (id) => ({ type: 'unbypass', id, key }));

/** `key`: null for every alarm that is listed. */
export const askAcknowledge = (key: string | null): void =>
  ask(`Acknowledging ${key ?? 'all'}`, (id) => ({ type: 'acknowledge', id, key }));

export const askRecipe = (recipe: CycleRecipe): void =>
  ask('Another recipe', (id) => ({ type: 'recipe', id, recipe }));

/** A step of the walk through the proof tests. */
export const askProof = (step: ProofStep): void =>
  ask('A proof test', (id) => ({ type: 'proof', id, ...step }));

export const askMode = (mode: 'manual' | 'automatic'): void =>
  ask(mode === 'manual' ? 'Manual mode' : 'End of manual mode', (id) => ({ type: 'mode', id, mode }));

/** The first word of a held button is shown with its answer; those that renew it are not. */
export function askJog(axis: JogAxis, held: boolean, isFirst: boolean): void {
  if (isFirst) ask('Moving by hand', (id) => ({ type: 'jog', id, axis, held }));
  else send({ type: 'jog', id: nextId++, axis, held });
}

export const askFault = (fault: string, on: boolean, amount?: number): void =>
  ask(`${on ? 'Injecting' : 'Mending'} ${fault}`, (id) => ({
    type: 'inject',
    id,
    fault,
    on,
    ...(amount === undefined ? {} : { amount }),
  }));

export const askSetpoint = (value: number): void =>
  ask(`Set-point ${value.toFixed(1)} °C`, (id) => ({ type: 'set', id, key: 'setpoint_C', value }));

export const askMark = (at_s: number, note: string): void =>
  ask('Mark', (id) => ({ type: 'mark', id, at_s, note }));

export const askReplay = (action: 'play' | 'pause'): void =>
  ask('Replay', (id) => ({ type: 'replay', id, action }));

export const askReplaySpeed = (speed: number): void =>
  ask('Replay', (id) => ({ type: 'replay', id, action: 'speed', speed }));

export const askReplayPlace = (at_s: number): void =>
  ask('Replay', (id) => ({ type: 'replay', id, action: 'seek', at_s }));

export const askRegulate = (action: RegulateAction): void =>
  ask(REGULATE_WORDS[action], (id) => ({ type: 'regulate', id, action }));

export const askOutput = (value: number, unit: string): void =>
  ask(`Output ${value} ${unit}`, (id) => ({ type: 'set', id, key: 'output', value }));

export const askAcceleration = (value: number): void =>
  ask(`${value}× speed`, (id) => ({ type: 'set', id, key: 'acceleration', value }));
