/**
 * What a record is made of. A record is an MCAP file (https://mcap.dev/spec) that Foxglove and the MCAP libraries read
 * without this program:
 *   /tick, /cycle, /model ...  protobuf, one row a message, one named float field a channel (see row-schema.ts)
 *   /waveform, /picture        protobuf, one whole cycle a message, one packed array a channel
 *   /state, /event, /ack ...   JSON as on the wire (controller/wire/messages.ts)
 *   /journal                   JSON, one decision of the controller: what went in, what came out
 * log_time is wall time of arrival, publish_time is the device clock (for JSON messages the same as log_time), the
 * sequence is that of the row. Units and titles stand in the metadata of each channel: `unit.force_kN` = `kN`.
 */
import { GROUPS, type GroupName } from '../channels.ts';

export const JOURNAL_TOPIC = '/journal';
/** `hello`, `state`, `event` ... */
export const messageTopic = (type: string): string => `/${type}`;
export const groupTopic = (group: GroupName): string => `/${group}`;
export const groupOfTopic = (topic: string): GroupName | undefined =>
  GROUPS.find((group) => groupTopic(group) === topic);

/** Metadata records: at the beginning, at a good end, after a recovery. Values are text or JSON. */
export const METADATA = { run: 'run', end: 'end', recovered: 'recovered', blackBox: 'black_box' } as const;

export const NS_PER_MS = 1_000_000;
export const NS_PER_S = 1_000_000_000;
/** Times of MCAP: ns as bigint. Of a double, so good to some 0.25 us for wall time. */
export const nsOfMs = (ms: number): bigint => BigInt(Math.round(ms * 1000)) * 1000n;
export const msOfNs = (ns: bigint): number => Number(ns / 1000n) / 1000;
