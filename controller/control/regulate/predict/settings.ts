/** The `mpc` part of a rig file's regulator: within what the model may move the recipe, and what it weighs. */
import { z } from 'zod';

const between = (value: z.ZodNumber) =>
  z
    .tuple([value, value])
    .refine(([low, high]) => low < high, 'the lower bound comes first')
    .readonly();

export const MpcSection = z.strictObject({
  frequency_Hz: between(z.number().min(0.05).max(10)),
  /** The upper bound is the fatigue limit: no plan strains the alloy further. */
  strain_percent: between(z.number().min(0.5).max(8)),
  /** Fluid that a blow moves, as a share of what the recipe of the rig file moves. */
  blow_share: between(z.number().min(0.1).max(4)),
  rate_Hz_per_s: z.number().positive().max(10),
  /** The strain is looked at so often, device time: each change leaves the watch over the cycles without a reference for 20 of them. */
  strain_hold_s: z.number().min(60).max(100_000),
  /** Set-point ± this is comfort; beyond it an error costs far more. */
  comfort_K: z.number().positive().max(3),
  /** The electricity that one squared kelvin of error is worth. */
  worth_W_per_K2: z.number().positive().max(1_000_000),
  horizon_s: z.number().min(60).max(20_000),
  /** A plan is made so often, from means over whole cycles at least this long, device time. */
  sample_s: z.number().min(1).max(600),
  /** A plan that took longer hands over to the PID. */
  most_solve_ms: z.number().min(1).max(50),
});
export type MpcSection = Readonly<z.infer<typeof MpcSection>>;
