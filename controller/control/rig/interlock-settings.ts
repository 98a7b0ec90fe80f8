/** How a rig file speaks of the interlock table: a built-in row tuned, or a row of its own (the one with `when`). */
import { z } from 'zod';
import { State } from '../../wire/messages.ts';

const common = {
  key: z.string().regex(/^[a-z][a-z0-9_]{2,39}$/, 'a name of 3 to 40 small letters, digits and _'),
  action: z.enum(['warn', 'hold', 'stop', 'abort']),
  /** How long the condition must last before anything follows. */
  debounce_ms: z.int().min(0).max(60_000),
  /** How long it must be gone before it counts as gone. */
  off_delay_ms: z.int().min(0).max(60_000),
  /** Stays listed until a person acknowledges it with CLEAR or RESET. */
  latched: z.boolean(),
};

const Tuned = z.strictObject({
  key: common.key,
  action: common.action.optional(),
  debounce_ms: common.debounce_ms.optional(),
  off_delay_ms: common.off_delay_ms.optional(),
  latched: common.latched.optional(),
});

const Own = z.strictObject({
  key: common.key,
  /** A condition over channels, see sim/config/expression.ts. */
  when: z.string().min(1).max(200),
  action: common.action,
  debounce_ms: common.debounce_ms.default(0),
  off_delay_ms: common.off_delay_ms.default(0),
  latched: common.latched.default(true),
  /** States in which the row applies; all of them where it is left out. */
  states: z.array(State).min(1).optional(),
  /** An engineer may bypass it for a while. */
  bypassable: z.boolean().default(false),
  /** What people are told: the likely cause, and what to do. */
  cause: z.string().min(5).max(200),
  remedy: z.string().min(5).max(200),
});

export type TunedInterlock = z.infer<typeof Tuned>;
export type OwnInterlock = z.infer<typeof Own>;
/** `when` tells which one it is, so that a wrong key is named and not "no variant fits". */
export const InterlockSettings = z
  .looseObject({ key: z.unknown(), when: z.unknown().optional() })
  .transform((given, context): TunedInterlock | OwnInterlock => {
    const parsed = (given.when === undefined ? Tuned : Own).safeParse(given);
    if (parsed.success) return parsed.data;
    for (const issue of parsed.error.issues) context.issues.push({ ...issue, input: given } as never);
    return z.NEVER;
  });
