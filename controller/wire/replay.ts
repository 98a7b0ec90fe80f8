/** What the page and a replay say to each other, beside what it shows. */
import { z } from 'zod';

/** Pace of a replay, times the pace of what was recorded. */
export const SPEEDS = { least: 0.1, most: 100 } as const;

const id = z.int().nonnegative();

/** Page -> replay. */
export const ReplayAsk = z.discriminatedUnion('action', [
  z.strictObject({ type: z.literal('replay'), id, action: z.literal('play') }),
  z.strictObject({ type: z.literal('replay'), id, action: z.literal('pause') }),
  z.strictObject({
    type: z.literal('replay'),
    id,
    action: z.literal('speed'),
    speed: z.number().min(SPEEDS.least).max(SPEEDS.most),
  }),
  /** To this place, s after the beginning of the record. */
  z.strictObject({
    type: z.literal('replay'),
    id,
    action: z.literal('seek'),
    at_s: z.number().nonnegative(),
  }),
]);
export type ReplayAsk = z.infer<typeof ReplayAsk>;

/** Replay -> page, on every change and at least twice a second. */
export const ReplayMessage = z.object({
  type: z.literal('replay'),
  run: z.string(),
  /** Version of the program that recorded it. */
  recordedBy: z.string(),
  /** Wall time at the beginning of the record, ISO 8601. */
  started: z.string(),
  at_s: z.number(),
  duration_s: z.number(),
  speed: z.number(),
  isPaused: z.boolean(),
  /** One more with each jump: what the page holds then is of another time. */
  jump: z.int(),
});
export type ReplayMessage = z.infer<typeof ReplayMessage>;
