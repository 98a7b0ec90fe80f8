/**
 * Between one control process and many browsers: checks what comes in, numbers and keeps what goes out, relays. It
 * decides nothing about the machine. A control process that was restarted counts from zero; the hub counts on, so
 * that a page never sees a number twice.
 */
import type { WebSocket } from 'ws';
import type { Decision } from '../control/decide/decision.ts';
import type { ControlToWeb, WebToControl } from '../control/ipc.ts';
import { type ChannelTables, GROUPS, type GroupName, groupRecord, isWholeCycle } from '../wire/channels.ts';
import { decodeFrame, renumberFrame } from '../wire/frame.ts';
import type { ClientMessage, EventMessage, ServerMessage } from '../wire/messages.ts';
import type { Person } from '../wire/person.ts';
import type { AuditEntry, Origin } from './audit.ts';
import { CLIENT_LIMITS, Client, type ClientLimits } from './client.ts';
import { History } from './history.ts';
import { Intake } from './intake.ts';
import { Summarizer } from './summary.ts';

/** The control process as the hub sees it. */
export interface ControlLink {
  send(message: WebToControl): void;
  onMessage(listener: (message: ControlToWeb) => void): void;
}

const MOST_CLIENTS = 64;
/** So many who may only watch cannot keep out who operates. */
const MOST_VIEWERS = 56;
/** Closing code of the WebSocket protocol: the client broke a rule. */
const POLICY_VIOLATION = 1008;

const RESTARTING = 'the control process is being restarted: try again in a moment';

/** Who keeps what happened: all that pages hear, numbered as they hear it, and the decisions. */
export interface Tap {
  frame(group: GroupName, sequence: number, bytes: Uint8Array): void;
  message(message: ServerMessage): void;
  journal(decisions: readonly Decision[]): void;
}

/** As a client the tap has no page; it is told what the machine is, and no more. */
const TAP_CLIENT = 0;
const TAP_PERSON: Person = { role: 'viewer', session: 'record' };

interface Visitor {
  readonly client: Client;
  readonly from: Origin & { readonly person: Person };
  readonly intake: Intake;
  /** Numbers of what went into the log and has no answer there yet. */
  readonly unanswered: Set<number>;
  /** The last word of manual mode: a held button repeats it ten times a second, and the log needs it once. */
  lastJog: string;
}

const MOST_UNANSWERED = 1000;

export class Hub {
  readonly history: History;
  readonly #visitors = new Map<number, Visitor>();
  readonly #limits: ClientLimits;
  readonly #nowMs: () => number;
  readonly #audit: (entry: AuditEntry) => void;
  readonly #base: Record<GroupName, number> = groupRecord(() => 0);
  readonly #watchers: ((message: ControlToWeb) => void)[] = [];
  #tap: Tap | undefined;
  #summarizer: Summarizer;
  #control: ControlLink | undefined;
  #nextClient = 1;
  #nextEvent = 0;

  constructor(
    history: History = new History(),
    limits: ClientLimits = CLIENT_LIMITS,
    nowMs: () => number = () => performance.now(),
    audit: (entry: AuditEntry) => void = () => {},
  ) {
    this.history = history;
    this.#limits = limits;
    this.#nowMs = nowMs;
    this.#audit = audit;
    this.#summarizer = this.#summarize();
  }

  get clientCount(): number {
    return this.#visitors.size;
  }

  /** From now on this control process is the one; it greets the pages that are already there. */
  attach(control: ControlLink): void {
    this.#control = control;
    for (const group of GROUPS) this.#base[group] = this.history.latest(group) + 1;
    control.onMessage((message) => {
      if (this.#control === control) this.#relay(message);
    });
    for (const [client, { from }] of this.#visitors)
      control.send({ kind: 'welcome', client, person: from.person });
    if (this.#tap !== undefined) control.send({ kind: 'welcome', client: TAP_CLIENT, person: TAP_PERSON });
  }

  /** The control process is gone; commands are answered by a sentence until the next one is attached. */
  detach(): void {
    this.#control = undefined;
  }

  /** What pages were given is of another time: they ask anew when they have been told so. */
  forget(): void {
    this.history.clear();
    this.#summarizer = this.#summarize();
    for (const group of GROUPS) this.#base[group] = 0;
    for (const { client } of this.#visitors.values()) client.hush();
  }

  /** Call before `attach`. */
  keep(tap: Tap): void {
    this.#tap = tap;
  }

  /** Hears everything that the control process says, after the pages. */
  watch(listener: (message: ControlToWeb) => void): void {
    this.#watchers.push(listener);
  }

  /** To the control process, from another process of this program. */
  tellControl(message: WebToControl): void {
    this.#control?.send(message);
  }

  /** A frame of a process beside the control process, numbered here. */
  publish(group: GroupName, bytes: Uint8Array): void {
    const frame = decodeFrame(bytes);
    const numbers = typeof frame === 'string' || isWholeCycle(group) ? 1 : frame.rows;
    this.#relayFrame(group, this.history.latest(group) + numbers - this.#base[group], bytes);
  }

  /** Tells every page, and those that come later. */
  announce(severity: EventMessage['severity'], sentence: string): void {
    this.#relayEvent({ type: 'event', sequence: 0, at: new Date().toISOString(), severity, sentence });
  }

  /** `person` is who the caller proved to be, `address` where it came from. */
  accept(socket: WebSocket, person: Person, address: string): void {
    const full = this.#whyFull(person);
    if (full !== null) {
      this.#audit({ event: 'refused', from: { address, person }, sentence: full });
      socket.close(1013, full);
      return;
    }
    const id = this.#nextClient++;
    const client = new Client(id, socket, this.history, this.#nextEvent, this.#limits, this.#nowMs);
    const visitor: Visitor = {
      client,
      from: { address, person, client: id },
      intake: new Intake(this.#nowMs),
      unanswered: new Set(),
      lastJog: '',
    };
    this.#visitors.set(id, visitor);
    socket.on('close', () => this.#leave(visitor));
    // Broken frames and oversized messages: ws closes with the right code by itself.
    socket.on('error', () => {});
    socket.on('message', (data, isBinary) => {
      if (socket.readyState === socket.OPEN)
        this.#take(visitor, !isBinary && Buffer.isBuffer(data) ? data.toString('utf8') : undefined);
    });
    this.#control?.send({ kind: 'welcome', client: id, person });
    this.#audit({ event: 'connect', from: visitor.from });
  }

  close(): void {
    for (const { client } of this.#visitors.values()) client.close(1001, 'elastocool was stopped');
  }

  #whyFull({ role }: Person): string | null {
    const viewers = [...this.#visitors.values()].filter(({ from }) => from.person.role === 'viewer').length;
    if (this.#visitors.size >= MOST_CLIENTS) return `${MOST_CLIENTS} pages are open already: close one`;
    if (role === 'viewer' && viewers >= MOST_VIEWERS)
      return `${MOST_VIEWERS} read-only pages are open already: close one`;
    return null;
  }

  #leave({ client: { id }, from }: Visitor): void {
    this.#visitors.delete(id);
    this.#control?.send({ kind: 'goodbye', client: id });
    this.#audit({ event: 'disconnect', from });
  }

  #take(visitor: Visitor, text: string | undefined): void {
    const { client, from, intake } = visitor;
    const verdict = intake.judge(text);
    if (verdict.kind === 'pass') this.#pass(visitor, verdict.message);
    else if (verdict.kind === 'refuse') {
      this.#refuse(client, verdict.id, verdict.sentence);
      // Not the sentence: it may quote what a stranger wrote.
      this.#audit({ event: 'refused', from, sentence: 'a message that is not one or is one too many' });
    }
    if (verdict.kind !== 'close' && !(verdict.kind === 'pass' && verdict.thenClose)) return;
    client.close(POLICY_VIOLATION, 'this page sent too many messages: reload it');
    this.#audit({ event: 'refused', from, sentence: 'closed: too many messages' });
  }

  /** The machine first, the log after. */
  #pass(visitor: Visitor, message: ClientMessage): void {
    const { client, from } = visitor;
    if (message.type === 'history') return this.#sendHistory(client, message.after);
    const isNews = message.type !== 'heartbeat' && isNewsFrom(visitor, message);
    if (isNews && visitor.unanswered.size < MOST_UNANSWERED) visitor.unanswered.add(message.id);
    this.#control?.send({ kind: 'message', message, client: client.id });
    if (isNews) this.#audit({ event: 'asked', from, asked: message });
    if (this.#control !== undefined || message.type === 'heartbeat') return;
    this.#refuse(client, message.id, RESTARTING);
    this.#recordAnswer({ type: 'ack', id: message.id, ok: false, sentence: RESTARTING }, client.id);
  }

  #refuse(client: Client, id: number | undefined, sentence: string): void {
    const message: ServerMessage =
      id === undefined
        ? {
            type: 'event',
            sequence: this.#nextEvent++,
            at: new Date().toISOString(),
            severity: 'warning',
            sentence,
          }
        : { type: 'ack', id, ok: false, sentence };
    client.send(JSON.stringify(message));
  }

  #sendHistory(client: Client, after: Partial<Record<GroupName, number>>): void {
    for (const event of this.history.eventsBefore(client.eventsFrom)) client.send(JSON.stringify(event));
    client.eventsFrom = 0;
    client.sendHistory(groupRecord((group) => after[group] ?? -1));
  }

  #relay(message: ControlToWeb): void {
    this.#relayToPages(message);
    for (const watcher of this.#watchers) watcher(message);
  }

  #relayToPages(message: ControlToWeb): void {
    // The journal is for the record, orders are for the rig; pages have no use for them.
    if (message.kind === 'journal') return this.#tap?.journal(message.decisions);
    if (message.kind === 'inject' || message.kind === 'which_faults') return;
    if (message.kind === 'frame') this.#relayFrame(message.group, message.sequence, message.bytes);
    else if (message.message.type === 'event') this.#relayEvent(message.message);
    else this.#relayMessage(message.message, message.client);
  }

  #relayFrame(group: GroupName, controlSequence: number, bytes: Uint8Array): void {
    const sequence = this.#base[group] + controlSequence;
    renumberFrame(bytes, sequence);
    const frame = decodeFrame(bytes);
    const complaint =
      typeof frame === 'string' ? frame : this.history.addFrame(group, sequence, bytes, frame);
    if (complaint !== undefined || typeof frame === 'string') {
      this.announce('warning', `the controller sent something else than a frame: ${complaint}`);
      return;
    }
    for (const { client } of this.#visitors.values()) client.offerFrame(group, sequence, bytes);
    this.#tap?.frame(group, sequence, bytes);
    this.#summarizer.take(frame);
  }

  /** The machine says what it streams. */
  #takeTables(channels: Partial<ChannelTables>): void {
    const { tables } = this.history;
    this.history.configure({ ...tables, ...channels });
    if (tables !== this.history.tables) this.#summarizer = this.#summarize();
  }

  #summarize(): Summarizer {
    const { tick, stream } = this.history.tables;
    return new Summarizer({ tick: tick.length, stream: stream.length }, (bytes) =>
      this.publish('summary', bytes),
    );
  }

  #relayEvent(event: EventMessage): void {
    const numbered = { ...event, sequence: this.#nextEvent++ };
    this.history.addEvent(numbered);
    const text = JSON.stringify(numbered);
    for (const { client } of this.#visitors.values()) client.send(text);
    this.#tap?.message(numbered);
  }

  #relayMessage(message: ServerMessage, to: number | undefined): void {
    if (message.type === 'hello') this.#takeTables(message.channels);
    const text = JSON.stringify(message);
    const visitors = to === undefined ? this.#visitors.values() : [this.#visitors.get(to)];
    for (const visitor of visitors) {
      if (message.type === 'state') visitor?.client.sendState(text);
      else visitor?.client.send(text);
    }
    this.#recordAnswer(message, to);
    // A greeting of one page tells nothing new.
    if (to === undefined || to === TAP_CLIENT || message.type === 'ack') this.#tap?.message(message);
  }

  #recordAnswer(message: ServerMessage, to: number | undefined): void {
    const visitor = to === undefined ? undefined : this.#visitors.get(to);
    if (message.type === 'ack' && visitor?.unanswered.delete(message.id) === true) {
      const { id, ok, sentence } = message;
      this.#audit({ event: 'answered', from: visitor.from, id, ok, sentence });
    }
    if (message.type === 'lease' && to === undefined) {
      const { holder, sentence } = message;
      this.#audit({ event: 'lease', holder, sentence });
    }
  }
}

/** False where it only repeats what this visitor said before: the log has it already. */
function isNewsFrom(visitor: Visitor, message: ClientMessage): boolean {
  const jog = message.type === 'jog' ? `${message.axis} ${message.held}` : '';
  const isRepeated = jog !== '' && jog === visitor.lastJog;
  visitor.lastJog = jog;
  return !isRepeated;
}
