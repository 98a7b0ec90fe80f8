/**
 * The host's end of the reference firmware contract (controller/firmware/PROTOCOL.md): connect, read the dictionary,
 * then everything by name. Pure: port and clock are given. Nothing throws or rejects; failure is a value with a
 * sentence; what waits is bounded. A link is used once: after it closed, open another.
 */
import type { BytePort, Clock } from './byte-port.ts';
import { crc32 } from './crc32.ts';
import { type Blob, readBlob } from './framed-blob.ts';
import { type ClockEstimate, ClockEstimator } from './framed-clock.ts';
import { asciiBytes, asciiText, type Dictionary, parseDictionary } from './framed-dictionary.ts';
import { type ExchangeStatistics, FramedExchange } from './framed-exchange.ts';
import { decodeFields, encodeFields, type FieldValues, misfit, rawOf } from './framed-fields.ts';
import { readStatus, type FramedStatus } from './framed-status.ts';
import { type Rows, StreamReader, type StreamStatistics } from './framed-stream.ts';
import { ByteReader, ByteWriter } from './framed-values.ts';
import {
  BLOB,
  CONTRACT_VERSION,
  CRC_BYTES,
  HEADER_BYTES,
  type Message,
  NOTICE,
  REQUEST,
} from './framed-wire.ts';
import { failure, PRIORITY, type Result } from './transaction.ts';

export interface FramedLinkOptions {
  /** Time for a reply before the request is repeated, ms; default 60. */
  readonly timeoutMs?: number;
  /** How often a request goes out before it is given up; default 4. */
  readonly attempts?: number;
  /** How long to call a device that may be booting, ms; default 3000. */
  readonly connectMs?: number;
  /** 1 to 2^32 − 1, drawn at random for every link: what an earlier one left on the line is not taken for this one's. */
  readonly nonce: number;
  /** Texts of dictionaries read before: the device's own is not read again where one fits. */
  readonly known?: readonly string[];
}

export interface FramedStatistics extends ExchangeStatistics {
  /** Pieces of the input that were no message. */
  readonly damagedFrames: number;
  /** Of the running subscription, or null. */
  readonly stream: StreamStatistics | null;
}

/** Every exchange of time stamps: often while the line is new, then now and then, ms. */
const CLOCK_FAST_MS = 100;
const CLOCK_SLOW_MS = 1000;
const CLOCK_FAST_SAMPLES = 16;
/** The reply carries status and two u64; the request is as long. */
const CLOCK_BODY_BYTES = 17;
const STAGE_OVERHEAD = HEADER_BYTES + 2 + CRC_BYTES;
/** Longest HELLO reply and shortest promise of a device, bytes. */
const LEAST_MESSAGE_BYTES = 32;

interface Hello {
  readonly mostRequestBytes: number;
  readonly mostReplyBytes: number;
  readonly dictionaryBytes: number;
  readonly dictionaryCrc: number;
}

export class FramedLink {
  private readonly port: BytePort;
  private readonly time: Clock;
  private readonly options: FramedLinkOptions;
  private readonly session: number;
  private readonly exchange: FramedExchange;
  private readonly estimator = new ClockEstimator();
  private stream: StreamReader | null = null;
  private hello: Hello | null = null;
  private known: Dictionary | null = null;
  private text: string | null = null;
  private cancelClock = (): void => {};

  /** Takes over the port. */
  constructor(port: BytePort, clock: Clock, options: FramedLinkOptions) {
    const { timeoutMs = 60, attempts = 4, nonce } = options;
    this.session = sessionOf(nonce);
    this.port = port;
    this.time = clock;
    this.options = options;
    this.exchange = new FramedExchange(
      port,
      clock,
      { timeoutMs, attempts, session: this.session },
      (notice) => this.hear(notice),
    );
  }

  /** Calls the device until it answers, then reads its dictionary. */
  async connect(): Promise<Result<Dictionary>> {
    const { timeoutMs = 60, connectMs = 3000 } = this.options;
    const answer = await this.exchange.ask({
      type: REQUEST.hello,
      body: helloBody(this.options.nonce),
      priority: PRIORITY.command,
      attempts: Math.max(1, Math.ceil(connectMs / timeoutMs)),
    });
    if (!answer.ok) return answer;
    const hello = readHello(answer.value);
    if (typeof hello === 'string') return failure('refused', `${this.port.name}: ${hello}`);
    this.hello = hello;
    this.exchange.mostRequestBytes = hello.mostRequestBytes;
    const text = await this.readDictionary(hello);
    if (!text.ok) return text;
    const dictionary = parseDictionary(text.value);
    if (typeof dictionary === 'string') return failure('refused', `${this.port.name}: ${dictionary}`);
    this.known = dictionary;
    this.text = text.value;
    this.askClock();
    return { ...answer, value: dictionary };
  }

  /** The device's own text of it, to be given as `known` another time; null before `connect`. */
  get dictionaryText(): string | null {
    return this.text;
  }

  /** Gives a command; one that is `urgent` goes out beside whatever is under way and drops those that wait. */
  async command(name: string, args: FieldValues = {}, { urgent = false } = {}): Promise<Result<null>> {
    const command = this.known?.commands.find((entry) => entry.name === name);
    if (command === undefined) return this.unknown('command', name);
    const bytes = encodeFields(command.args, args);
    if (typeof bytes === 'string') return failure('refused', `${name}: ${bytes}`);
    const body = new ByteWriter().value('u8', command.id).raw(bytes).done();
    const request = { type: REQUEST.command, body, priority: PRIORITY.command, key: 'command', urgent };
    return nothing(await this.exchange.ask(request));
  }

  /** Heartbeat out, the present back. */
  beat(heartbeat: number): Promise<Result<FramedStatus>> {
    return this.askStatus(new ByteWriter().value('u16', heartbeat).done());
  }

  /** The present without the heartbeat: changes nothing on the device. */
  look(): Promise<Result<FramedStatus>> {
    return this.askStatus(new Uint8Array(0));
  }

  private async askStatus(body: Uint8Array): Promise<Result<FramedStatus>> {
    const answer = await this.exchange.ask({ type: REQUEST.heartbeat, body, priority: PRIORITY.status });
    if (!answer.ok) return answer;
    const status = this.known === null ? null : readStatus(this.known, answer.value);
    return status === null ? this.short('status') : { ...answer, value: status };
  }

  /** All parameters by name. */
  async readParameters(): Promise<Result<FieldValues>> {
    const fields = this.known?.parameters ?? [];
    const body = Uint8Array.of(0, fields.length);
    const answer = await this.exchange.ask({
      type: REQUEST.readParameters,
      body,
      priority: PRIORITY.bulk,
    });
    if (!answer.ok) return answer;
    const values = decodeFields(fields, new ByteReader(answer.value));
    return values === null ? this.short('parameters') : { ...answer, value: values };
  }

  /** Writes one parameter; the value is what the device now holds. */
  async writeParameter(name: string, value: number): Promise<Result<number>> {
    const fields = this.known?.parameters ?? [];
    const index = fields.findIndex((field) => field.name === name);
    const field = fields[index];
    if (field === undefined) return this.unknown('parameter', name);
    const problem = misfit(field, value);
    if (problem !== null) return failure('refused', `${this.port.name}: ${problem}`);
    const body = new ByteWriter().value('u8', index).value(field.type, rawOf(field, value)).done();
    const answer = await this.exchange.ask({ type: REQUEST.writeParameter, body, priority: PRIORITY.bulk });
    if (!answer.ok) return answer;
    const held = decodeFields([field], new ByteReader(answer.value));
    return held === null ? this.short('parameter') : { ...answer, value: Number(held[name]) };
  }

  /**
   * Streams these channels; the one before ends. `rateHz` is rounded to what a whole decimation gives; the value is
   * the rate it became.
   */
  async subscribe(
    channels: readonly string[],
    rateHz: number,
    onRows: (rows: Rows) => void,
  ): Promise<Result<number>> {
    const { channels: all, sample_period_us: periodUs } = this.known ?? { channels: [], sample_period_us: 1 };
    const indexes = channels.map((name) => all.findIndex((channel) => channel.name === name));
    const missing = channels[indexes.indexOf(-1)];
    if (missing !== undefined) return this.unknown('channel', missing);
    const decimation = Math.min(0xffff, Math.max(1, Math.round(1e6 / (periodUs * rateHz))));
    const fields = indexes.map((index) => all[index]).filter((field) => field !== undefined);
    const body = new ByteWriter().value('u16', decimation).value('u8', indexes.length);
    for (const index of indexes) body.value('u8', index);
    this.stream = null;
    const answer = await this.exchange.ask({
      type: REQUEST.subscribe,
      body: body.done(),
      priority: PRIORITY.bulk,
    });
    if (!answer.ok) return answer;
    const rowUs = decimation * periodUs;
    if (fields.length > 0) this.stream = new StreamReader(fields, answer.value[0] ?? 0, rowUs, onRows);
    return { ...answer, value: 1e6 / rowUs };
  }

  /** Ends the stream. */
  unsubscribe(): Promise<Result<number>> {
    return this.subscribe([], 1, () => {});
  }

  /** Uploads a recipe in pieces; it takes effect as a whole at the next cycle start, or not at all. */
  async uploadRecipe(recipe: FieldValues): Promise<Result<null>> {
    const bytes = encodeFields(this.known?.recipe ?? [], recipe);
    if (typeof bytes === 'string') return failure('refused', `The recipe does not fit: ${bytes}`);
    const most = this.exchange.mostRequestBytes - STAGE_OVERHEAD;
    for (let at = 0; at < bytes.length; at += most) {
      const body = new ByteWriter()
        .value('u16', at)
        .raw(bytes.subarray(at, at + most))
        .done();
      const staged = await this.exchange.ask({ type: REQUEST.stage, body, priority: PRIORITY.bulk });
      if (!staged.ok) return staged;
    }
    const body = new ByteWriter().value('u16', bytes.length).value('u32', crc32(bytes)).done();
    return nothing(await this.exchange.ask({ type: REQUEST.apply, body, priority: PRIORITY.bulk }));
  }

  /** The recipe in effect. */
  readRecipe(): Promise<Result<FieldValues>> {
    return this.readFields(BLOB.recipe, this.known?.recipe ?? []);
  }

  /** What was latched of the last whole cycle; 'exception' with status notNow before the first. */
  readSummary(): Promise<Result<FieldValues>> {
    return this.readFields(BLOB.summary, this.known?.summary ?? []);
  }

  /** One of BLOB, as it is. */
  readBlob(blob: number): Promise<Result<Blob>> {
    return readBlob(this.exchange, blob, this.hello?.mostReplyBytes ?? LEAST_MESSAGE_BYTES);
  }

  /** Null before the first exchange of time stamps. */
  clock(): ClockEstimate | null {
    return this.estimator.estimate();
  }

  /** Host time of a device time, ms; NaN before the first exchange of time stamps. */
  hostMs(deviceUs: number): number {
    return this.estimator.hostMs(deviceUs);
  }

  statistics(): FramedStatistics {
    const { exchange, stream } = this;
    return {
      ...exchange.statistics,
      damagedFrames: exchange.damagedFrames,
      stream: stream === null ? null : { ...stream.statistics },
    };
  }

  close(): void {
    this.cancelClock();
    this.exchange.end(`${this.port.name}: closed by this program.`);
  }

  private async readDictionary({
    dictionaryBytes,
    dictionaryCrc,
    mostReplyBytes,
  }: Hello): Promise<Result<string>> {
    const known = (this.options.known ?? []).find((text) => {
      const bytes = asciiBytes(text);
      return bytes.length === dictionaryBytes && crc32(bytes) === dictionaryCrc;
    });
    if (known !== undefined) return { ok: true, value: known, roundTripMs: 0, atMs: this.time.nowMs() };
    const blob = await readBlob(this.exchange, BLOB.dictionary, mostReplyBytes, PRIORITY.command);
    return blob.ok ? { ...blob, value: asciiText(blob.value.bytes) } : blob;
  }

  private async readFields(blob: number, fields: Dictionary['recipe']): Promise<Result<FieldValues>> {
    const answer = await this.readBlob(blob);
    if (!answer.ok) return answer;
    const values = decodeFields(fields, new ByteReader(answer.value.bytes));
    return values === null ? this.short('fields') : { ...answer, value: values };
  }

  private hear(notice: Message): void {
    if (notice.type === NOTICE.stream && notice.session === this.session) this.stream?.take(notice);
    if (notice.type === NOTICE.boot && this.hello !== null) {
      this.cancelClock();
      this.exchange.end(`${this.port.name}: the device restarted.`);
    }
  }

  private askClock(): void {
    const samples = this.estimator.estimate()?.samples ?? 0;
    const pauseMs = samples < CLOCK_FAST_SAMPLES ? CLOCK_FAST_MS : CLOCK_SLOW_MS;
    void this.takeClockSample();
    this.cancelClock = this.time.after(pauseMs, () => this.askClock());
    if (this.exchange.isClosed) this.cancelClock();
  }

  private async takeClockSample(): Promise<void> {
    const answer = await this.exchange.ask({
      type: REQUEST.clock,
      body: new Uint8Array(CLOCK_BODY_BYTES),
      priority: PRIORITY.status,
      attempts: 1,
    });
    if (!answer.ok) return;
    const reader = new ByteReader(answer.value);
    const [deviceInUs, deviceOutUs] = [reader.u64(), reader.u64()];
    const { atMs, roundTripMs } = answer;
    if (!reader.isShort)
      this.estimator.add({ sentMs: atMs - roundTripMs, receivedMs: atMs, deviceInUs, deviceOutUs });
  }

  private unknown(what: string, name: string) {
    const why = this.known === null ? 'the link is not connected' : `its dictionary has no ${what} ${name}`;
    return failure('refused', `${this.port.name}: ${name} cannot be used: ${why}.`);
  }

  private short(what: string) {
    return failure(
      'crc',
      `${this.port.name}: the ${what} of the device are shorter than its dictionary says.`,
    );
  }
}

/** By it messages of this link are known. */
const sessionOf = (nonce: number): number => 1 + (nonce % 255);

/** Asks for this version of the contract. */
export const helloBody = (nonce: number): Uint8Array =>
  new ByteWriter().value('u8', CONTRACT_VERSION).value('u32', nonce).done();

const nothing = (answer: Result<Uint8Array>): Result<null> =>
  answer.ok ? { ...answer, value: null } : answer;

function readHello(body: Uint8Array): Hello | string {
  const reader = new ByteReader(body);
  const version = reader.value('u8');
  const hello = {
    mostRequestBytes: reader.value('u16'),
    mostReplyBytes: reader.value('u16'),
    dictionaryBytes: reader.value('u32'),
    dictionaryCrc: reader.value('u32'),
  };
  if (version !== CONTRACT_VERSION)
    return `the device speaks version ${version} of the contract; this program speaks ${CONTRACT_VERSION}.`;
  if (
    reader.isShort ||
    hello.mostRequestBytes < LEAST_MESSAGE_BYTES ||
    hello.mostReplyBytes < LEAST_MESSAGE_BYTES
  )
    return 'the device takes or sends messages too short for this contract.';
  return hello;
}
