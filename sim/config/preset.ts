/** Presets: one YAML file a machine, every value with unit, status, source and range; parsed once, strictly, frozen. */
import { LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import { type DeviceConfig, type Preset, type Provenance, STATUSES } from './device-config.ts';
import { type GroupKey, PARAMETERS, type Parameter } from './parameters.ts';
import { UserError, readQuantity } from './quantity.ts';

const Entry = z.strictObject({
  value: z.union([z.string(), z.number()]),
  status: z.enum(STATUSES),
  source: z.string().optional(),
  range: z.tuple([z.union([z.string(), z.number()]), z.union([z.string(), z.number()])]),
  note: z.string().optional(),
});
const File = z.strictObject({
  key: z.string(),
  title: z.string(),
  source: z.string(),
  claim: z.string(),
  targets: z.array(
    z.strictObject({
      quantity: z.string(),
      value: z.string(),
      source: z.string().optional(),
      note: z.string(),
    }),
  ),
  parameters: z.record(z.string(), z.record(z.string(), Entry)),
});

type Overrides = ReadonlyMap<string, string>;

/**
 * Parses a preset file. `overrides` are user values by key (`frequency` or `recipe.frequency`); a bare key that stands
 * in several groups means the one in `prefer`.
 * Throws UserError naming file, line or key, what was given and what is allowed.
 */
export function parsePreset(
  text: string,
  fileName: string,
  overrides: Overrides = new Map(),
  prefer: GroupKey = 'recipe',
): Preset {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const problem = document.errors[0];
  if (problem)
    throw new UserError(`${fileName}:${problem.linePos?.[0].line ?? '?'}: ${problem.message.split('\n')[0]}`);
  const parsed = File.safeParse(document.toJS());
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const path = issue.path.map(String);
    const node = document.getIn(path, true) as { range?: readonly number[] } | undefined;
    const line = node?.range ? lines.linePos(node.range[0]).line : '?';
    throw new UserError(`${fileName}:${line}: ${path.join('.') || 'file'}: ${issue.message}.`);
  }
  const { parameters, ...head } = parsed.data;
  const changes = resolveOverrides(overrides, prefer);
  const device: Record<string, Record<string, number>> = {};
  const provenance: Record<string, Record<string, Provenance>> = {};
  for (const [group, table] of Object.entries(PARAMETERS)) {
    device[group] = {};
    provenance[group] = {};
    for (const [key, parameter] of Object.entries<Parameter>(table)) {
      const name = `${group}.${key}`;
      const entry = parameters[group]?.[key];
      if (!entry) throw new UserError(`${fileName}: ${name} is missing; ${parameter.help}.`);
      const read = (given: string | number) => readQuantity(`${fileName}: ${name}`, parameter, String(given));
      const { value, range, ...origin } = entry;
      const own = read(value);
      const [low, high] = [read(range[0]), read(range[1])];
      if (own < low || own > high)
        throw new UserError(
          `${fileName}: ${name}: ${value} is outside its own range ${range[0]} to ${range[1]}.`,
        );
      const changed = changes.get(name);
      device[group][key] = changed === undefined ? own : readQuantity(key, parameter, changed);
      provenance[group][key] = { ...(origin as Omit<Provenance, 'range'>), range: [low, high] };
    }
    const unknown = Object.keys(parameters[group] ?? {}).find((key) => !(key in table));
    if (unknown)
      throw new UserError(
        `${fileName}: ${group}.${unknown} is not a parameter; known are ${Object.keys(table).join(', ')}.`,
      );
  }
  return deepFreeze({
    ...head,
    device: device as DeviceConfig,
    provenance: provenance as Preset['provenance'],
  });
}

/** Maps user keys to `group.key`. */
function resolveOverrides(overrides: Overrides, prefer: GroupKey): Map<string, string> {
  const resolved = new Map<string, string>();
  for (const [key, value] of overrides) resolved.set(resolveKey(key, prefer), value);
  return resolved;
}

function resolveKey(key: string, prefer: GroupKey): string {
  const groups = Object.keys(PARAMETERS) as GroupKey[];
  const [group, leaf] = key.includes('.') ? key.split('.', 2) : [undefined, key];
  const found = groups.filter((g) => (group === undefined || g === group) && leaf in PARAMETERS[g]);
  if (found.length > 0) return `${found.includes(prefer) ? prefer : found[0]}.${leaf}`;
  const all = groups.flatMap((g) => Object.keys(PARAMETERS[g]));
  const near = all.filter((k) => k.includes(leaf) || leaf.includes(k));
  const hint =
    near.length > 0
      ? `did you mean ${[...new Set(near)].join(', ')}?`
      : `allowed are ${[...new Set(all)].join(', ')}`;
  throw new UserError(`${key} is not a parameter; ${hint}${hint.endsWith('?') ? '' : '.'}`);
}

function deepFreeze<T extends object>(value: T): T {
  for (const child of Object.values(value))
    if (typeof child === 'object' && child !== null) deepFreeze(child);
  return Object.freeze(value);
}
