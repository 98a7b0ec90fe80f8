/** The `model` section of a rig file: what of the residual is noise, what is the model's own error, what is an alarm. */
import { z } from 'zod';
import { MODELLED } from '../wire/channels.ts';

const Threshold = z.strictObject({
  /** Standard deviation of the residual from cycle to cycle, in the unit of the channel. */
  noise: z.number().positive(),
  /** How far off the model may be for good, in the same unit. */
  band: z.number().min(0),
});

export const ModelSection = z.strictObject({
  /** Cycles after a start or a new recipe in which machine and model settle: no residual, no alarm. */
  settle_cycles: z.int().min(1).max(1000),
  /**
   * The alarm comes when what goes beyond the band adds up to so many times the noise (CUSUM): higher is later and
   * surer. With independent noise at the very edge of the band the mean time between false alarms is 2·exp(h + 1.2)
   * cycles (Siegmund 1985): h = 15 is 20 million, 70 days at 3.5 Hz.
   */
  threshold: z.number().min(3).max(1000),
  /** Share of a new residual in the trend. */
  smoothing: z.number().min(0.001).max(1),
  /** Channels that are watched; the others are shown without an alarm. */
  channels: z.partialRecord(z.enum(MODELLED), Threshold),
});
export type ModelSection = z.infer<typeof ModelSection>;
