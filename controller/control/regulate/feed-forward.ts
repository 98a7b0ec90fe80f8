/**
 * What the model expects the machine to need: a small table over outdoor temperature and set-point, computed once
 * beside the control loop. Both are given from outside, so the table closes no loop of its own.
 */
import { z } from 'zod';
import { MachineOutlook } from './predict/outlook.ts';

const ascending = (values: readonly number[]) => values.every((value, i) => i === 0 || value > values[i - 1]);

export const FeedForwardTable = z
  .object({
    manipulated: z.enum(['frequency_Hz', 'blow_flow_kg_per_s']),
    setpoint_C: z.array(z.number()).min(2).max(64).refine(ascending),
    outdoor_C: z.array(z.number()).min(2).max(64).refine(ascending),
    /** Shape [setpoint][outdoor]. */
    output_U: z.array(z.array(z.number())),
    /** Between these temperature lifts the machine cools most at these outputs; above them it cools less again. */
    lift_K: z.array(z.number()).min(2).max(64).refine(ascending),
    most_U: z.array(z.number()),
    /** For a regulator that looks ahead; takes longer, and so comes later. */
    outlook: MachineOutlook.optional(),
  })
  .refine(
    ({ setpoint_C, outdoor_C, output_U, lift_K, most_U }) =>
      output_U.length === setpoint_C.length &&
      output_U.every((row) => row.length === outdoor_C.length) &&
      most_U.length === lift_K.length,
    'the table is not as large as its axes',
  );
export type FeedForwardTable = z.infer<typeof FeedForwardTable>;

/** What holds this set-point at this outdoor temperature, U; null where one of them is not a number. */
export function expectedOutput(table: FeedForwardTable, setpoint: number, outdoor: number): number | null {
  const s = place(table.setpoint_C, setpoint);
  const o = place(table.outdoor_C, outdoor);
  if (s === null || o === null) return null;
  return along(
    s,
    table.output_U.map((row) => along(o, row)),
  );
}

/** The output at which the machine cools most at this lift, U; null where the lift is not a number. */
export function mostUsefulOutput({ lift_K, most_U }: FeedForwardTable, lift: number): number | null {
  const at = place(lift_K, lift);
  return at === null ? null : along(at, most_U);
}

interface Place {
  readonly at: number;
  readonly share: number;
}

const along = ({ at, share }: Place, row: readonly number[]): number =>
  row[at] * (1 - share) + row[at + 1] * share;

/** Linear between the points of an axis, at its edge beyond it. */
function place(axis: readonly number[], value: number): Place | null {
  if (!Number.isFinite(value)) return null;
  const found = axis.findIndex((edge) => edge >= value);
  const at = Math.min(axis.length - 2, Math.max(0, (found < 0 ? axis.length : found) - 1));
  return { at, share: Math.min(1, Math.max(0, (value - axis[at]) / (axis[at + 1] - axis[at]))) };
}
