/** Presets: one YAML file a machine, every value with unit, status, source and range; parsed once, strictly, frozen. */
import type { BankConfig, DeviceConfig, Preset, Provenance } from './device-config.ts';
import { USUAL_LAYOUT, resolveLayout } from './layout.ts';
import { type Change, refuseIdle, resolveOverrides } from './overrides.ts';
import { BANK_GROUPS, type GroupKey, PARAMETERS } from './parameters/index.ts';
import type { NumberParameter, Parameter } from './parameters/parameter.ts';
import { type Given, type ReadText, merge } from './preset-merge.ts';
import type { PresetFile } from './preset-schema.ts';
import { UserError, readChoice, readQuantity } from './quantity.ts';
import { type Target, readTargetValue } from './target.ts';
import type { Changes } from './parameters/parameter.ts';
import { isParameter, parameterOf } from './vary.ts';

export interface PresetOptions {
  /** User values by key: `frequency`, `recipe.frequency`, or `bank.outer_diameter` for one bank. */
  readonly overrides?: ReadonlyMap<string, string>;
  /** The group meant by a bare key that stands in several. */
  readonly prefer?: GroupKey;
  /** For `extends`. */
  readonly read?: ReadText;
}

/**
 * Parses a preset file. Throws UserError naming file, line and key, what was given and what is allowed.
 * @param fileName path of the file, for messages and for `extends`
 */
export function parsePreset(text: string, fileName: string, options: PresetOptions = {}): Preset {
  const { head, entries, layoutAt } = merge(text, fileName, options.read);
  const file = head.layout ?? USUAL_LAYOUT;
  const bankNames = Object.keys(file.banks);
  const changes = resolveOverrides(options.overrides ?? new Map(), options.prefer ?? 'recipe', bankNames);
  const values = new Values(fileName, entries, changes);
  const shared: Record<string, Record<string, number | string>> = {};
  for (const group of Object.keys(PARAMETERS) as GroupKey[]) shared[group] = values.ofGroup(group, shared);
  const banks = bankNames.map((name) => {
    const own = BANK_GROUPS.map((group) => [group, values.ofBank(name, group, shared[group])]);
    return { name, ...Object.fromEntries(own) } as BankConfig;
  });
  for (const [name, { key, parameter }] of values.changed)
    refuseIdle(key, name, parameter, shared, banks, entries);
  const layout = resolveLayout(file, banks, (path) => layoutAt(['layout', ...path]));
  const { key, title, source, claim } = head;
  if (key === undefined || title === undefined || source === undefined || claim === undefined)
    throw new UserError(`${fileName}: a preset needs key, title, source and claim at its top.`);
  return deepFreeze({
    key,
    title,
    source,
    claim,
    targets: (head.targets ?? []).map((target) => readTarget(target, fileName, bankNames)),
    device: { ...shared, layout } as unknown as DeviceConfig,
    provenance: values.provenance,
  });
}

/**
 * The material group of a file alone: an alloy of fixtures/alloys, on which presets may rest.
 * Throws UserError naming file, line and key, what was given and what is allowed.
 */
export function parseAlloy(text: string, fileName: string): Pick<Preset, 'provenance'> & Alloy {
  const values = new Values(fileName, merge(text, fileName, undefined).entries, new Map());
  const material = values.ofGroup('material', {}) as unknown as Alloy['material'];
  return deepFreeze({ material, provenance: values.provenance });
}

type TargetEntry = NonNullable<PresetFile['targets']>[number];

function readTarget(entry: TargetEntry, fileName: string, banks: readonly string[]): Target {
  const { quantity, role, source, sure, note } = entry;
  const where = `${fileName}: targets`;
  const at = resolveOverrides(new Map(Object.entries(entry.at ?? {})), 'recipe', banks);
  const changes = [...at].map(([name, { key, value }]) => [
    name,
    readValue(`${where}: ${key}`, parameterOf(name), value),
  ]);
  const published = readTargetValue(quantity, entry.value, entry.plus_minus, where);
  if (published.bound !== null && (role === 'prediction' || entry.met_by !== undefined))
    throw new UserError(
      `${where}: ${quantity}: "${entry.value}" is a bound, which can neither be scored nor met; say role: consistency, or calibration without met_by.`,
    );
  if (entry.met_by !== undefined && !isParameter(entry.met_by))
    throw new UserError(`${where}: ${quantity}: met_by ${entry.met_by} is not a parameter ("group.key").`);
  return {
    quantity,
    ...published,
    role,
    metBy: entry.met_by,
    source,
    sure,
    at: Object.fromEntries(changes) as Changes,
    metWithin: entry.met_within,
    note,
  };
}

export type Alloy = Pick<DeviceConfig, 'material'>;

/** Values by name from what the files give, the user changes, and the defaults; notes where each came from. */
class Values {
  readonly provenance: Record<string, Provenance> = {};
  /** What the user changed, by name. */
  readonly changed = new Map<string, { readonly key: string; readonly parameter: Parameter }>();
  private readonly fileName: string;
  private readonly entries: ReadonlyMap<string, Given>;
  private readonly changes: ReadonlyMap<string, Change>;

  constructor(fileName: string, entries: ReadonlyMap<string, Given>, changes: ReadonlyMap<string, Change>) {
    this.fileName = fileName;
    this.entries = entries;
    this.changes = changes;
  }

  /** @param before groups that a default may refer to */
  ofGroup(
    group: GroupKey,
    before: Readonly<Record<string, Record<string, number | string>>>,
  ): Record<string, number | string> {
    return this.read(group, group, (name, parameter) => {
      this.provenance[name] = { status: 'assumed', note: 'default of the program' };
      if (parameter.kind === 'number' && parameter.sameAs !== undefined) {
        const [otherGroup, otherKey] = parameter.sameAs.split('.');
        return before[otherGroup][otherKey];
      }
      if (parameter.default !== undefined) return readValue(name, parameter, String(parameter.default));
      throw new UserError(`${this.fileName}: ${name} is missing; ${parameter.help}.`);
    });
  }

  ofBank(
    bank: string,
    group: GroupKey,
    shared: Readonly<Record<string, number | string>>,
  ): Record<string, number | string> {
    return this.read(`${bank}.${group}`, group, (_, __, key) => shared[key]);
  }

  private read(
    prefix: string,
    group: GroupKey,
    usual: (name: string, parameter: Parameter, key: string) => number | string,
  ): Record<string, number | string> {
    const read = Object.entries<Parameter>(PARAMETERS[group]).map(([key, parameter]) => {
      const name = `${prefix}.${key}`;
      const given = this.entries.get(name);
      const change = this.changes.get(name);
      const own = given === undefined ? usual(name, parameter, key) : readEntry(name, parameter, given);
      if (given !== undefined) this.provenance[name] = origin(name, parameter, given);
      if (change === undefined) return [key, own];
      const value = readValue(change.key, parameter, change.value);
      if (value !== own) this.changed.set(name, { key: change.key, parameter });
      return [key, value];
    });
    return Object.fromEntries(read) as Record<string, number | string>;
  }
}

function readValue(label: string, parameter: Parameter, text: string): number | string {
  return parameter.kind === 'choice'
    ? readChoice(label, parameter, text)
    : readQuantity(label, parameter, text);
}

function readEntry(name: string, parameter: Parameter, { entry, where }: Given): number | string {
  return readValue(`${where}: ${name}`, parameter, String(entry.value));
}

/** Provenance of an entry; its range is read, and must hold its value. */
function origin(name: string, parameter: Parameter, given: Given): Provenance {
  const { status, source, note, range, value } = given.entry;
  if ((status === 'published' || status === 'derived') && source === undefined)
    throw new UserError(`${given.where}: ${name} is said to be ${status}; name the source it rests on.`);
  if (parameter.kind === 'choice') return { status, source, note };
  if (range === undefined)
    throw new UserError(`${given.where}: ${name} has no range; say between what it may lie.`);
  const [low, high] = range.map((end) => readRangeEnd(name, parameter, given, end));
  const own = readEntry(name, parameter, given) as number;
  if (own < low || own > high)
    throw new UserError(
      `${given.where}: ${name}: ${value} is outside its own range ${range[0]} to ${range[1]}.`,
    );
  return { status, source, note, range: [low, high] };
}

const readRangeEnd = (name: string, parameter: NumberParameter, { where }: Given, end: string | number) =>
  readQuantity(`${where}: ${name}: range`, parameter, String(end));

function deepFreeze<T extends object>(value: T): T {
  for (const child of Object.values(value))
    if (typeof child === 'object' && child !== null) deepFreeze(child);
  return Object.freeze(value);
}
