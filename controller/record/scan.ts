/** Reads a record from its beginning as far as it is whole, and gathers what an end would have said. */
import { type FileHandle, open } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { type Chunk, McapStreamReader, Opcode, type MessageIndex, type TypedMcapRecord } from '@mcap/core';
import { ServerMessage } from '../wire/messages.ts';
import { decodeRow } from '../wire/record/row-codec.ts';
import { channelsOf } from '../wire/record/row-schema.ts';
import { groupOfTopic, msOfNs } from '../wire/record/topics.ts';
import { DECOMPRESS } from './decompress.ts';
import { FigureKeeper } from './figures.ts';
import { McapIndex } from './mcap-index.ts';

const MAGIC_BYTES = 8;
const RECORD_HEAD_BYTES = 9;
/** No record of ours is near this; a torn length is. */
const LARGEST_RECORD = 512 * 1024 * 1024;

/** What follows the data. */
const ENDS: readonly number[] = [Opcode.DATA_END, Opcode.FOOTER];

export interface Scan {
  readonly index: McapIndex;
  readonly figures: FigureKeeper;
  readonly metadata: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** Everything before is whole: bytes, and their CRC-32. */
  readonly position: bigint;
  readonly crc: number;
}

/** A chunk counts once the indexes of all its channels stand behind it. */
interface OpenChunk {
  readonly chunk: Chunk;
  readonly offset: number;
  readonly length: number;
  readonly messages: Extract<TypedMcapRecord, { type: 'Message' }>[];
  readonly indexes: MessageIndex[];
}

export async function scanRecord(path: string): Promise<Scan> {
  const file = await open(path, 'r');
  try {
    return await new Scanner(file).scan();
  } finally {
    await file.close();
  }
}

class Scanner {
  readonly #file: FileHandle;
  readonly #reader = new McapStreamReader({
    includeChunks: true,
    decompressHandlers: DECOMPRESS,
    noMagicPrefix: true,
  });
  readonly #index = new McapIndex();
  readonly #figures = new FigureKeeper();
  readonly #metadata = new Map<string, ReadonlyMap<string, string>>();
  #open: OpenChunk | undefined;
  #at = 0;
  #crc = 0;
  #wholeAt = 0;
  #wholeCrc = 0;

  constructor(file: FileHandle) {
    this.#file = file;
  }

  async scan(): Promise<Scan> {
    this.#take(await this.#read(MAGIC_BYTES));
    for (let record = await this.#next(); record !== undefined; record = await this.#next()) {
      if (!this.#keep(record)) break;
    }
    return {
      index: this.#index,
      figures: this.#figures,
      metadata: this.#metadata,
      position: BigInt(this.#wholeAt),
      crc: this.#wholeCrc,
    };
  }

  /** The next record of the data; undefined where that ends or is torn. */
  async #next(): Promise<Buffer | undefined> {
    const head = await this.#read(RECORD_HEAD_BYTES);
    if (head === undefined || ENDS.includes(head[0])) return undefined;
    const length = Number(head.readBigUInt64LE(1));
    return length > LARGEST_RECORD ? undefined : this.#read(RECORD_HEAD_BYTES + length);
  }

  async #read(length: number): Promise<Buffer | undefined> {
    const bytes = Buffer.alloc(length);
    const { bytesRead } = await this.#file.read(bytes, 0, length, this.#at);
    return bytesRead === length ? bytes : undefined;
  }

  #take(bytes: Buffer | undefined): void {
    if (bytes === undefined) return;
    this.#at += bytes.byteLength;
    this.#crc = crc32(bytes, this.#crc);
  }

  /** False where the record is damaged. */
  #keep(bytes: Buffer): boolean {
    const offset = this.#at;
    try {
      this.#reader.append(bytes);
      for (let record = this.#reader.nextRecord(); record !== undefined; record = this.#reader.nextRecord())
        this.#note(record, offset, bytes.byteLength);
    } catch {
      return false;
    }
    this.#take(bytes);
    this.#closeChunk();
    if (this.#open !== undefined) return true;
    this.#wholeAt = this.#at;
    this.#wholeCrc = this.#crc;
    return true;
  }

  #note(record: TypedMcapRecord, offset: number, length: number): void {
    if (record.type === 'Chunk') this.#open = { chunk: record, offset, length, messages: [], indexes: [] };
    else if (record.type === 'Message') this.#open?.messages.push(record);
    else if (record.type === 'MessageIndex') this.#open?.indexes.push(record);
    else if (record.type === 'Schema') this.#index.addSchema(record);
    else if (record.type === 'Channel') this.#index.addChannel(record);
    else if (record.type === 'Attachment') this.#index.addAttachment(record, BigInt(offset), BigInt(length));
    else if (record.type === 'Metadata') {
      this.#metadata.set(record.name, record.metadata);
      this.#index.addMetadata(record, BigInt(offset), BigInt(length));
    }
  }

  #closeChunk(): void {
    const open = this.#open;
    if (open === undefined) return;
    const channels = new Set(open.messages.map(({ channelId }) => channelId));
    if (open.indexes.length < channels.size) return;
    this.#index.addChunk(open.chunk, BigInt(open.offset), BigInt(open.length), open.indexes);
    for (const message of open.messages) {
      this.#index.addMessage(message);
      this.#figure(message);
    }
    this.#open = undefined;
  }

  #figure({ channelId, sequence, logTime, data }: OpenChunk['messages'][number]): void {
    const channel = this.#index.channels.get(channelId);
    if (channel === undefined) return;
    const group = groupOfTopic(channel.topic);
    if (group === undefined) return this.#figureText(channel.topic, data, msOfNs(logTime));
    const channels = channelsOf(channel.metadata);
    const frame = decodeRow(group, channels.length, sequence, data);
    if (typeof frame !== 'string') this.#figures.frame(group, frame, channels);
  }

  #figureText(topic: string, data: Uint8Array, atMs: number): void {
    if (topic !== '/state' && topic !== '/event') return;
    const message = ServerMessage.safeParse(JSON.parse(Buffer.from(data).toString('utf8')));
    if (message.success) this.#figures.message(message.data, atMs);
  }
}
