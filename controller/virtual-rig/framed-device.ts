/**
 * The device's end of the reference firmware contract (controller/firmware/PROTOCOL.md), one object a line: sessions,
 * sequence numbers, what was carried out once is not carried out twice. What the machine is, the model knows.
 */
import type { BytePort, Clock } from '../protocol/byte-port.ts';
import { crc32 } from '../protocol/crc32.ts';
import type { Blob } from '../protocol/framed-blob.ts';
import { ByteReader, ByteWriter, type ValueType } from '../protocol/framed-values.ts';
import {
  BLOB,
  CONTRACT_VERSION,
  CRC_BYTES,
  encodeMessage,
  FrameSplitter,
  HEADER_BYTES,
  isNewer,
  type Message,
  NOTICE,
  REPLY_BIT,
  REQUEST,
  STATUS_CODE,
} from '../protocol/framed-wire.ts';
import type { Dictionary } from '../protocol/framed-dictionary.ts';
import type { FrameSender } from './frame-sender.ts';
import { FramedStreamer } from './framed-streamer.ts';

/** What stands behind the contract. Status codes are those of STATUS_CODE. */
export interface FramedModel {
  readonly dictionary: Dictionary;
  /** Its text, as it is sent. */
  readonly text: Uint8Array;
  /** The device clock, whole µs. */
  nowUs(): number;
  isSafe(command: number): boolean;
  command(command: number, args: ByteReader): number;
  /** Types by position. */
  readonly parameters: readonly ValueType[];
  readParameter(index: number): number;
  writeParameter(index: number, value: number): number;
  heartbeat(value: number): void;
  /** Body of a heartbeat's reply. */
  status(): Uint8Array;
  applyRecipe(bytes: Uint8Array): number;
  /** The newest of its kind; null where there is none yet. */
  latch(blob: number): Blob | null;
}

export const MOST_REQUEST_BYTES = 256;
export const MOST_REPLY_BYTES = 1024;
/** Replies of what changed something, kept for a host that did not hear them. */
const REMEMBERED = 4;
const MOST_RECIPE_BYTES = 4096;

const CHANGES: readonly number[] = [
  REQUEST.command,
  REQUEST.writeParameter,
  REQUEST.subscribe,
  REQUEST.stage,
  REQUEST.apply,
];

const status = (code: number): Uint8Array => Uint8Array.of(code);
const ok = (): ByteWriter => new ByteWriter().value('u8', STATUS_CODE.ok);

export class FramedDevice {
  private readonly model: FramedModel;
  readonly streamer: FramedStreamer;
  private readonly sender: FrameSender;
  /** 0 while nobody said HELLO. */
  private session = 0;
  private nonce = 0;
  private newest = 0;
  private remembered: { readonly sequence: number; readonly reply: Uint8Array }[] = [];
  private held = new Map<number, Blob>();
  private staged = new Uint8Array(MOST_RECIPE_BYTES);
  private arrivedUs = 0;
  private ended = (): void => {};

  /** Takes over the port; `sender` writes to it. */
  constructor(port: BytePort, clock: Clock, model: FramedModel, sender: FrameSender) {
    this.model = model;
    this.sender = sender;
    this.streamer = new FramedStreamer({
      clock,
      dictionary: model.dictionary,
      sender,
      mostBytes: MOST_REPLY_BYTES,
      encode: (sequence, body) =>
        encodeMessage({ type: NOTICE.stream, session: this.session, sequence, body }),
    });
    const splitter = new FrameSplitter((message) => this.take(message));
    port.onData((chunk) => {
      this.arrivedUs = model.nowUs();
      splitter.take(chunk);
    });
    port.onClose(() => this.ended());
    const body = new ByteWriter().value('u8', CONTRACT_VERSION).value('u32', crc32(model.text)).done();
    this.send({ type: NOTICE.boot, session: 0, sequence: 0, body });
  }

  /** One listener; called when the line ends. */
  onClose(listener: () => void): void {
    this.ended = listener;
  }

  private send(message: Message): void {
    this.sender.reply(encodeMessage(message));
  }

  private take(message: Message): void {
    if (message.type >= REPLY_BIT) return;
    this.streamer.heard();
    const { type, session, sequence } = message;
    const body = this.answer(message);
    this.send({ type: type | REPLY_BIT, session, sequence, body });
  }

  private answer(message: Message): Uint8Array {
    const { type, session, sequence, body } = message;
    if (type === REQUEST.hello) return this.greet(message);
    const isSafe = type === REQUEST.command && this.model.isSafe(body[0] ?? 0);
    if (session !== this.session || session === 0)
      return isSafe ? this.carryOut(type, body) : status(STATUS_CODE.noSession);
    const isFresh = isNewer(sequence, this.newest);
    if (isFresh) this.newest = sequence;
    if (!CHANGES.includes(type)) return this.inform(type, body, isFresh);
    const before = this.remembered.find((entry) => entry.sequence === sequence);
    if (before !== undefined) return before.reply;
    if (!isFresh && !isSafe) return status(STATUS_CODE.superseded);
    const reply = this.carryOut(type, body);
    this.remembered.push({ sequence, reply });
    if (this.remembered.length > REMEMBERED) this.remembered.shift();
    return reply;
  }

  /** A new session forgets the one before; the same again, a reply that was lost, changes nothing. */
  private greet({ session, sequence, body }: Message): Uint8Array {
    const reader = new ByteReader(body);
    const version = reader.value('u8');
    const nonce = reader.value('u32');
    if (version !== CONTRACT_VERSION || session === 0 || reader.isShort) return status(STATUS_CODE.badValue);
    if (session !== this.session || nonce !== this.nonce) {
      this.session = session;
      this.nonce = nonce;
      this.newest = sequence;
      this.remembered = [];
      this.held.clear();
      this.streamer.subscribe(0, []);
    }
    const { text } = this.model;
    return ok()
      .value('u8', CONTRACT_VERSION)
      .value('u16', MOST_REQUEST_BYTES)
      .value('u16', MOST_REPLY_BYTES)
      .value('u32', text.length)
      .value('u32', crc32(text))
      .done();
  }

  /** What changes nothing may be asked as often as one likes. */
  private inform(type: number, body: Uint8Array, isFresh: boolean): Uint8Array {
    const reader = new ByteReader(body);
    switch (type) {
      case REQUEST.latch:
        return this.latch(reader.value('u8'));
      case REQUEST.read:
        return this.read(reader.value('u8'), reader.value('u32'), reader.value('u16'));
      case REQUEST.heartbeat:
        if (isFresh && reader.left >= 2) this.model.heartbeat(reader.value('u16'));
        return ok().raw(this.model.status()).done();
      case REQUEST.readParameters:
        return this.readParameters(reader.value('u8'), reader.value('u8'));
      case REQUEST.clock:
        return ok().u64(this.arrivedUs).u64(this.model.nowUs()).done();
      default:
        return status(STATUS_CODE.unknown);
    }
  }

  private carryOut(type: number, body: Uint8Array): Uint8Array {
    const reader = new ByteReader(body);
    switch (type) {
      case REQUEST.command:
        return status(this.model.command(reader.value('u8'), reader));
      case REQUEST.writeParameter:
        return this.writeParameter(reader.value('u8'), reader);
      case REQUEST.subscribe:
        return this.subscribe(reader.value('u16'), reader);
      case REQUEST.stage:
        return this.stage(reader.value('u16'), reader.rest());
      default:
        return this.apply(reader.value('u16'), reader.value('u32'));
    }
  }

  private latch(blob: number): Uint8Array {
    const isDictionary = blob === BLOB.dictionary;
    const held = isDictionary ? { number: 0, bytes: this.model.text } : this.model.latch(blob);
    if (held === null) return status(STATUS_CODE.notNow);
    this.held.set(blob, held);
    const { number, bytes } = held;
    return ok()
      .value('u8', blob)
      .value('u32', number)
      .value('u32', bytes.length)
      .value('u32', crc32(bytes))
      .done();
  }

  private read(blob: number, offset: number, most: number): Uint8Array {
    const held = this.held.get(blob);
    if (held === undefined) return status(STATUS_CODE.notNow);
    const head = ok().value('u8', blob).value('u32', held.number).value('u32', offset);
    const room = MOST_REPLY_BYTES - HEADER_BYTES - 10 - CRC_BYTES;
    return head.raw(held.bytes.subarray(offset, offset + Math.min(most, room))).done();
  }

  private readParameters(first: number, count: number): Uint8Array {
    const { parameters } = this.model;
    if (!(first + count <= parameters.length)) return status(STATUS_CODE.unknown);
    const writer = ok();
    for (let index = first; index < first + count; index++)
      writer.value(parameters[index] ?? 'u8', this.model.readParameter(index));
    return writer.done();
  }

  private writeParameter(index: number, reader: ByteReader): Uint8Array {
    const type = this.model.parameters[index];
    if (type === undefined) return status(STATUS_CODE.unknown);
    const value = reader.value(type);
    const code = reader.isShort ? STATUS_CODE.badValue : this.model.writeParameter(index, value);
    if (code !== STATUS_CODE.ok) return status(code);
    return ok().value(type, this.model.readParameter(index)).done();
  }

  private subscribe(decimation: number, reader: ByteReader): Uint8Array {
    const count = reader.value('u8');
    const channels = Array.from(reader.rest());
    if (channels.length !== count) return status(STATUS_CODE.badValue);
    const subscription = this.streamer.subscribe(decimation, channels);
    return subscription === null ? status(STATUS_CODE.badValue) : ok().value('u8', subscription).done();
  }

  private stage(offset: number, bytes: Uint8Array): Uint8Array {
    if (offset + bytes.length > this.staged.length) return status(STATUS_CODE.badValue);
    this.staged.set(bytes, offset);
    return status(STATUS_CODE.ok);
  }

  private apply(length: number, crc: number): Uint8Array {
    const bytes = this.staged.slice(0, length);
    if (bytes.length !== length || crc32(bytes) !== crc) return status(STATUS_CODE.badChecksum);
    return status(this.model.applyRecipe(bytes));
  }
}
