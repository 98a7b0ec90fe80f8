/** Reads a curve where the pointer is. */
import type { Ring } from './ring.ts';

/** The value in force at `timeS`: of the last row at or before it; NaN in a gap and beyond the newest row. */
export function readAt(ring: Ring, column: number, timeS: number, freshS: number): number {
  const after = ring.firstAtOrAfter(timeS);
  const exact = after < ring.length && ring.times[ring.slot(after)] === timeS;
  const age = exact ? after : after - 1;
  if (age < 0 || timeS - ring.times[ring.slot(age)] > freshS) return Number.NaN;
  return ring.value(column, age);
}

/** The newest value; NaN where there is none. */
export const newest = (ring: Ring, column: number): number =>
  ring.length === 0 ? Number.NaN : ring.value(column, ring.length - 1);
