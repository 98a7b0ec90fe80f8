/** The machines of `fixtures`, bundled as text, and what the page must know to let a person change them. */
import { parse } from 'yaml';
import {
  PARAMETERS,
  type Parameter,
  type Preset,
  UserError,
  parsePreset,
  toDisplay,
} from '../../sim/index.ts';
import type { Field, MachineCard, Question, Refusal } from './messages.ts';

// The bundler reads these options: they must be literals.
const PRESETS = import.meta.glob<string>('../../fixtures/presets/*.yaml', {
  query: '?raw',
  import: 'default',
  eager: true,
});
const [BIBLIOGRAPHY] = Object.values(
  import.meta.glob<string>('../../fixtures/bibliography.yaml', {
    query: '?raw',
    import: 'default',
    eager: true,
  }),
);

const keyOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1).replace('.yaml', '');
const FILES = new Map(Object.entries(PRESETS).map(([path, text]) => [keyOf(path), text]));

/** The preset of a question. Throws UserError where a value or the machine does not exist or fit. */
export function loadMachine({ machine, changes }: Question): Preset {
  const text = FILES.get(machine);
  if (text === undefined)
    throw new UserError(`there is no machine "${machine}"; known are ${[...FILES.keys()].join(', ')}.`);
  return parsePreset(text, `${machine}.yaml`, changes);
}

export function describeMachines(): MachineCard[] {
  const sources = readSources();
  return [...FILES.keys()].map((key) => {
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
  const entries = parse(BIBLIOGRAPHY) as Record<string, { text: string; doi?: string }>;
  return new Map(
    Object.entries(entries).map(([key, { text, doi }]) => [
      key,
      doi === undefined ? text : `${text}, doi ${doi}`,
    ]),
  );
}

function describeFields({ device, provenance }: Preset, sources: ReadonlyMap<string, string>): Field[] {
  const values: Readonly<Record<string, Readonly<Record<string, number>>>> = device;
  const origins: Readonly<Record<string, Preset['provenance'][keyof Preset['provenance']]>> = provenance;
  return Object.entries(PARAMETERS).flatMap(([group, table]) =>
    Object.entries<Parameter>(table).map(([key, parameter]): Field => {
      const { status, source, note, range } = origins[group][key];
      const show = (si: number) => Number(toDisplay(parameter, si).toPrecision(8));
      const value = show(values[group][key]);
      const prior = [show(range[0]), show(range[1])] as const;
      return {
        kind: 'number',
        key: `${group}.${key}`,
        group,
        name: key.replaceAll('_', ' '),
        help: parameter.help,
        preset: String(value),
        status,
        ...(source === undefined ? {} : { source: sources.get(source) ?? source }),
        ...(note === undefined ? {} : { note }),
        unit: parameter.display === '1' ? '' : parameter.display,
        allowed: [show(parameter.min), show(parameter.max)],
        prior,
        whole: parameter.unit === '' && parameter.max > 1 && [value, ...prior].every(Number.isInteger),
      };
    }),
  );
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
