/** The machines of `fixtures`, bundled as text, and what the page must know to let a person change them. */
import { parse } from 'yaml';
import {
  type GroupKey,
  PARAMETERS,
  type Parameter,
  type Preset,
  UserError,
  machineByKey,
  machineKeys,
  toDisplay,
} from '../../sim/index.ts';
import type { Field, MachineCard, Question, Refusal } from './messages.ts';

// The bundler reads these options: they must be literals.
const FIXTURES = import.meta.glob<string>(
  ['../../fixtures/presets/*.yaml', '../../fixtures/alloys/*.yaml', '../../fixtures/bibliography.yaml'],
  { query: '?raw', import: 'default', eager: true },
);

/** Texts by their path in fixtures. */
const FILES = new Map(
  Object.entries(FIXTURES).map(([path, text]) => [path.slice(path.indexOf('fixtures/') + 9), text]),
);
/** The machine the page opens with, then the published ones, then the what-ifs. */
const FIRST = 'hkust-kilowatt-2025';
const rank = (key: string): number => (key === FIRST ? 0 : key.startsWith('what-if') ? 2 : 1);
const MACHINES = machineKeys(FILES).toSorted((a, b) => rank(a) - rank(b) || a.localeCompare(b));

/** The preset of a question. Throws UserError where a value or the machine does not exist or fit. */
export const loadMachine = ({ machine, changes }: Question): Preset => machineByKey(FILES, machine, changes);

export function describeMachines(): MachineCard[] {
  const sources = readSources();
  return MACHINES.map((key) => {
    const preset = loadMachine({ machine: key, changes: new Map() });
    return {
      key,
      title: preset.title,
      claim: preset.claim,
      source: sources.get(preset.source) ?? preset.source,
      fields: describeFields(preset, sources),
    };
  });
}

/** Sources in words, by key. */
function readSources(): ReadonlyMap<string, string> {
  const entries = parse(FILES.get('bibliography.yaml') ?? '') as Record<
    string,
    { text: string; doi?: string }
  >;
  return new Map(
    Object.entries(entries).map(([key, { text, doi }]) => [
      key,
      doi === undefined ? text : `${text}, doi ${doi}`,
    ]),
  );
}

/** The shared parameters, then those that a bank has a value of its own for. */
function describeFields(preset: Preset, sources: ReadonlyMap<string, string>): Field[] {
  const { device, provenance } = preset;
  const shared = Object.entries(PARAMETERS).flatMap(([group, table]) =>
    Object.entries<Parameter>(table).map(([key, parameter]) => {
      const values = device[group as GroupKey] as Readonly<Record<string, number | string>>;
      return describeField(group, `${group}.${key}`, parameter, values[key], preset, sources);
    }),
  );
  const own = Object.keys(provenance).flatMap((name) => {
    const [bank, group, key] = name.split('.');
    if (key === undefined) return [];
    const config = device.layout.banks.find((one) => one.name === bank) as unknown as Values;
    const table = PARAMETERS[group as GroupKey] as Readonly<Record<string, Parameter>>;
    return [describeField(`${bank}, ${group}`, name, table[key], config[group][key], preset, sources)];
  });
  return [...own, ...shared];
}

type Values = Readonly<Record<string, Readonly<Record<string, number | string>>>>;

function describeField(
  group: string,
  key: string,
  parameter: Parameter,
  value: number | string,
  { provenance }: Preset,
  sources: ReadonlyMap<string, string>,
): Field {
  const { status, source, note, range } = provenance[key];
  const described = {
    key,
    group,
    name: key.slice(key.lastIndexOf('.') + 1).replaceAll('_', ' '),
    help: parameter.help,
    status,
    ...(source === undefined ? {} : { source: sources.get(source) ?? source }),
    ...(note === undefined ? {} : { note }),
  };
  if (parameter.kind === 'choice')
    return { ...described, kind: 'choice', preset: String(value), options: parameter.options };
  const show = (si: number) => Number(toDisplay(parameter, si).toPrecision(8));
  const shown = show(value as number);
  const prior = range && ([show(range[0]), show(range[1])] as const);
  return {
    ...described,
    kind: 'number',
    preset: String(shown),
    unit: parameter.display === '1' ? '' : parameter.display,
    allowed: [show(parameter.min), show(parameter.max)],
    ...(prior ? { prior } : {}),
    whole: parameter.whole === true,
  };
}

/**
 * Which changes stand in the way, each with sim's own sentence. `error` is what the whole question ended with; it may
 * be about values that only do not fit together.
 */
export function explainRefusal({ machine, changes }: Question, error: UserError): Refusal[] {
  const single = [...changes].flatMap(([key, text]): Refusal[] => {
    try {
      loadMachine({ machine, changes: new Map([[key, text]]) });
      return [];
    } catch (own) {
      if (!(own instanceof UserError)) throw own;
      return [{ key, sentence: own.message }];
    }
  });
  return single.length > 0
    ? single
    : [{ key: spokenOf(error.message, [...changes.keys()]), sentence: error.message }];
}

/** The changed field a sentence like "blow_duty: 0.45 does not fit" is about, or one that it mentions. */
function spokenOf(sentence: string, keys: readonly string[]): string | null {
  const leafOf = (key: string) => key.slice(key.lastIndexOf('.') + 1);
  const subject = keys.find((key) => sentence.startsWith(`${leafOf(key)}:`));
  const mentioned = keys.find((key) => new RegExp(`\\b${leafOf(key)}\\b`).test(sentence));
  return subject ?? mentioned ?? null;
}
