/** What a person marks on the time axis: every page sees it, and the record keeps it as an event. */
import { z } from 'zod';

export const LONGEST_NOTE = 200;

/** Page -> controller. `at_s`: device time. */
export const MarkAsk = z.strictObject({
  type: z.literal('mark'),
  id: z.int().nonnegative(),
  at_s: z.number().nonnegative(),
  note: z
    .string()
    .trim()
    .regex(/^\P{Cc}*$/u, 'a note is one line of text')
    .min(1, 'a mark needs a note; write what happened')
    .max(LONGEST_NOTE, `a note has at most ${LONGEST_NOTE} characters; shorten it`),
});
export type MarkAsk = z.infer<typeof MarkAsk>;

/** Controller -> page, within an event. */
export const Mark = z.object({
  /** Device time in s. */
  at_s: z.number(),
  note: z.string(),
  /** Who, as others may know it: `Engineer 2`. */
  by: z.string(),
});
export type Mark = z.infer<typeof Mark>;
