/** Who sits at a page, as far as others may know. */
import { z } from 'zod';

/** In ascending order of what they may do: see, operate, change what protects the machine. */
export const ROLES = ['viewer', 'operator', 'engineer'] as const;
export const Role = z.enum(ROLES);
export type Role = z.infer<typeof Role>;

export const Person = z.object({
  role: Role,
  /** Short public name of the session, the same after a reload; it opens nothing. */
  session: z.string().min(1).max(32),
});
export type Person = z.infer<typeof Person>;
