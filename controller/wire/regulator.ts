/** What a page may ask of the regulator, and what it is told of it. */
import { z } from 'zod';

/** Who decides how much the machine cools. */
export const RegulatorMode = z.enum(['thermostat', 'pid', 'mpc', 'seek', 'manual', 'autotune']);
export type RegulatorMode = z.infer<typeof RegulatorMode>;

/** A mode; a relay test, begun or given up; or what the last relay test found, put into use. */
export const RegulateAction = z.enum([
  'thermostat',
  'pid',
  'mpc',
  'seek',
  'manual',
  'autotune',
  'cancel_autotune',
  'use_tuning',
]);
export type RegulateAction = z.infer<typeof RegulateAction>;

export const RegulatorReport = z.object({
  mode: RegulatorMode,
  manipulated: z.enum(['frequency_Hz', 'blow_flow_kg_per_s']),
  /** Of output, lowest, highest and feedForward: Hz or kg/s. */
  unit: z.string(),
  output: z.number(),
  lowest: z.number(),
  highest: z.number(),
  /** The house, mean over whole cycles; null before the first. */
  meanC: z.number().nullable(),
  /** What the model expects to be needed; null where it is not in use. */
  feedForward: z.number().nullable(),
  /** How far a relay test is, or what the last one came to. */
  note: z.string().nullable(),
  /** What may be in charge; without it thermostat, pid and manual. */
  offered: z.array(RegulatorMode).optional(),
  /** The last relay test gave a tuning that can be put into use. */
  hasTuning: z.boolean(),
});
export type RegulatorReport = z.infer<typeof RegulatorReport>;
