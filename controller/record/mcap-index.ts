/**
 * What stands at the end of an MCAP file: schemas, channels, counts and where everything is. It grows while a file is
 * written, and is built again by the recovery of a file that has no end. Of a chunk it keeps its index record as
 * bytes, some 150 for each half second, so that a day of recording does not fill the memory.
 */
import { crc32 } from 'node:zlib';
import {
  type Attachment,
  type Channel,
  type Chunk,
  McapRecordBuilder,
  type Message,
  type MessageIndex,
  type Metadata,
  Opcode,
  type Schema,
  type Statistics,
} from '@mcap/core';

const DATA_END_BYTES = 13n;
const FOOTER_CRC_AT = 1 + 8 + 8 + 8;

export class McapIndex {
  readonly schemas = new Map<number, Schema>();
  readonly channels = new Map<number, Channel>();
  readonly statistics: Statistics = {
    messageCount: 0n,
    schemaCount: 0,
    channelCount: 0,
    attachmentCount: 0,
    metadataCount: 0,
    chunkCount: 0,
    messageStartTime: 0n,
    messageEndTime: 0n,
    channelMessageCounts: new Map(),
  };
  readonly #chunks = new McapRecordBuilder();
  readonly #attachments = new McapRecordBuilder();
  readonly #metadata = new McapRecordBuilder();

  addSchema(schema: Schema): void {
    if (!this.schemas.has(schema.id)) this.statistics.schemaCount++;
    this.schemas.set(schema.id, schema);
  }

  addChannel(channel: Channel): void {
    if (!this.channels.has(channel.id)) this.statistics.channelCount++;
    this.channels.set(channel.id, channel);
  }

  addMessage({ channelId, logTime }: Pick<Message, 'channelId' | 'logTime'>): void {
    const { statistics } = this;
    const isFirst = statistics.messageCount === 0n;
    if (isFirst || logTime < statistics.messageStartTime) statistics.messageStartTime = logTime;
    if (isFirst || logTime > statistics.messageEndTime) statistics.messageEndTime = logTime;
    const counts = statistics.channelMessageCounts;
    counts.set(channelId, (counts.get(channelId) ?? 0n) + 1n);
    statistics.messageCount++;
  }

  /** A chunk record at `offset` of `length` bytes, followed by its message indexes. */
  addChunk(chunk: Chunk, offset: bigint, length: bigint, indexes: readonly MessageIndex[]): void {
    let at = offset + length;
    const messageIndexOffsets = new Map<number, bigint>();
    for (const index of indexes) {
      messageIndexOffsets.set(index.channelId, at);
      at += messageIndexBytes(index);
    }
    this.#chunks.writeChunkIndex({
      messageStartTime: chunk.messageStartTime,
      messageEndTime: chunk.messageEndTime,
      chunkStartOffset: offset,
      chunkLength: length,
      messageIndexOffsets,
      messageIndexLength: at - offset - length,
      compression: chunk.compression,
      compressedSize: BigInt(chunk.records.byteLength),
      uncompressedSize: chunk.uncompressedSize,
    });
    this.statistics.chunkCount++;
  }

  addAttachment(attachment: Attachment, offset: bigint, length: bigint): void {
    const { name, mediaType, logTime, createTime, data } = attachment;
    const dataSize = BigInt(data.byteLength);
    this.#attachments.writeAttachmentIndex({
      name,
      mediaType,
      logTime,
      createTime,
      dataSize,
      offset,
      length,
    });
    this.statistics.attachmentCount++;
  }

  addMetadata({ name }: Metadata, offset: bigint, length: bigint): void {
    this.#metadata.writeMetadataIndex({ name, offset, length });
    this.statistics.metadataCount++;
  }

  /** All that follows the data: `dataEnd` is where it ends, `dataCrc` of everything before. */
  ending(dataEnd: bigint, dataCrc: number): Uint8Array {
    const builder = new McapRecordBuilder();
    builder.writeDataEnd({ dataSectionCrc: dataCrc });
    const groups = this.#groups();
    let groupStart = dataEnd + DATA_END_BYTES;
    const offsets = new McapRecordBuilder();
    for (const { groupOpcode, bytes } of groups) {
      if (bytes.byteLength > 0)
        offsets.writeSummaryOffset({ groupOpcode, groupStart, groupLength: BigInt(bytes.byteLength) });
      groupStart += BigInt(bytes.byteLength);
    }
    const footer = { summaryStart: dataEnd + DATA_END_BYTES, summaryOffsetStart: groupStart, summaryCrc: 0 };
    const summary = [...groups.map(({ bytes }) => bytes), offsets.buffer, footerBytes(footer)];
    footer.summaryCrc = crcOf([
      ...summary.slice(0, -1),
      summary[summary.length - 1].subarray(0, FOOTER_CRC_AT),
    ]);
    summary[summary.length - 1] = footerBytes(footer);
    const magic = new McapRecordBuilder();
    magic.writeMagic();
    return Buffer.concat([builder.buffer, ...summary, magic.buffer]);
  }

  #groups(): { readonly groupOpcode: number; readonly bytes: Uint8Array }[] {
    const schemas = new McapRecordBuilder();
    for (const schema of this.schemas.values()) schemas.writeSchema(schema);
    const channels = new McapRecordBuilder();
    for (const channel of this.channels.values()) channels.writeChannel(channel);
    const statistics = new McapRecordBuilder();
    statistics.writeStatistics(this.statistics);
    return [
      { groupOpcode: Opcode.SCHEMA, bytes: schemas.buffer },
      { groupOpcode: Opcode.CHANNEL, bytes: channels.buffer },
      { groupOpcode: Opcode.STATISTICS, bytes: statistics.buffer },
      { groupOpcode: Opcode.METADATA_INDEX, bytes: this.#metadata.buffer },
      { groupOpcode: Opcode.ATTACHMENT_INDEX, bytes: this.#attachments.buffer },
      { groupOpcode: Opcode.CHUNK_INDEX, bytes: this.#chunks.buffer },
    ];
  }
}

/** Opcode, length, channel, length of the array, 16 bytes an entry (MCAP specification, "Message Index"). */
export const messageIndexBytes = ({ records }: MessageIndex): bigint =>
  BigInt(1 + 8 + 2 + 4 + 16 * records.length);

function footerBytes(footer: {
  summaryStart: bigint;
  summaryOffsetStart: bigint;
  summaryCrc: number;
}): Uint8Array {
  const builder = new McapRecordBuilder();
  builder.writeFooter(footer);
  return builder.buffer;
}

function crcOf(pieces: readonly Uint8Array[]): number {
  let crc = 0;
  for (const piece of pieces) crc = crc32(piece, crc);
  return crc;
}
