/** Presets: one YAML file a machine, every value with unit, status, source and range; parsed once, strictly, frozen. */
import type { BankConfig, DeviceConfig, Preset, Provenance } from './device-config.ts';
import { USUAL_LAYOUT, resolveLayout } from './layout.ts';
import { BANK_GROUPS, type BankGroupKey, type GroupKey, PARAMETERS } from './parameters/index.ts';
import type { NumberParameter, Parameter } from './parameters/parameter.ts';
import { type Entry, PresetFile } from './preset-schema.ts';
import { UserError, readChoice, readQuantity } from './quantity.ts';
import { type LinedFile, readYaml } from './yaml-lines.ts';

export interface PresetOptions {
  /** User values by key: `frequency`, `recipe.frequency`, or `bank.outer_diameter` for one bank. */
  readonly overrides?: ReadonlyMap<string, string>;
  /** The group meant by a bare key that stands in several. */
  readonly prefer?: GroupKey;
  /** Text of the file at a path, for `extends`; undefined where there is none. */
  readonly read?: (path: string) => string | undefined;
}

interface Given {
  readonly entry: Entry;
  /** "file:line" */
  readonly where: string;
}

/** What a file and those it extends say, by "group.key", and by "bank.group.key" for single banks. */
interface Merged {
  readonly head: Omit<PresetFile, 'extends' | 'parameters'>;
  readonly entries: ReadonlyMap<string, Given>;
  /** Of the file that has the layout. */
  readonly layoutAt: LinedFile<unknown>['where'];
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
  const provenance: Record<string, Provenance> = {};

  const shared: Record<string, Record<string, number | string>> = {};
  const read = (name: string, parameter: Parameter, usual: () => number | string): number | string => {
    const given = entries.get(name);
    const change = changes.get(name);
    const own = given === undefined ? usual() : readEntry(name, parameter, given);
    if (given !== undefined) provenance[name] = origin(name, parameter, given);
    return change === undefined ? own : readValue(change.key, parameter, change.value);
  };
  for (const group of Object.keys(PARAMETERS) as GroupKey[]) {
    shared[group] = {};
    for (const [key, parameter] of Object.entries<Parameter>(PARAMETERS[group])) {
      const name = `${group}.${key}`;
      shared[group][key] = read(name, parameter, () => {
        provenance[name] = { status: 'assumed', note: 'default of the program' };
        if (parameter.kind === 'number' && parameter.sameAs !== undefined) {
          const [otherGroup, otherKey] = parameter.sameAs.split('.');
          return shared[otherGroup][otherKey];
        }
        if (parameter.default !== undefined) return readValue(name, parameter, String(parameter.default));
        throw new UserError(`${fileName}: ${name} is missing; ${parameter.help}.`);
      });
    }
  }
  const banks = bankNames.map((bank) => {
    const own: Record<string, Record<string, number | string>> = {};
    for (const group of BANK_GROUPS) {
      own[group] = {};
      for (const [key, parameter] of Object.entries<Parameter>(PARAMETERS[group])) {
        own[group][key] = read(`${bank}.${group}.${key}`, parameter, () => shared[group][key]);
      }
    }
    return { name: bank, ...own } as unknown as BankConfig;
  });
  const layout = resolveLayout(file, banks, (path) => layoutAt(['layout', ...path]));
  const { key, title, source, claim, targets = [] } = head;
  if (key === undefined || title === undefined || source === undefined || claim === undefined)
    throw new UserError(`${fileName}: a preset needs key, title, source and claim at its top.`);
  return deepFreeze({
    key,
    title,
    source,
    claim,
    targets,
    device: { ...shared, layout } as unknown as DeviceConfig,
    provenance,
  });
}

/** Lays the file over those that it extends. */
function merge(
  text: string,
  fileName: string,
  read: PresetOptions['read'],
  above: readonly string[] = [],
): Merged {
  const { value, where } = readYaml(text, fileName, PresetFile);
  const { extends: bases = [], parameters, ...own } = value;
  let head: Merged['head'] = {};
  let layoutAt: Merged['layoutAt'] = where;
  const entries = new Map<string, Given>();
  for (const base of typeof bases === 'string' ? [bases] : bases) {
    const path = joinPath(fileName, base);
    const line = where(['extends']);
    if (above.includes(path)) throw new UserError(`${line}: ${base} extends this file in turn.`);
    const baseText = read?.(path);
    if (baseText === undefined)
      throw new UserError(`${line}: there is no file ${path} to extend; give its path relative to this one.`);
    const under = merge(baseText, path, read, [...above, fileName]);
    head = { ...head, ...under.head };
    if (under.head.layout) layoutAt = under.layoutAt;
    for (const [name, given] of under.entries) entries.set(name, given);
  }
  if (own.layout) {
    layoutAt = where;
    for (const [bank, groups] of Object.entries(own.layout.banks))
      collect(entries, groups ?? {}, `${bank}.`, (path) => where(['layout', 'banks', bank, ...path]));
  }
  collect(entries, parameters, '', (path) => where(['parameters', ...path]));
  const defined = Object.fromEntries(Object.entries(own).filter(([, part]) => part !== undefined));
  return { head: { ...head, ...defined }, entries, layoutAt };
}

function collect(
  into: Map<string, Given>,
  groups: Readonly<Record<string, unknown>>,
  prefix: string,
  where: (path: readonly string[]) => string,
): void {
  for (const [group, table] of Object.entries(groups)) {
    for (const [key, entry] of Object.entries((table ?? {}) as Record<string, Entry | undefined>)) {
      if (entry) into.set(`${prefix}${group}.${key}`, { entry, where: where([group, key]) });
    }
  }
}

/** "presets/a.yaml" and "../alloys/b.yaml" make "alloys/b.yaml". */
function joinPath(file: string, relative: string): string {
  if (relative.startsWith('/')) return relative;
  const steps = file.split('/').slice(0, -1);
  for (const step of relative.split('/')) {
    if (step === '..' && steps.length > 0 && steps.at(-1) !== '..') steps.pop();
    else if (step !== '.') steps.push(step);
  }
  return steps.join('/');
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

interface Change {
  /** As the user wrote it. */
  readonly key: string;
  readonly value: string;
}

/** User keys by "group.key" or "bank.group.key". A shared key changes every bank that has no value of its own. */
function resolveOverrides(
  overrides: ReadonlyMap<string, string>,
  prefer: GroupKey,
  banks: readonly string[],
): Map<string, Change> {
  const resolved = new Map<string, Change>();
  for (const [key, value] of overrides) resolved.set(resolveKey(key, prefer, banks), { key, value });
  return resolved;
}

function resolveKey(key: string, prefer: GroupKey, banks: readonly string[]): string {
  const steps = key.split('.');
  const bank = steps.length > 1 && banks.includes(steps[0]) ? steps.shift() : undefined;
  const groups = bank === undefined ? (Object.keys(PARAMETERS) as GroupKey[]) : [...BANK_GROUPS];
  const leaf = steps.at(-1) ?? '';
  const found = groups.filter((g) => (steps.length === 1 || g === steps[0]) && leaf in PARAMETERS[g]);
  if (found.length > 0 && steps.length <= 2) {
    const group = found.includes(prefer as BankGroupKey) ? prefer : found[0];
    return `${bank === undefined ? '' : `${bank}.`}${group}.${leaf}`;
  }
  const all = [...new Set(groups.flatMap((g) => Object.keys(PARAMETERS[g])))];
  const near = all.filter((k) => leaf !== '' && (k.includes(leaf) || leaf.includes(k)));
  throw new UserError(
    near.length > 0
      ? `${key} is not a parameter; did you mean ${near.join(', ')}?`
      : `${key} is not a parameter; allowed are ${all.join(', ')}.`,
  );
}

function deepFreeze<T extends object>(value: T): T {
  for (const child of Object.values(value))
    if (typeof child === 'object' && child !== null) deepFreeze(child);
  return Object.freeze(value);
}
