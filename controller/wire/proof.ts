/** Proof tests on the page: what a person asks and answers, and what there is to see. */
import { z } from 'zod';

const id = z.int().nonnegative();
const note = z.string().max(300);
const ask = { type: z.literal('proof'), id };

/** Page -> controller. */
export const ProofAsk = z.discriminatedUnion('action', [
  /** These tests, in this order; `by`: the name that stands in the records. */
  z.strictObject({
    ...ask,
    action: z.literal('begin'),
    tests: z.array(z.string().max(40)).min(1).max(100),
    by: z.string().trim().min(2).max(60),
  }),
  /** The program looks for itself. */
  z.strictObject({ ...ask, action: z.literal('go') }),
  z.strictObject({ ...ask, action: z.literal('found'), outcome: z.enum(['pass', 'fail']), note }),
  z.strictObject({ ...ask, action: z.literal('skip'), note }),
  z.strictObject({ ...ask, action: z.literal('leave') }),
]);
export type ProofAsk = z.infer<typeof ProofAsk>;

const ProofTestShown = z.object({
  id: z.string(),
  title: z.string(),
  what: z.string(),
  /** Steps, in order. */
  how: z.array(z.string()),
  expected: z.string(),
  /** A person judges, or the program reads the device. */
  judge: z.enum(['person', 'program']),
  /** The program writes to the device, which trips. */
  writes: z.boolean(),
  intervalDays: z.number(),
  /** The last word on it on this device; null where there is none. */
  last: z
    .object({
      outcome: z.enum(['pass', 'fail', 'skipped']),
      /** Wall time, ISO 8601. */
      at: z.string(),
      by: z.string(),
      note: z.string(),
    })
    .nullable(),
  /** When it has to be passed again, wall time, ISO 8601; null where it has to be now. */
  dueAt: z.string().nullable(),
});
export type ProofTestShown = z.infer<typeof ProofTestShown>;

/** Controller -> page, on arrival and on every change. */
export const ProofMessage = z.object({
  type: z.literal('proof'),
  /** What the device says of itself; null while none answers. */
  device: z.string().nullable(),
  tests: z.array(ProofTestShown),
  /** Null where nobody tests. */
  walk: z
    .object({
      by: z.string(),
      /** The tests of this walk in order, and the place of the one at hand. */
      tests: z.array(z.string()),
      at: z.int(),
      /** It waits for a person, or for the device. */
      phase: z.enum(['asks', 'checks']),
    })
    .nullable(),
  /** What happened last, for people; empty before anything did. */
  sentence: z.string(),
});
export type ProofMessage = z.infer<typeof ProofMessage>;
