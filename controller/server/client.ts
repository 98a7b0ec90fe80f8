/**
 * One browser, and what may wait for it in memory. Events, acks and replies are always queued. Live frames are not,
 * once the queue has grown past `busyBytes`: then only the newest summary and the newest state follow when it has
 * drained. History is handed over piece by piece as the queue empties, and live frames wait in the history meanwhile,
 * so every page sees ascending sequence numbers. A queue past `fullBytes` for `fullMs` ends the connection.
 *
 * What is kept for long (the stream, its summary) is too much to wait for: it goes on live at once, and what came before
 * follows newest first, in pieces so small that a live frame never finds the queue full of them.
 */
import type { WebSocket } from 'ws';
import { type GroupName, groupRecord, isLongKept } from '../wire/channels.ts';
import type { History } from './history.ts';

export interface ClientLimits {
  readonly busyBytes: number;
  readonly fullBytes: number;
  readonly fullMs: number;
  /** From the closing words, which may stand behind a queue that nobody reads, to the hard end. */
  readonly graceMs: number;
  /** Rows merged into one frame of history. */
  readonly historyRows: number;
  /** A page that lacks no more rows than this of what is kept for long is given them in order. */
  readonly catchUpRows: number;
}

export const CLIENT_LIMITS: ClientLimits = {
  busyBytes: 256 * 1024,
  fullBytes: 4 * 1024 * 1024,
  fullMs: 5000,
  graceMs: 1000,
  historyRows: 500,
  catchUpRows: 5000,
};

/** Live frames must find room beside pieces of the past: both together stay below half of what counts as busy. */
const PAST_SHARE = 1 / 4;

/** Small groups first: the picture stands before the long curves arrive. */
const HISTORY_ORDER: readonly GroupName[] = [
  'cycle',
  'model',
  'waveform',
  'picture',
  'tick',
  'summary',
  'stream',
];

const LONG_KEPT = HISTORY_ORDER.filter(isLongKept);

type Delivery = 'silent' | 'catching-up' | 'live';

const TOO_SLOW = 'this page stopped reading: reload it';

export class Client {
  readonly id: number;
  /** Events from this number on reach the client as they happen; 0 once it was given the earlier ones. */
  eventsFrom: number;
  readonly #socket: WebSocket;
  readonly #history: History;
  readonly #limits: ClientLimits;
  readonly #nowMs: () => number;
  readonly #sent: Record<GroupName, number> = groupRecord(() => -1);
  readonly #delivery: Record<GroupName, Delivery> = groupRecord(() => 'silent');
  /** Rows below this number are still to come, newest first. */
  readonly #past = new Map<'stream' | 'summary', number>();
  #summaryMissed = false;
  #newestState: string | undefined;
  #fullSinceMs: number | undefined;

  constructor(
    id: number,
    socket: WebSocket,
    history: History,
    eventsFrom: number,
    limits: ClientLimits,
    nowMs: () => number,
  ) {
    this.id = id;
    this.eventsFrom = eventsFrom;
    this.#socket = socket;
    this.#history = history;
    this.#limits = limits;
    this.#nowMs = nowMs;
  }

  /** Events, acks, greetings: never dropped. */
  send(text: string): void {
    this.#push(text);
    this.#checkFull();
  }

  /** A state replaces the one before it while the client is busy. */
  sendState(text: string): void {
    if (this.#busy()) this.#newestState = text;
    else this.#push(text);
    this.#checkFull();
  }

  /** A live frame; it is in the history already. */
  offerFrame(group: GroupName, sequence: number, bytes: Uint8Array): void {
    if (this.#delivery[group] === 'live') {
      if (!this.#busy()) this.#pushFrame(group, sequence, bytes);
      else if (group === 'cycle') this.#summaryMissed = true;
    }
    this.#checkFull();
  }

  /** Nothing live until history is asked for again; then all events too. */
  hush(): void {
    for (const group of HISTORY_ORDER) this.#delivery[group] = 'silent';
    this.#past.clear();
    this.eventsFrom = Number.MAX_SAFE_INTEGER;
  }

  /** Hands over what came after these numbers, then goes on live. Numbers ahead of ours are of an earlier run. */
  sendHistory(after: Record<GroupName, number>): void {
    this.#past.clear();
    for (const group of HISTORY_ORDER) {
      const latest = this.#history.latest(group);
      this.#sent[group] = after[group] > latest ? -1 : after[group];
      this.#delivery[group] = 'catching-up';
      if (isLongKept(group) && latest - this.#sent[group] > this.#limits.catchUpRows) {
        this.#past.set(group, latest + 1);
        this.#delivery[group] = 'live';
      }
    }
    this.#handOver();
  }

  /** With a reason, and hard where the other side does not answer. */
  close(code: number, reason: string): void {
    this.#socket.close(code, reason);
    setTimeout(() => this.#socket.terminate(), this.#limits.graceMs).unref();
  }

  #busy(): boolean {
    return this.#socket.bufferedAmount > this.#limits.busyBytes;
  }

  #handOver(): void {
    for (const group of HISTORY_ORDER) {
      while (this.#delivery[group] === 'catching-up') {
        if (this.#socket.bufferedAmount > this.#limits.busyBytes / 2) return;
        const piece = this.#history.after(group, this.#sent[group], this.#rowsOf(group));
        if (piece === undefined) this.#delivery[group] = 'live';
        else this.#pushFrame(group, piece.sequence, piece.bytes);
      }
    }
    for (const group of LONG_KEPT) this.#handOverPast(group);
  }

  #handOverPast(group: 'stream' | 'summary'): void {
    for (let next = this.#past.get(group); next !== undefined; next = this.#past.get(group)) {
      if (this.#socket.bufferedAmount > this.#limits.busyBytes * PAST_SHARE) return;
      const piece = this.#history.before(group, next, this.#rowsOf(group));
      if (piece === undefined) this.#past.delete(group);
      else {
        this.#past.set(group, piece.first);
        this.#push(piece.bytes);
      }
    }
  }

  /** Rows of a piece: none is larger than `PAST_SHARE` of what counts as busy. */
  #rowsOf(group: GroupName): number {
    const rowBytes = 4 * (1 + this.#history.tables[group].length);
    const most = Math.floor((this.#limits.busyBytes * PAST_SHARE) / rowBytes);
    return Math.max(1, Math.min(this.#limits.historyRows, most));
  }

  #pushFrame(group: GroupName, sequence: number, bytes: Uint8Array): void {
    this.#sent[group] = sequence;
    this.#push(bytes);
  }

  #push(data: string | Uint8Array): void {
    if (this.#socket.readyState === this.#socket.OPEN) this.#socket.send(data, () => this.#drained());
  }

  /** Called when a piece has left for the network: go on with what waited for room. */
  #drained(): void {
    this.#checkFull();
    if (this.#busy()) return;
    const state = this.#newestState;
    this.#newestState = undefined;
    if (state !== undefined) this.#push(state);
    if (this.#summaryMissed) this.#sendNewestSummary();
    this.#handOver();
  }

  #sendNewestSummary(): void {
    this.#summaryMissed = false;
    const piece = this.#history.after('cycle', this.#history.latest('cycle') - 1, 1);
    if (piece !== undefined) this.#pushFrame('cycle', piece.sequence, piece.bytes);
  }

  #checkFull(): void {
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    if (this.#socket.bufferedAmount <= this.#limits.fullBytes) {
      this.#fullSinceMs = undefined;
      return;
    }
    this.#fullSinceMs ??= this.#nowMs();
    if (this.#nowMs() - this.#fullSinceMs < this.#limits.fullMs) return;
    this.close(1013, TOO_SLOW);
  }
}
