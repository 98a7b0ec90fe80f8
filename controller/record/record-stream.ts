/** One record being written: what the controller says, as messages on topics, in an MCAP file on the disk. */
import { z } from 'zod';
import type { Channel, GroupName } from '../wire/channels.ts';
import { ServerMessage } from '../wire/messages.ts';
import { groupTopic } from '../wire/record/topics.ts';
import { channelMetadata, rowSchema, schemaName } from '../wire/record/row-schema.ts';
import { type AppendingFile, openAppendingFile } from './appending-file.ts';
import { McapFile } from './mcap-file.ts';

/** A message before it has a channel. */
export interface Entry {
  readonly topic: string;
  readonly sequence: number;
  /** Wall time, ns. */
  readonly logTime: bigint;
  /** Device time where there is one, ns; else wall time. */
  readonly publishTime: bigint;
  readonly data: Uint8Array;
}

export interface Attached {
  readonly name: string;
  readonly mediaType: string;
  readonly text: string;
}

export interface RecordStream {
  /** Bytes of closed chunks. */
  bytes(): number;
  attach(attached: Attached, atNs: bigint): void;
  describe(name: string, values: ReadonlyMap<string, string>): void;
  /** The channel table of a group; a later one begins a channel of its own under the same topic. */
  declareGroup(group: GroupName, channels: readonly Channel[]): void;
  put(entry: Entry): void;
  /** What was put so far leaves for the disk. */
  flush(): void;
  /** Ends well; resolves when all is on the disk. */
  end(): Promise<void>;
}

export interface RecordStreamOptions {
  readonly path: string;
  /** Written into the file's header. */
  readonly library: string;
  readonly onTrouble: (why: string) => void;
  readonly nowMs: () => number;
}

export function createRecordStream(options: RecordStreamOptions): RecordStream {
  const file: AppendingFile = openAppendingFile(options.path, options.onTrouble, options.nowMs);
  const mcap = new McapFile((bytes) => file.append(bytes), options.library);
  const channels = new Map<string, number>();

  function channelOf(topic: string): number {
    const known = channels.get(topic);
    if (known !== undefined) return known;
    const schema = {
      name: `elastocool${topic.replaceAll('/', '.')}`,
      encoding: 'jsonschema',
      data: jsonSchema(topic),
    };
    const id = mcap.addChannel(topic, schema, 'json', new Map());
    channels.set(topic, id);
    return id;
  }

  return {
    bytes: () => mcap.position,
    attach({ name, mediaType, text }, atNs) {
      const data = Buffer.from(text);
      mcap.addAttachment({ name, mediaType, logTime: atNs, createTime: atNs, data });
    },
    describe: (name, values) => mcap.addMetadata({ name, metadata: new Map(values) }),
    declareGroup(group, table) {
      const schema = { name: schemaName(group), encoding: 'protobuf', data: rowSchema(group, table) };
      channels.set(
        groupTopic(group),
        mcap.addChannel(groupTopic(group), schema, 'protobuf', channelMetadata(table)),
      );
    },
    put: ({ topic, ...message }) => mcap.addMessage({ channelId: channelOf(topic), ...message }),
    flush: () => mcap.closeChunk(),
    end() {
      mcap.end();
      return file.close();
    },
  };
}

const SCHEMAS = new Map(
  ServerMessage.options.map((schema) => [
    `/${schema.shape.type.value}`,
    JSON.stringify(z.toJSONSchema(schema)),
  ]),
);

/** As on the wire; the journal's entries have no schema but that they are objects. */
const jsonSchema = (topic: string): Uint8Array => Buffer.from(SCHEMAS.get(topic) ?? '{"type":"object"}');
