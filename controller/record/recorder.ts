/**
 * Records what the controller says, from the moment the program begins. A record is one run: it begins with the program,
 * and again with each START after a machine has run, so that what led to a run and what came after it are in it; together
 * they have no gap. It lives in the web process: the control process never waits for a disk, and neither does a page.
 */
import { hostname } from 'node:os';
import { join } from 'node:path';
import { encodeDecision } from '../control/decide/journal.ts';
import type { Decision } from '../control/decide/decision.ts';
import { CHANNELS, GROUPS, type Channel, type GroupName, groupRecord } from '../wire/channels.ts';
import { decodeFrame } from '../wire/frame.ts';
import type { EventMessage, Fault, ServerMessage, State } from '../wire/messages.ts';
import { createRowEncoder } from '../wire/record/row-codec.ts';
import { type RunFacts, toMetadata } from '../wire/record/run-facts.ts';
import {
  JOURNAL_TOPIC,
  METADATA,
  NS_PER_S,
  groupTopic,
  messageTopic,
  nsOfMs,
} from '../wire/record/topics.ts';
import { BlackBox } from './black-box.ts';
import { FigureKeeper } from './figures.ts';
import { type Attached, type Entry, type RecordStream, createRecordStream } from './record-stream.ts';
import { RECORD, blackBoxName, freeBytes, makeRunId } from './run-folder.ts';

/** A chunk is closed so often; a process that is killed loses what came since. */
export const FLUSH_MS = 400;
/** A record as long or as large as this is continued in another, so that its index stays small. */
const LONGEST_MS = 6 * 3600 * 1000;
const LARGEST_BYTES = 1024 ** 3;
/** After trouble with the disk it is tried again, ever more seldom: each attempt may leave an empty folder. */
const FIRST_RETRY_MS = 30_000;
const LONGEST_RETRY_MS = 30 * 60_000;
/** A record that lived this long had no trouble with its beginning. */
const HEALTHY_MS = 60_000;

export interface RecorderOptions {
  readonly folder: string;
  readonly facts: Omit<RunFacts, 'id' | 'session' | 'part' | 'started' | 'pid' | 'host'>;
  readonly attachments: readonly Attached[];
  readonly announce: (severity: EventMessage['severity'], sentence: string) => void;
  /** Wall time, ms since 1970; must not run backwards. */
  readonly wallMs: () => number;
  /** Recording stops where less than this is free on the disk. */
  readonly reserveBytes: number;
}

interface Part {
  readonly id: string;
  readonly stream: RecordStream;
  readonly box: BlackBox;
  readonly figures: FigureKeeper;
  readonly beganMs: number;
}

export class Recorder {
  readonly #options: RecorderOptions;
  readonly #session: string;
  readonly #tables: Record<GroupName, readonly Channel[]> = groupRecord((group) => CHANNELS[group]);
  readonly #encoders = groupRecord((group) => createRowEncoder(group, CHANNELS[group].length));
  readonly #newestNs: Record<GroupName, bigint> = groupRecord(() => 0n);
  #part: Part | undefined;
  #parts = 0;
  #journal = 0;
  #saidNs = 0n;
  #state: State | undefined;
  #hasRun = false;
  #retryMs = Number.POSITIVE_INFINITY;
  #pauseMs = FIRST_RETRY_MS;
  /** The disk is nearly full: no attempt before it is not. */
  #isShort = false;
  #endings: Promise<void> = Promise.resolve();

  constructor(options: RecorderOptions) {
    this.#options = options;
    this.#session = makeRunId(options.wallMs());
    this.#begin();
  }

  /** Id of the run that is being recorded; undefined while none is. */
  get run(): string | undefined {
    return this.#part?.id;
  }

  /** Bytes of the present record in closed chunks. */
  get bytes(): number {
    return this.#part?.stream.bytes() ?? 0;
  }

  frame(group: GroupName, sequence: number, bytes: Uint8Array): void {
    const frame = decodeFrame(bytes);
    if (typeof frame === 'string' || frame.columns.length !== this.#tables[group].length) return;
    const arrived = nsOfMs(this.#options.wallMs());
    const lastOffset = frame.offsetS.at(-1) ?? 0;
    const encoded = this.#encoders[group].encode(frame);
    for (const [row, { data, deviceS }] of encoded.entries()) {
      // Rows that came together are spread over the time before, as far as the ones before leave room.
      const earlier = BigInt(Math.round((lastOffset - frame.offsetS[row]) * NS_PER_S));
      const floor = this.#newestNs[group];
      const logTime = arrived - earlier > floor ? arrived - earlier : floor;
      this.#newestNs[group] = logTime;
      const publishTime = nsOfMs(Math.max(0, deviceS) * 1000);
      const ownSequence = sequence - (encoded.length - 1 - row);
      this.#put({ topic: groupTopic(group), sequence: ownSequence, logTime, publishTime, data });
    }
    this.#part?.figures.frame(group, frame, this.#tables[group]);
  }

  message(message: ServerMessage): void {
    // The recorder is a client too; who it is taken for is nobody's news.
    if (message.type === 'you') return;
    if (message.type === 'hello') this.#takeTables(message.channels);
    if (message.type === 'state') this.#takeState(message.state);
    this.#putText(
      messageTopic(message.type),
      'sequence' in message ? message.sequence : 0,
      JSON.stringify(message),
    );
    this.#part?.figures.message(message, this.#options.wallMs());
  }

  journal(decisions: readonly Decision[]): void {
    for (const decision of decisions) {
      this.#putText(JOURNAL_TOPIC, this.#journal++, encodeDecision(decision));
      for (const output of decision.outputs) if (output.kind === 'fault') this.#takeFault(output.fault);
    }
  }

  /** Call every `FLUSH_MS`: what is not in a closed chunk is lost with the process. */
  flush(): void {
    const nowMs = this.#options.wallMs();
    const part = this.#part;
    if (part === undefined) {
      if (nowMs >= this.#retryMs && !this.#isShort) this.#begin();
      return;
    }
    part.stream.flush();
    part.box.flush();
    if (nowMs - part.beganMs > HEALTHY_MS) this.#pauseMs = FIRST_RETRY_MS;
    if (nowMs - part.beganMs > LONGEST_MS || part.stream.bytes() > LARGEST_BYTES) this.#turnOver('continued');
  }

  /** Call every few seconds. */
  async checkDisk(): Promise<void> {
    const { folder, reserveBytes, announce } = this.#options;
    const free = await freeBytes(folder);
    this.#isShort = free !== undefined && free < reserveBytes;
    if (free === undefined || this.#part === undefined || !this.#isShort) return;
    this.#close('the disk is nearly full');
    this.#retryMs = this.#options.wallMs();
    announce(
      'alarm',
      `Recording stopped: ${megabytes(free)} are free on the disk of ${folder}, ${megabytes(reserveBytes)} are kept ` +
        'free. Control goes on. Nothing is deleted by itself: move runs elsewhere; recording then begins again.',
    );
  }

  /** Ends the record well; resolves when it is on the disk. */
  async end(reason: string): Promise<void> {
    this.#retryMs = Number.POSITIVE_INFINITY;
    this.#close(reason);
    await this.#endings;
  }

  #begin(): void {
    const { folder, facts, attachments, wallMs } = this.#options;
    const beganMs = wallMs();
    const id = makeRunId(beganMs);
    const onTrouble = (why: string): void => this.#fail(id, why);
    const about = { session: this.#session, part: ++this.#parts, started: new Date(beganMs).toISOString() };
    const run = toMetadata({ id, ...about, ...facts, pid: process.pid, host: hostname() });
    const library = `elastocool ${facts.version}`;
    const open = (name: string): RecordStream => {
      const path = join(folder, id, name);
      const opened = createRecordStream({ path, library, onTrouble, nowMs: wallMs });
      opened.describe(METADATA.run, run);
      return opened;
    };
    const stream = open(RECORD);
    const box = new BlackBox((n) => open(blackBoxName(n)));
    for (const attached of attachments) stream.attach(attached, nsOfMs(beganMs));
    this.#part = { id, stream, box, figures: new FigureKeeper(), beganMs };
    this.#hasRun = false;
    this.#retryMs = Number.POSITIVE_INFINITY;
    for (const group of GROUPS) this.#declare(group);
  }

  #declare(group: GroupName): void {
    this.#part?.stream.declareGroup(group, this.#tables[group]);
    this.#part?.box.declareGroup(group, this.#tables[group]);
  }

  /** The machine says what its columns are; they may differ from those this program knows. */
  #takeTables(tables: Partial<Record<GroupName, readonly Channel[]>>): void {
    for (const group of GROUPS) {
      const table = tables[group];
      if (table === undefined || JSON.stringify(table) === JSON.stringify(this.#tables[group])) continue;
      this.#tables[group] = table;
      this.#encoders[group] = createRowEncoder(group, table.length);
      this.#declare(group);
    }
  }

  #takeState(state: State): void {
    const before = this.#state;
    this.#state = state;
    if (state === 'EXECUTE') this.#hasRun = true;
    if (state === 'STARTING' && before !== 'STARTING' && this.#hasRun)
      this.#turnOver('another run was started');
  }

  #takeFault(fault: Fault): void {
    if (!fault.firstOut || (fault.action !== 'stop' && fault.action !== 'abort')) return;
    const { key, action, sentence } = fault;
    const atNs = nsOfMs(this.#options.wallMs());
    this.#part?.box.trigger(
      new Map([
        ['key', key],
        ['action', action],
        ['sentence', sentence],
      ]),
      atNs,
    );
  }

  #turnOver(reason: string): void {
    this.#close(reason);
    this.#begin();
  }

  #close(reason: string): void {
    const part = this.#part;
    if (part === undefined) return;
    this.#part = undefined;
    const endedMs = this.#options.wallMs();
    const end = { ended: new Date(endedMs).toISOString(), reason, figures: part.figures.figures(endedMs) };
    part.stream.flush();
    part.stream.describe(METADATA.end, toMetadata(end));
    this.#endings = this.#endings.then(() => part.box.end()).then(() => part.stream.end());
  }

  #fail(id: string, why: string): void {
    const { folder, announce, wallMs } = this.#options;
    if (this.#part !== undefined && this.#part.id !== id) return;
    this.#part = undefined;
    this.#retryMs = wallMs() + this.#pauseMs;
    const seconds = this.#pauseMs / 1000;
    this.#pauseMs = Math.min(2 * this.#pauseMs, LONGEST_RETRY_MS);
    announce(
      'alarm',
      `Recording stopped: ${join(folder, id)}: ${why}. Control goes on; it is tried again in ${seconds} s.`,
    );
  }

  #putText(topic: string, sequence: number, text: string): void {
    const nowNs = nsOfMs(this.#options.wallMs());
    // Readers sort by time: what was said first must not have the same one.
    this.#saidNs = nowNs > this.#saidNs ? nowNs : this.#saidNs + 1n;
    this.#put({ topic, sequence, logTime: this.#saidNs, publishTime: this.#saidNs, data: Buffer.from(text) });
  }

  #put(entry: Entry): void {
    this.#part?.stream.put(entry);
    this.#part?.box.put(entry);
  }
}

const megabytes = (bytes: number): string => `${Math.round(bytes / 1e6)} MB`;
