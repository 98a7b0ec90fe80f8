/**
 * A record where the control process would be: the pages cannot tell the difference but by the word REPLAY. It obeys what is
 * asked of a replay and refuses everything else, since nothing is at the other end.
 */
import type { ControlToWeb, WebToControl } from '../control/ipc.ts';
import type { Clock } from '../protocol/byte-port.ts';
import { type Channel, type ChannelTables, groupRecord, tablesOf } from '../wire/channels.ts';
import { type Frame, encodeFrame } from '../wire/frame.ts';
import type { ClientMessage, ServerMessage, StateMessage } from '../wire/messages.ts';
import type { Person } from '../wire/person.ts';
import type { Recorded } from '../wire/record/record-reader.ts';
import { messageTopic } from '../wire/record/topics.ts';
import type { OpenRun } from './open-run.ts';
import { Player } from './player.ts';
import { RowJoiner } from './row-joiner.ts';

/** Pages take silence for a lost connection. */
const PUBLISH_MS = 400;
const REFUSED = 'This is a replay of a record: there is no machine at the other end, and nothing is sent.';

type Hello = Extract<ServerMessage, { type: 'hello' }>;
type ReplayAsk = Extract<ClientMessage, { type: 'replay' }>;

export interface ReplayHandlers {
  /** The place changes: forget what pages were given. */
  readonly jumping: () => void;
  /** The record is damaged here; a sentence. */
  readonly failed: (why: string) => void;
}

export class ReplayControl {
  readonly #run: OpenRun;
  readonly #hello: Hello;
  readonly #player: Player;
  readonly #clock: Clock;
  readonly #failed: (why: string) => void;
  readonly #tables: ChannelTables;
  readonly #stream = new RowJoiner((frame) => this.#send(frame));
  #listener: (message: ControlToWeb) => void = () => {};
  #state: StateMessage | undefined;
  #jump = 0;

  private constructor(run: OpenRun, hello: Hello, clock: Clock, speed: number, handlers: ReplayHandlers) {
    this.#run = run;
    this.#hello = hello;
    this.#clock = clock;
    this.#failed = handlers.failed;
    this.#tables = tablesOf(run.tables.stream ?? []);
    this.#player = new Player(run, clock, speed, {
      play: (recorded) => this.#show(recorded),
      jumping: () => {
        this.#stream.drop();
        handlers.jumping();
      },
      jumped: () => {
        this.#jump++;
        this.#publish();
      },
    });
  }

  /** A sentence where the record does not say what machine it is of. */
  static async create(
    run: OpenRun,
    clock: Clock,
    speed: number,
    handlers: ReplayHandlers,
  ): Promise<ReplayControl | string> {
    for await (const recorded of run.read([messageTopic('hello')])) {
      if (recorded.kind !== 'message' || recorded.message.type !== 'hello') continue;
      // Columns are shown as this program knows them; see `conform`.
      const tables = tablesOf(run.tables.stream ?? []);
      const hello = { ...recorded.message, channels: groupRecord((group) => [...tables[group]]) };
      return new ReplayControl(run, hello, clock, speed, handlers);
    }
    return `The run ${run.id} does not say what machine it is of: it broke off before that was known, or is of another version of the program.`;
  }

  /** Begins to play, and goes on until the program ends. */
  start(): void {
    this.#guard(this.#player.seek(0));
    const beat = (): void => {
      this.#publish();
      this.#clock.after(PUBLISH_MS, beat);
    };
    beat();
  }

  onMessage(listener: (message: ControlToWeb) => void): void {
    this.#listener = listener;
  }

  send(message: WebToControl): void {
    if (message.kind === 'welcome') this.#greet(message.client, message.person);
    if (message.kind === 'message') this.#answer(message.client, message.message);
  }

  #greet(client: number, person: Person): void {
    this.#say(this.#hello, client);
    this.#say({ type: 'you', person }, client);
    this.#say(this.#replayMessage(), client);
    if (this.#state !== undefined) this.#say(this.#paced(this.#state), client);
  }

  #answer(client: number, message: ClientMessage): void {
    if (message.type === 'history' || message.type === 'heartbeat') return;
    const isOurs = message.type === 'replay';
    if (isOurs) this.#obey(message);
    this.#say({ type: 'ack', id: message.id, ok: isOurs, sentence: isOurs ? 'Done.' : REFUSED }, client);
  }

  #obey(ask: ReplayAsk): void {
    if (ask.action === 'play') this.#guard(this.#player.play());
    else if (ask.action === 'pause') this.#player.pause();
    else if (ask.action === 'speed') this.#player.setSpeed(ask.speed);
    else this.#guard(this.#player.seek(ask.at_s));
    this.#publish();
  }

  #guard(playing: Promise<void> | undefined): void {
    playing?.catch((error: unknown) => {
      this.#failed(
        `The record is damaged at this place: ${error instanceof Error ? error.message : String(error)}`,
      );
    });
  }

  #show(recorded: Recorded): void {
    if (recorded.kind === 'frame') this.#showFrame(recorded.frame);
    if (recorded.kind !== 'message') return;
    const { message } = recorded;
    if (message.type === 'event') this.#say(message);
    if (message.type !== 'state') return;
    this.#state = message;
    this.#say(this.#paced(message));
  }

  #showFrame(frame: Frame): void {
    // Whoever relays this makes the summary anew.
    if (frame.group === 'summary') return;
    if (frame.group === 'stream') this.#stream.add(frame);
    else this.#send(frame);
  }

  #send(frame: Frame): void {
    const { group, sequence } = frame;
    const bytes = encodeFrame(conform(frame, this.#run.tables[group] ?? [], this.#tables));
    this.#listener({ kind: 'frame', group, sequence, bytes });
  }

  #publish(): void {
    this.#say(this.#replayMessage());
    if (this.#state !== undefined) this.#say(this.#paced(this.#state));
  }

  /** Nothing may be asked for; and the page draws by the pace of the device's clock, which a replay changes. */
  #paced(state: StateMessage): StateMessage {
    const acceleration = state.acceleration * this.#player.place().speed;
    return { ...state, allowed: [], sentence: `A replay, not a machine. ${state.sentence}`, acceleration };
  }

  #replayMessage(): ServerMessage {
    const { id, facts, fromMs } = this.#run;
    const started = new Date(fromMs).toISOString();
    return {
      type: 'replay',
      run: id,
      started,
      recordedBy: facts.version,
      jump: this.#jump,
      ...this.#player.place(),
    };
  }

  #say(message: ServerMessage, client?: number): void {
    this.#listener({ kind: 'message', message, ...(client === undefined ? {} : { client }) });
  }
}

/** Columns by name, as this program has them; one that the record lacks is NaN. */
function conform(frame: Frame, table: readonly Channel[], shown: ChannelTables): Frame {
  const columns = shown[frame.group].map(({ name }) => {
    const at = table.findIndex((channel) => channel.name === name);
    return frame.columns[at] ?? new Float32Array(frame.rows).fill(Number.NaN);
  });
  return { ...frame, columns };
}
