/**
 * What arrives from the controller, checked and sorted. A frame that cannot be read is counted and told, and the next
 * one is read as if nothing had happened.
 */
import { GROUPS, type GroupName, groupRecord, isLongKept } from '../../controller/wire/channels.ts';
import { decodeFrame } from '../../controller/wire/frame.ts';
import { ServerMessage, WIRE_VERSION } from '../../controller/wire/messages.ts';
import { Sequencer, type Ordered } from './sequencer.ts';

export interface InboxHandlers {
  message(message: ServerMessage): void;
  frame(ordered: Ordered): void;
  /** Something arrived that could not be read; one sentence. */
  unreadable(sentence: string): void;
  /** What arrives does not fit together any more and will not by itself; one sentence. Ask for everything anew. */
  muddled(sentence: string): void;
}

/** A server that is sound sends ascending numbers and greets first; this many that do not fit are no overlap. */
const MOST_UNFIT = 25;

export class Inbox {
  readonly sequencers: Record<GroupName, Sequencer> = groupRecord(
    (group) => new Sequencer(isLongKept(group)),
  );
  readonly #handlers: InboxHandlers;
  /** What the device streams, as JSON. */
  #streamTable = '';
  /** Columns that a frame of each group must have; null before `hello`. */
  #columns: Record<GroupName, number> | null = null;
  /** In a row: frames of a group whose numbers were seen, or things that came before the greeting. */
  readonly #unfit: Record<GroupName | 'greeting', number> = { ...groupRecord(() => 0), greeting: 0 };

  constructor(handlers: InboxHandlers) {
    this.#handlers = handlers;
  }

  /** A connection opened; frames are not readable before its `hello`. */
  opened(): void {
    this.#columns = null;
    for (const key of UNFIT_KEYS) this.#unfit[key] = 0;
  }

  /** Sequence numbers to ask history after; call once a connection. */
  askHistory(): Record<GroupName, number> {
    for (const group of GROUPS) this.sequencers[group].connected();
    return groupRecord((group) => this.sequencers[group].seen);
  }

  /** Everything that comes is new, whatever its number. */
  forget(): void {
    for (const group of GROUPS) this.sequencers[group].reset();
  }

  text(text: string): void {
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      this.#handlers.unreadable(`a message that is not JSON: ${text.slice(0, 60)}`);
      return;
    }
    const parsed = ServerMessage.safeParse(value);
    if (!parsed.success) {
      this.#handlers.unreadable(explain(value));
      return;
    }
    if (parsed.data.type === 'hello') {
      const { channels } = parsed.data;
      this.#takeStream(JSON.stringify(channels.stream));
      this.#columns = groupRecord((group) => channels[group].length);
    } else if (this.#columns === null) this.#countUnfit('greeting');
    this.#handlers.message(parsed.data);
  }

  /** Other columns: what is kept of the old ones begins anew, and is asked for anew. */
  #takeStream(table: string): void {
    if (table === this.#streamTable) return;
    this.#streamTable = table;
    for (const group of GROUPS) if (isLongKept(group)) this.sequencers[group].reset();
  }

  binary(bytes: Uint8Array): void {
    if (this.#columns === null) return;
    const frame = decodeFrame(bytes);
    if (typeof frame === 'string') {
      this.#handlers.unreadable(frame);
      return;
    }
    const expected = this.#columns[frame.group];
    if (frame.columns.length !== expected) {
      this.#handlers.unreadable(
        `a ${frame.group} frame of ${frame.columns.length} columns; the channel table has ${expected}`,
      );
      return;
    }
    const ordered = this.sequencers[frame.group].offer(frame);
    if (ordered === null) return this.#countUnfit(frame.group);
    if (ordered !== 'restarted') {
      this.#unfit[frame.group] = 0;
      this.#handlers.frame(ordered);
      return;
    }
    this.forget();
    this.binary(bytes);
  }

  /** A torn number that is far too high makes all that follow look old: the page would stand still beside a live line. */
  #countUnfit(key: GroupName | 'greeting'): void {
    if (++this.#unfit[key] !== MOST_UNFIT) return;
    this.#handlers.muddled(
      key === 'greeting'
        ? 'the controller speaks and its greeting never came'
        : `${MOST_UNFIT} ${key} frames in a row had numbers that were seen before`,
    );
  }
}

const UNFIT_KEYS = [...GROUPS, 'greeting'] as const;

function explain(value: unknown): string {
  const { type, wire } = (value ?? {}) as { type?: unknown; wire?: unknown };
  if (type === 'hello' && wire !== WIRE_VERSION) {
    return `the controller speaks wire version ${String(wire)}, this page version ${WIRE_VERSION}: reload the page`;
  }
  return `a message of unknown form (type ${JSON.stringify(type) ?? 'missing'})`;
}
