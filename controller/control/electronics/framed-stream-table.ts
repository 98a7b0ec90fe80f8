/** What the columns of a board's stream are, as pages know channels, and how fast they may come. */
import type { Dictionary } from '../../protocol/framed-dictionary.ts';
import { sizeOf } from '../../protocol/framed-values.ts';
import type { Channel } from '../../wire/channels.ts';

/** The dictionary is ASCII. */
const UNITS: Readonly<Record<string, string>> = { C: '°C', degC: '°C', um: 'µm', us: 'µs' };

export const streamTable = (dictionary: Dictionary | null): Channel[] =>
  (dictionary?.channels ?? []).map(({ name, unit, help }) => ({
    name,
    unit: UNITS[unit] ?? unit,
    title: help ?? name.replaceAll('_', ' '),
  }));

/** Of the line; what is left is for heartbeats, blobs and the framing. */
const STREAM_SHARE = 0.7;
/** Start bit, eight data bits, stop bit. */
const BITS_PER_BYTE = 10;

/** Rows a second of all channels: the device's own rate where the line carries it. */
export function streamRateHz({ channels, sample_period_us }: Dictionary, baudRate: number): number {
  const rowBits = BITS_PER_BYTE * channels.reduce((sum, { type }) => sum + sizeOf(type), 0);
  return Math.min(1e6 / sample_period_us, (STREAM_SHARE * baudRate) / rowBits);
}
