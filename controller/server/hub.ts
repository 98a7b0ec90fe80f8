/**
 * Between one control process and many browsers: checks what comes in, numbers and keeps what goes out, relays. It
 * decides nothing about the machine. A control process that was restarted counts from zero; the hub counts on, so
 * that a page never sees a number twice.
 */
import type { WebSocket } from 'ws';
import type { ControlToWeb, WebToControl } from '../control/ipc.ts';
import { GROUPS, type GroupName } from '../wire/channels.ts';
import { renumberFrame } from '../wire/frame.ts';
import type { EventMessage, ServerMessage } from '../wire/messages.ts';
import { CLIENT_LIMITS, Client, type ClientLimits } from './client.ts';
import { readClientMessage } from './client-message.ts';
import { History } from './history.ts';

/** The control process as the hub sees it. */
export interface ControlLink {
  send(message: WebToControl): void;
  onMessage(listener: (message: ControlToWeb) => void): void;
}

const MOST_CLIENTS = 64;

export class Hub {
  readonly history: History;
  readonly #clients = new Map<number, Client>();
  readonly #limits: ClientLimits;
  readonly #nowMs: () => number;
  readonly #base: Record<GroupName, number> = { tick: 0, cycle: 0, waveform: 0 };
  #control: ControlLink | undefined;
  #nextClient = 1;
  #nextEvent = 0;

  constructor(
    history: History = new History(),
    limits: ClientLimits = CLIENT_LIMITS,
    nowMs: () => number = () => performance.now(),
  ) {
    this.history = history;
    this.#limits = limits;
    this.#nowMs = nowMs;
  }

  get clientCount(): number {
    return this.#clients.size;
  }

  /** From now on this control process is the one; it greets the pages that are already there. */
  attach(control: ControlLink): void {
    this.#control = control;
    for (const group of GROUPS) this.#base[group] = this.history.latest(group) + 1;
    control.onMessage((message) => {
      if (this.#control === control) this.#relay(message);
    });
    for (const client of this.#clients.keys()) control.send({ kind: 'welcome', client });
  }

  /** The control process is gone; commands are answered by a sentence until the next one is attached. */
  detach(): void {
    this.#control = undefined;
  }

  /** Tells every page, and those that come later. */
  announce(severity: EventMessage['severity'], sentence: string): void {
    this.#relayEvent({ type: 'event', sequence: 0, at: new Date().toISOString(), severity, sentence });
  }

  accept(socket: WebSocket): void {
    if (this.#clients.size >= MOST_CLIENTS) {
      socket.close(1013, `${MOST_CLIENTS} pages are open already: close one`);
      return;
    }
    const id = this.#nextClient++;
    const client = new Client(id, socket, this.history, this.#nextEvent, this.#limits, this.#nowMs);
    this.#clients.set(id, client);
    socket.on('close', () => this.#clients.delete(id));
    // Broken frames and oversized messages: ws closes with the right code by itself.
    socket.on('error', () => {});
    socket.on('message', (data, isBinary) =>
      this.#take(client, !isBinary && Buffer.isBuffer(data) ? data.toString('utf8') : undefined),
    );
    this.#control?.send({ kind: 'welcome', client: id });
  }

  close(): void {
    for (const client of this.#clients.values()) client.close(1001, 'elastocool was stopped');
  }

  #take(client: Client, text: string | undefined): void {
    const read = readClientMessage(text);
    if (!read.ok) this.#refuse(client, read.id, read.sentence);
    else if (read.message.type === 'history') this.#sendHistory(client, read.message.after);
    else if (this.#control !== undefined)
      this.#control.send({ kind: 'message', message: read.message, client: client.id });
    else
      this.#refuse(client, read.message.id, 'the control process is being restarted: try again in a moment');
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

  #sendHistory(client: Client, after: Record<GroupName, number>): void {
    for (const event of this.history.eventsBefore(client.eventsFrom)) client.send(JSON.stringify(event));
    client.eventsFrom = 0;
    client.sendHistory(after);
  }

  #relay(message: ControlToWeb): void {
    // The journal is for the record; pages have no use for it.
    if (message.kind === 'journal') return;
    if (message.kind === 'frame') this.#relayFrame(message.group, message.sequence, message.bytes);
    else if (message.message.type === 'event') this.#relayEvent(message.message);
    else this.#relayMessage(message.message, message.client);
  }

  #relayFrame(group: GroupName, controlSequence: number, bytes: Uint8Array): void {
    const sequence = this.#base[group] + controlSequence;
    renumberFrame(bytes, sequence);
    const complaint = this.history.addFrame(group, sequence, bytes);
    if (complaint !== undefined) {
      this.announce('warning', `the controller sent something else than a frame: ${complaint}`);
      return;
    }
    for (const client of this.#clients.values()) client.offerFrame(group, sequence, bytes);
  }

  #relayEvent(event: EventMessage): void {
    const numbered = { ...event, sequence: this.#nextEvent++ };
    this.history.addEvent(numbered);
    const text = JSON.stringify(numbered);
    for (const client of this.#clients.values()) client.send(text);
  }

  #relayMessage(message: ServerMessage, to: number | undefined): void {
    const text = JSON.stringify(message);
    const clients = to === undefined ? this.#clients.values() : [this.#clients.get(to)];
    for (const client of clients) {
      if (message.type === 'state') client?.sendState(text);
      else client?.send(text);
    }
  }
}
