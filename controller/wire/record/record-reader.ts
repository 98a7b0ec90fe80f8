/**
 * Reads a record that has its end: frames as the wire has them, messages as they were sent. Runs in Node and in a browser; the bytes come
 * through `readable`, and whoever opens brings the decompression (zstd).
 */
import { type DecompressHandlers, type IReadable, McapIndexedReader } from '@mcap/core';
import { getTextEncoding } from '@bufbuild/protobuf/wire';
import { GROUPS, type Channel, type GroupName } from '../channels.ts';
import type { Frame } from '../frame.ts';
import { ServerMessage } from '../messages.ts';
import { decodeRow } from './row-codec.ts';
import { channelsOf } from './row-schema.ts';
import { Recovery, RunEnd, RunFacts, fromMetadata } from './run-facts.ts';
import { JOURNAL_TOPIC, METADATA, groupOfTopic, groupTopic, msOfNs, nsOfMs } from './topics.ts';

/** Part of a record, in wall time, ms since 1970; both ends belong to it. */
export interface Span {
  readonly fromMs?: number;
  readonly toMs?: number;
}

export type Recorded = {
  /** Wall time of arrival, ms since 1970. */
  readonly atMs: number;
} & (
  | { readonly kind: 'frame'; readonly frame: Frame }
  | { readonly kind: 'message'; readonly message: ServerMessage }
  /** JSON of one decision; the sequence has a gap where some are lost. */
  | { readonly kind: 'decision'; readonly sequence: number; readonly text: string }
);

export interface RecordReader {
  readonly facts: RunFacts;
  /** How it ended well, or what was mended; neither in an extract (black box). */
  readonly end: RunEnd | undefined;
  readonly recovery: Recovery | undefined;
  /** Wall time of the first and last message, ms since 1970. */
  readonly fromMs: number;
  readonly toMs: number;
  /** Channel tables of the groups in it that have rows. */
  readonly tables: Readonly<Partial<Record<GroupName, readonly Channel[]>>>;
  /** Messages of a topic. */
  count(topic: string): number;
  /** Everything, or the topics asked for, in order of arrival. Throws where the file is damaged inside. */
  read(topics?: readonly string[], span?: Span): AsyncGenerator<Recorded>;
  /** Text of an attachment; undefined where there is none of this name. */
  attachment(name: string): Promise<string | undefined>;
  attachmentNames(): string[];
}

/** A sentence where it is not a whole record. */
export async function openRecord(
  readable: IReadable,
  decompressHandlers: DecompressHandlers,
): Promise<RecordReader | string> {
  try {
    const mcap = await McapIndexedReader.Initialize({ readable, decompressHandlers });
    const metadata = new Map<string, ReadonlyMap<string, string>>();
    for await (const record of mcap.readMetadata()) metadata.set(record.name, record.metadata);
    const facts = fromMetadata(RunFacts, metadata.get(METADATA.run) ?? new Map());
    if (facts === undefined)
      return 'it is an MCAP file, but no record of elastocool: its metadata "run" is missing.';
    return readerOf(mcap, facts, metadata);
  } catch (error) {
    return `it is not a whole MCAP file: ${error instanceof Error ? error.message : String(error)}`;
  }
}

function readerOf(
  mcap: McapIndexedReader,
  facts: RunFacts,
  metadata: ReadonlyMap<string, ReadonlyMap<string, string>>,
): RecordReader {
  const { statistics } = mcap;
  const decode = decoderOf(mcap);
  return {
    facts,
    end: fromMetadata(RunEnd, metadata.get(METADATA.end) ?? new Map()),
    recovery: fromMetadata(Recovery, metadata.get(METADATA.recovered) ?? new Map()),
    fromMs: msOfNs(statistics?.messageStartTime ?? 0n),
    toMs: msOfNs(statistics?.messageEndTime ?? 0n),
    tables: tablesOf(mcap),
    count: (topic) => countOf(mcap, topic),
    async *read(topics, { fromMs, toMs } = {}) {
      const span = {
        ...(topics === undefined ? {} : { topics }),
        ...(fromMs === undefined ? {} : { startTime: nsOfMs(fromMs) }),
        ...(toMs === undefined ? {} : { endTime: nsOfMs(toMs) }),
      };
      for await (const message of mcap.readMessages(span)) {
        const recorded = decode(message.channelId, message.sequence, msOfNs(message.logTime), message.data);
        if (recorded !== undefined) yield recorded;
      }
    },
    async attachment(name) {
      for await (const { data } of mcap.readAttachments({ name })) return getTextEncoding().decodeUtf8(data);
      return undefined;
    },
    attachmentNames: () => mcap.attachmentIndexes.map(({ name }) => name),
  };
}

type Decode = (channelId: number, sequence: number, atMs: number, data: Uint8Array) => Recorded | undefined;

/** What is of a later version and not understood is left out; nothing else is. */
function decoderOf({ channelsById }: McapIndexedReader): Decode {
  const columns = new Map([...channelsById].map(([id, { metadata }]) => [id, channelsOf(metadata).length]));
  const { decodeUtf8 } = getTextEncoding();
  return (channelId, sequence, atMs, data) => {
    const topic = channelsById.get(channelId)?.topic ?? '';
    const group = groupOfTopic(topic);
    if (group !== undefined) {
      const frame = decodeRow(group, columns.get(channelId) ?? 0, sequence, data);
      if (typeof frame === 'string') throw new Error(frame);
      return { atMs, kind: 'frame', frame };
    }
    const text = decodeUtf8(data);
    if (topic === JOURNAL_TOPIC) return { atMs, kind: 'decision', sequence, text };
    const message = ServerMessage.safeParse(JSON.parse(text));
    return message.success ? { atMs, kind: 'message', message: message.data } : undefined;
  };
}

function countOf({ channelsById, statistics }: McapIndexedReader, topic: string): number {
  let count = 0n;
  for (const { id, topic: name } of channelsById.values())
    if (name === topic) count += statistics?.channelMessageCounts.get(id) ?? 0n;
  return Number(count);
}

/** The last table of each group that was used; rows of an earlier one are decoded by their own. */
function tablesOf(mcap: McapIndexedReader): Partial<Record<GroupName, readonly Channel[]>> {
  const tables: Partial<Record<GroupName, readonly Channel[]>> = {};
  for (const group of GROUPS) {
    const found = [...mcap.channelsById.values()].findLast(
      ({ id, topic }) =>
        topic === groupTopic(group) && (mcap.statistics?.channelMessageCounts.get(id) ?? 0n) > 0n,
    );
    if (found !== undefined) tables[group] = channelsOf(found.metadata);
  }
  return tables;
}
