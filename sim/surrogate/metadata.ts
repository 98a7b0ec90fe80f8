/** What a model file says of itself beside its weights, in the `userDefinedMetadata` of a TensorFlow.js layers model. */
import { z } from 'zod';
import { WAYS } from './encoding.ts';

const Range = z.strictObject({ name: z.string(), unit: z.string(), low: z.number(), high: z.number() });

const Worst = z.strictObject({
  error_percent: z.number(),
  told: z.number(),
  truth: z.number(),
  at: z.record(z.string(), z.number()),
});

export const OutputErrors = z.strictObject({
  name: z.string(),
  rows: z.int(),
  median_error_percent: z.number().nullable(),
  p99_error_percent: z.number().nullable(),
  worst: z.array(Worst),
});
export type OutputErrors = z.infer<typeof OutputErrors>;

export const Score = z.strictObject({
  rows: z.int().describe('that were looked at'),
  refused_percent: z.number().describe('share of them outside the validity domain'),
  outputs: z.array(OutputErrors),
});
export type Score = z.infer<typeof Score>;

export const Metadata = z.strictObject({
  format: z.literal('elastocool-surrogate-1'),
  machine: z.string(),
  claim: z.string(),
  /** Text of the study whose points it learned; '' where the file of the sweep did not say. */
  study: z.string().default(''),
  /** Of the study, and of the program that computed its points. */
  study_hash: z.string(),
  engine: z.string(),
  inputs: z.array(Range).min(1),
  /** What the network is given, in this order: (feature − mean) / deviation. */
  features: z
    .array(
      z.strictObject({
        name: z.string(),
        powers: z.record(z.string(), z.number()),
        logarithm: z.boolean(),
        mean: z.number(),
        deviation: z.number(),
      }),
    )
    .min(1),
  /** What its units give, in this order. */
  outputs: z
    .array(
      z.strictObject({
        name: z.string(),
        unit: z.string(),
        way: z.enum(WAYS),
        scale: z.number(),
        floor: z.number(),
      }),
    )
    .min(1),
  domain: z.strictObject({ kept: z.array(z.number()), reach: z.number() }),
  training: z.strictObject({
    rows: z.int(),
    seed: z.int(),
    /** After which the weights that were kept were found. */
    steps: z.int(),
    /** Where a signal ended the training: after which step of how many that were asked for. */
    stopped: z.strictObject({ at_step: z.int(), of_steps: z.int() }).optional(),
    feature_set: z.string(),
    backend: z.string(),
  }),
  held_out: Score,
});
export type Metadata = z.infer<typeof Metadata>;
