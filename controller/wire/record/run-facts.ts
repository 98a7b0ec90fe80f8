/**
 * What a record says of itself in its metadata: at the beginning (`run`), at a good end (`end`), after a recovery
 * (`recovered`). MCAP metadata are texts; whatever is no text is JSON.
 */
import { z } from 'zod';

/** Opaque; letters that are safe in a path, and no dots. */
export const RUN_ID = /^\d{8}-\d{6}-[a-z0-9]{6}$/;

export const RunFacts = z.object({
  id: z.string().regex(RUN_ID),
  /** The same for all records of one start of the program, which decided one after the other. */
  session: z.string(),
  /** Place of this record among them, from 1. */
  part: z.int().min(1),
  /** Wall time, ISO 8601. */
  started: z.string(),
  rig: z.string(),
  preset: z.string(),
  version: z.string(),
  port: z.string(),
  operator: z.string(),
  note: z.string(),
  /** Who writes it: a record without an end belongs to this process as long as that lives. */
  pid: z.int(),
  host: z.string(),
});
export type RunFacts = z.infer<typeof RunFacts>;

export const Figures = z.object({
  starts: z.int(),
  states_s: z.record(z.string(), z.number()),
  alarms: z.int(),
  first_out: z.array(z.string()),
  peaks: z.record(z.string(), z.number()),
});

export const RunEnd = z.object({ ended: z.string(), reason: z.string(), figures: Figures });
export type RunEnd = z.infer<typeof RunEnd>;

export const Recovery = z.object({
  /** Wall time, ISO 8601. */
  recovered: z.string(),
  /** Bytes that were cut off because they were no whole record. */
  cut_bytes: z.int(),
  /** From the last message that is whole to the last write to the file, and as long as a chunk is held in memory, s. */
  lost_at_most_s: z.number(),
  ended: z.string(),
  figures: Figures,
});
export type Recovery = z.infer<typeof Recovery>;

export const toMetadata = (values: Readonly<Record<string, unknown>>): Map<string, string> =>
  new Map(
    Object.entries(values).map(([key, value]) => [
      key,
      typeof value === 'string' ? value : JSON.stringify(value),
    ]),
  );

/** Undefined where the values are not of this shape. */
export function fromMetadata<T>(
  schema: z.ZodObject & z.ZodType<T>,
  metadata: ReadonlyMap<string, string>,
): T | undefined {
  const values = Object.entries(schema.shape).map(([key, field]) => {
    const text = metadata.get(key);
    return [key, text === undefined || isText(field) ? text : parse(text)];
  });
  return schema.safeParse(Object.fromEntries(values)).data;
}

const isText = (field: unknown): boolean => field instanceof z.ZodString;

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
