/**
 * An MCAP file as it grows. The library's own writer closes a chunk by size alone; here the caller closes it by time,
 * since what is not in a closed chunk is lost with the process. A chunk and its indexes leave as one piece of bytes.
 */
import { crc32, zstdCompressSync } from 'node:zlib';
import {
  McapChunkBuilder,
  McapRecordBuilder,
  type Attachment,
  type Message,
  type Metadata,
} from '@mcap/core';
import { McapIndex } from './mcap-index.ts';

/** A chunk that holds this much is closed before its time. */
const LARGEST_CHUNK = 1024 * 1024;

/** Where a file that is taken up again stands. */
export interface McapPlace {
  readonly index: McapIndex;
  /** Bytes that stand already. */
  readonly position: bigint;
  /** CRC-32 of them. */
  readonly crc: number;
}

export class McapFile {
  readonly #emit: (bytes: Uint8Array) => void;
  readonly #index: McapIndex;
  readonly #chunk = new McapChunkBuilder({});
  readonly #builder = new McapRecordBuilder();
  readonly #written = new Set<number>();
  #position: bigint;
  #crc: number;

  /** `emit` takes over the bytes it is given, in order. Without `place` the file begins here. */
  constructor(emit: (bytes: Uint8Array) => void, library: string, place?: McapPlace) {
    this.#emit = emit;
    this.#index = place?.index ?? new McapIndex();
    this.#position = place?.position ?? 0n;
    this.#crc = place?.crc ?? 0;
    if (place !== undefined) return;
    this.#builder.writeMagic();
    this.#builder.writeHeader({ profile: '', library });
    this.#flush();
  }

  /** Bytes that left so far. */
  get position(): number {
    return Number(this.#position);
  }

  /** Returns the number of the channel, for its messages. */
  addChannel(
    topic: string,
    schema: { readonly name: string; readonly encoding: string; readonly data: Uint8Array },
    messageEncoding: string,
    metadata: Map<string, string>,
  ): number {
    // Number 0 means "no schema".
    const schemaId = this.#index.schemas.size + 1;
    this.#index.addSchema({ id: schemaId, ...schema });
    const id = this.#index.channels.size + 1;
    this.#index.addChannel({ id, schemaId, topic, messageEncoding, metadata });
    return id;
  }

  addMessage(message: Message): void {
    if (!this.#written.has(message.channelId)) this.#introduce(message.channelId);
    this.#chunk.addMessage(message);
    this.#index.addMessage(message);
    if (this.#chunk.byteLength > LARGEST_CHUNK) this.closeChunk();
  }

  addAttachment(attachment: Attachment): void {
    const length = this.#builder.writeAttachment(attachment);
    this.#index.addAttachment(attachment, this.#position, length);
    this.#flush();
  }

  addMetadata(metadata: Metadata): void {
    const length = this.#builder.writeMetadata(metadata);
    this.#index.addMetadata(metadata, this.#position, length);
    this.#flush();
  }

  /** What was added so far leaves; nothing happens where that is nothing. */
  closeChunk(): void {
    if (this.#chunk.numMessages === 0) return;
    const raw = this.#chunk.buffer;
    const chunk = {
      messageStartTime: this.#chunk.messageStartTime,
      messageEndTime: this.#chunk.messageEndTime,
      uncompressedSize: BigInt(raw.byteLength),
      uncompressedCrc: crc32(raw),
      compression: 'zstd',
      records: zstdCompressSync(raw),
    };
    const length = this.#builder.writeChunk(chunk);
    const indexes = [...this.#chunk.indices].filter(({ records }) => records.length > 0);
    for (const index of indexes) this.#builder.writeMessageIndex(index);
    this.#index.addChunk(chunk, this.#position, length, indexes);
    this.#flush();
    this.#chunk.reset();
  }

  /** Index and footer; nothing may be added after. */
  end(): void {
    this.closeChunk();
    this.#emit(this.#index.ending(this.#position, this.#crc));
  }

  #introduce(channelId: number): void {
    const channel = this.#index.channels.get(channelId);
    const schema = channel === undefined ? undefined : this.#index.schemas.get(channel.schemaId);
    if (channel === undefined || schema === undefined)
      throw new RangeError(`channel ${channelId} was not added to this file`);
    this.#chunk.addSchema(schema);
    this.#chunk.addChannel(channel);
    this.#written.add(channelId);
  }

  #flush(): void {
    const bytes = this.#builder.buffer;
    this.#builder.reset();
    this.#position += BigInt(bytes.byteLength);
    this.#crc = crc32(bytes, this.#crc);
    this.#emit(bytes);
  }
}
