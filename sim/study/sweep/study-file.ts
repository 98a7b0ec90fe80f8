/**
 * The file of a study: a machine, what of it is varied and how, what must hold, what is kept. The same file runs on a
 * laptop and on a cluster.
 */
import { z } from 'zod';

const Quantity = z.union([z.string(), z.number()]);

const Values = z
  .strictObject({
    values: z.array(Quantity).min(1).describe('these values, each with its unit; words for a choice'),
  })
  .describe('a list: every value with every other of the grid');

const Range = z
  .strictObject({
    from: Quantity.describe('lower end, with its unit'),
    to: Quantity.describe('upper end, with its unit'),
    points: z
      .int()
      .min(2)
      .max(10_000)
      .optional()
      .describe('so many values from end to end, a grid; without it the range is sampled'),
    spacing: z.enum(['linear', 'log']).default('linear'),
    likely: Quantity.optional().describe(
      'the likeliest value of a sampled range: triangular; without it uniform',
    ),
  })
  .describe('a grid, or a range that is sampled');

const Factor = z.union([
  z.literal('prior').describe('sampled from the range that the preset states, its value the likeliest'),
  Values,
  Range,
]);

const Objective = z
  .union([
    z.strictObject({ maximize: z.string().min(1), title: z.string().min(1).optional() }),
    z.strictObject({ minimize: z.string().min(1), title: z.string().min(1).optional() }),
  ])
  .describe('a number over parameters and results: "cooling_power_W", "loading_power_W + pump_power_W"');

const Seed = z
  .int()
  .min(0)
  .max(2 ** 31)
  .default(1);

const Optimize = z
  .strictObject({
    evaluations: z
      .int()
      .min(8)
      .max(1_000_000)
      .default(2000)
      .describe(
        'operating points to spend; with uncertain parameters a design takes as many as there are samples',
      ),
    population: z
      .int()
      .min(4)
      .max(1000)
      .multipleOf(2)
      .default(40)
      .describe('designs of a generation; an even number'),
    seed: Seed,
  })
  .describe('how the best designs are looked for');

const Robust = z
  .strictObject({
    samples: z
      .int()
      .min(2)
      .max(10_000)
      .default(32)
      .describe('of the uncertain parameters, the same for all designs'),
    assured: z
      .number()
      .gt(0)
      .max(1)
      .optional()
      .describe('an objective is what is reached in this share of the samples; without it their mean'),
    constraints_hold: z
      .number()
      .gt(0)
      .max(1)
      .default(0.95)
      .describe('each constraint must hold in at least this share of the samples'),
  })
  .describe('how designs are judged under what is uncertain');

export const SAMPLERS = ['sobol', 'latin-hypercube'] as const;

export const StudyFile = z.strictObject({
  machine: z.string().min(1).describe('key of a preset, or the path of a file of your own beside this one'),
  title: z.string().default(''),
  set: z.record(z.string(), Quantity).default({}).describe('what differs from the machine at every point'),
  vary: z
    .record(z.string(), Factor)
    .refine((vary) => Object.keys(vary).length > 0, 'name at least one parameter to vary')
    .describe('parameters by name, recipe.frequency or frequency'),
  sample: z
    .strictObject({
      method: z.enum(SAMPLERS).default('sobol'),
      points: z.int().min(1).max(1_000_000),
      seed: Seed,
    })
    .optional()
    .describe('how the ranges without points are sampled'),
  constraints: z
    .array(z.string())
    .max(50)
    .default([])
    .describe(
      'what must hold, over parameters and results with their units: "outer_diameter_mm - 2 * wall_thickness_mm > 3". Points that miss one over parameters are not computed; those over results are told in constraints_met',
    ),
  objectives: z
    .array(Objective)
    .min(1)
    .max(4)
    .optional()
    .describe('what optimize makes large or small; with several it finds all that are best in their trade'),
  optimize: Optimize.prefault({}),
  uncertain: z
    .record(z.string(), Factor)
    .default({})
    .describe('parameters that optimize cannot choose, each with its range or its prior'),
  robust: Robust.prefault({}),
  outputs: z
    .array(z.string())
    .min(1)
    .optional()
    .describe('results to keep, named as simulate --json names them'),
  tolerance_K: z.number().min(1e-9).max(1).default(1e-3).describe('how close to the cyclic steady state, K'),
});
export type StudyFile = z.infer<typeof StudyFile>;
export type FactorFile = z.infer<typeof Factor>;

/** For editors that complete and check YAML. */
export const studyJsonSchema = (): object => z.toJSONSchema(StudyFile, { io: 'input' });
