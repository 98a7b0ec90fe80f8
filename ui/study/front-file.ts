/** The front that `elastocool optimize` writes, as the page reads it from a file in the hands of whoever looks at it. */
import { z } from 'zod';
import { addressOf } from '../address.ts';
import { changesCodec } from '../lab/setup.ts';

const Column = z.object({ column: z.string(), unit: z.string().nullable(), title: z.string() });
const Design = z.object({
  variables: z.array(z.union([z.number(), z.string()])),
  objectives: z.array(z.number()),
  outputs: z.array(z.number().nullable()),
  held_share: z.number(),
  set: z.record(z.string(), z.string()),
});

const FrontFile = z
  .object({
    kind: z.literal('elastocool-front'),
    version: z.literal(1),
    title: z.string(),
    machine: z.string(),
    is_preset: z.boolean(),
    claim: z.string(),
    judged: z.number(),
    feasible: z.number(),
    constraints: z.array(z.string()),
    robust: z
      .object({
        uncertain: z.array(z.string()),
        samples: z.number(),
        assured: z.number().nullable(),
        constraints_hold: z.number(),
      })
      .nullable(),
    variables: z.array(Column),
    objectives: z.array(Column.extend({ sense: z.enum(['maximize', 'minimize']) })),
    outputs: z.array(Column),
    designs: z.array(Design).min(1, 'it has no design').max(20_000),
  })
  .refine(
    ({ variables, objectives, outputs, designs }) =>
      designs.every(
        (one) =>
          one.variables.length === variables.length &&
          one.objectives.length === objectives.length &&
          one.outputs.length === outputs.length,
      ),
    'a design has not as many numbers as there are columns',
  );
export type Front = z.infer<typeof FrontFile>;
export type FrontDesign = Front['designs'][number];

/** The front of a file, or what is wrong with it in the words of the program. */
export function readFront(text: string): Front | string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return 'it is not JSON';
  }
  const parsed = FrontFile.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  return `${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`.trim();
}

/** Where the playground shows this very design; null for a machine, or a value of one bank, that it has no field for. */
export function playgroundLink({ machine, is_preset }: Front, { set }: FrontDesign): string | null {
  const isKnown = is_preset && Object.keys(set).every((key) => key.split('.').length === 2);
  if (!isKnown) return null;
  const changes = changesCodec.write(new Map(Object.entries(set)));
  return addressOf('study', { study: 'playground', preset: machine, set: changes });
}
