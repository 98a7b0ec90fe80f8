/** The shape of a preset file, stated once: what the parser accepts, and the schema that editors complete from. */
import { z } from 'zod';
import { STATUSES, STROKES } from './device-config.ts';
import { BANK_GROUPS, type GroupKey, PARAMETERS } from './parameters/index.ts';
import type { Parameter } from './parameters/parameter.ts';
import { allowedRange } from './quantity.ts';
import { ROLES } from './target.ts';

const Quantity = z.union([z.string(), z.number()]);
const Source = z.string().describe('key in fixtures/bibliography.yaml');

/** A value with where it comes from and how far it may be off. */
export const Entry = z.strictObject({
  value: Quantity,
  status: z.enum(STATUSES).describe('published and derived rest on a source; fitted and assumed do not'),
  source: Source.optional(),
  range: z.tuple([Quantity, Quantity]).optional().describe('prior range, around the value, in its unit'),
  note: z.string().optional(),
});
export type Entry = z.infer<typeof Entry>;

const entryOf = (parameter: Parameter) =>
  parameter.kind === 'choice'
    ? Entry.extend({ value: z.enum(parameter.options) }).describe(parameter.help)
    : Entry.describe(`${parameter.help}; ${allowedRange(parameter)}`);

/** Entries of a group, each optional: another file may give it, or its default. */
const groupOf = (group: GroupKey) =>
  z.strictObject(
    Object.fromEntries(
      Object.entries<Parameter>(PARAMETERS[group]).map(([key, p]) => [key, entryOf(p).optional()]),
    ),
  );
const groups = (keys: readonly GroupKey[]) =>
  Object.fromEntries(keys.map((key) => [key, groupOf(key).optional()]));

const Name = z.string().regex(/^[a-z][a-z0-9-]*$/, 'a name is lower-case letters, digits and dashes');

const Blow = z.strictObject({
  name: Name,
  path: z
    .array(z.string())
    .min(2)
    .optional()
    .describe(
      'reservoir, banks, reservoir: [cold, a, b, hot]; a bank runs from its cold to its hot end, "-a" the other way',
    ),
  loop: z
    .array(z.string())
    .min(1)
    .optional()
    .describe('banks of a loop that closes on itself, instead of path: [a, -b]'),
  train: z.number().int().min(1).default(1).describe('the train whose stroke it follows, from 1'),
  after: z.enum(STROKES),
  opens: z
    .number()
    .min(0)
    .max(0.95)
    .optional()
    .describe(
      'share of the period from the start of that stroke to its opening; without it: the end of the stroke',
    ),
  lasts: z
    .number()
    .min(0.005)
    .max(0.95)
    .optional()
    .describe('share of the period it lasts; without it recipe.blow_duty'),
  flow: z.number().min(0.001).max(100).default(1).describe('its flow as a multiple of recipe.blow_flow'),
});

export const LayoutFile = z.strictObject({
  status: z.enum(STATUSES),
  source: Source.optional(),
  note: z.string().optional(),
  banks: z
    .record(Name, z.union([z.null(), z.strictObject(groups(BANK_GROUPS))]))
    .describe('sets of like cells, and what each says differently from the parameters of the device'),
  trains: z
    .array(
      z.strictObject({
        banks: z.array(z.string()).min(1),
        phase: z
          .number()
          .min(0)
          .lt(1)
          .default(0)
          .describe('share of the period by which it is loaded later than the first'),
      }),
    )
    .min(1)
    .describe('cells under one force'),
  shared_drive: z
    .boolean()
    .default(true)
    .describe('one drive moves all trains: what one gives back another may take'),
  blows: z.array(Blow).min(1),
});
export type LayoutFile = z.infer<typeof LayoutFile>;

export const PresetFile = z.strictObject({
  extends: z
    .union([z.string(), z.array(z.string())])
    .optional()
    .describe('files whose values lie under those of this one, relative to it'),
  key: z.string().optional(),
  title: z.string().optional(),
  source: Source.optional(),
  claim: z
    .string()
    .optional()
    .describe('what kind of agreement with published figures this preset can claim'),
  targets: z
    .array(
      z.strictObject({
        quantity: z
          .string()
          .describe('a key of the result of simulate or another measure of validate; ends in its unit'),
        value: z.string().describe('with its unit; "at least 60 W" is a bound'),
        plus_minus: z
          .string()
          .optional()
          .describe('range of the figure, "3 W" or "5 %"; without it half a unit of its last digit'),
        role: z
          .enum(ROLES)
          .optional()
          .describe('whether the model is conditioned on it, or held against it; without it neither'),
        met_by: z
          .string()
          .optional()
          .describe('calibration: the parameter ("group.key") moved until it is met; without it, a filter'),
        source: Source.optional(),
        sure: z
          .enum(['T', 'P', '2', 'M', 'D'])
          .optional()
          .describe('how sure the figure is, where that differs from its source'),
        at: z
          .record(z.string(), z.string())
          .optional()
          .describe(
            'values in place of those of the preset, where the figure belongs to another operating point',
          ),
        met_within: z
          .number()
          .min(0)
          .max(1)
          .optional()
          .describe('share within which the preset meets the figure; without it nothing is claimed'),
        note: z.string(),
      }),
    )
    .optional()
    .describe('figures the machine was fitted to, or can be held against'),
  layout: LayoutFile.optional(),
  parameters: z.strictObject(groups(Object.keys(PARAMETERS) as GroupKey[])).default({}),
});
export type PresetFile = z.infer<typeof PresetFile>;

/** JSON Schema of preset files, for editors. */
export function presetJsonSchema(): unknown {
  return z.toJSONSchema(PresetFile, { io: 'input', reused: 'ref' });
}
