/**
 * The dictionary of the framed contract: what a device has to say about itself, sent on connect as JSON in ASCII, so
 * that new firmware needs no new host. Known by length and CRC-32 of its text.
 */
import { z } from 'zod';
import { VALUE_TYPES } from './framed-values.ts';

const name = z.string().regex(/^[A-Za-z][A-Za-z0-9_]{0,39}$/);
const unit = z.string().max(16);
const help = z.string().max(200).optional();

/** A number on the line: `value = raw * scale`. */
const Field = z.object({
  name,
  type: z.enum(VALUE_TYPES),
  scale: z.number().positive().default(1),
  unit,
  /** This many values stand in a row. */
  count: z.int().min(1).max(4096).default(1),
  min: z.number().optional(),
  max: z.number().optional(),
  /** The raw value that says: no reading. */
  absent: z.int().optional(),
  help,
});
export type Field = z.infer<typeof Field>;

const Command = z.object({
  id: z.int().min(0).max(255),
  name,
  /** It can only make the machine safer: carried out whatever session or sequence says. */
  safe: z.boolean().default(false),
  args: z.array(Field).max(8).default([]),
  help,
});
export type Command = z.infer<typeof Command>;

const Dictionary = z.object({
  contract: z.literal(1),
  device: z.string().min(1).max(80),
  kind: z.enum(['virtual', 'hardware']),
  serial_number: z.int().min(0).max(0xffffffff),
  firmware_version: z.number().min(0),
  /** Base period of the stream, device time; how its samples come about, in words. */
  sample_period_us: z.int().min(1).max(1_000_000),
  sampling: z.string().max(200),
  /** Longest time that rows wait for a frame to fill. */
  batch_ms: z.int().min(1).max(1000),
  /** By position: the number of a channel. Scalars only. */
  channels: z.array(Field).min(1).max(255),
  /** Names of channels that every reply to a heartbeat carries, in this order. */
  status: z.array(name).max(64),
  commands: z.array(Command).max(64),
  /** By position: the number of a parameter. */
  parameters: z.array(Field).max(64),
  recipe: z.array(Field).max(64),
  summary: z.array(Field).max(64),
  /** Bins of equal width, each with these fields; absent where a device records none. */
  waveform: z.object({ bins: z.int().min(1).max(4096), fields: z.array(Field).min(1).max(64) }).optional(),
  black_box: z
    .object({ rows: z.int().min(1).max(65_535), channels: z.array(name).min(1).max(64) })
    .optional(),
  /** By bit number of the fault word. */
  faults: z.array(name).max(16),
  enumerations: z.record(name, z.array(name).max(64)),
});
type Parsed = z.infer<typeof Dictionary>;
export type Dictionary = { readonly [K in keyof Parsed]: Parsed[K] };

/** @returns the dictionary, or one sentence that says what is wrong with it */
export function parseDictionary(text: string): Dictionary | string {
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch {
    return `The dictionary of the device is not JSON: ${text.slice(0, 40)}…`;
  }
  const parsed = Dictionary.safeParse(given);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return `The dictionary of the device cannot be used: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not valid'}.`;
  }
  return contradiction(parsed.data) ?? parsed.data;
}

function contradiction(dictionary: Dictionary): string | null {
  const { channels, status, black_box, parameters, commands } = dictionary;
  const known = new Set(channels.map((channel) => channel.name));
  const stranger = [...status, ...(black_box?.channels ?? [])].find((wanted) => !known.has(wanted));
  if (stranger !== undefined)
    return `The dictionary of the device names a channel that it does not have: ${stranger}.`;
  const array = [...channels, ...parameters].find(({ count }) => count !== 1);
  if (array !== undefined)
    return `The dictionary of the device gives ${array.name} a count; only fields of blobs may have one.`;
  for (const list of [channels, parameters, commands]) {
    const names = list.map((entry) => entry.name);
    const twice = names.find((entry, i) => names.indexOf(entry) !== i);
    if (twice !== undefined) return `The dictionary of the device has two entries of the name ${twice}.`;
  }
  return null;
}

export const asciiBytes = (text: string): Uint8Array =>
  Uint8Array.from(text, (character) => character.charCodeAt(0) & 0x7f);

export const asciiText = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => String.fromCharCode(byte & 0x7f)).join('');
