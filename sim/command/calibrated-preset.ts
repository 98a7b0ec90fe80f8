/** The preset file that a calibration leaves behind: the machine it began with, and what was fitted and set. */
import { readFileSync } from 'node:fs';
import { basename, dirname, relative, resolve } from 'node:path';
import { stringify } from 'yaml';
import type { Preset } from '../index.ts';
import { USUAL_LAYOUT } from '../config/layout.ts';
import { merge } from '../config/preset-merge.ts';
import { toDisplay } from '../config/quantity.ts';
import type { Changes } from '../config/parameters/parameter.ts';
import { parameterOf } from '../config/vary.ts';
import type { Calibration, CalibratedParameter } from '../study/calibration/result.ts';
import type { MeasurementTable } from '../study/calibration/measurement-table.ts';
import { inWords } from '../study/calibration/warnings.ts';

export interface CalibratedPreset {
  /** Path of the preset file it extends. */
  readonly base: string;
  readonly preset: Preset;
  /** What the user set, SI. */
  readonly set: Changes;
  readonly table: MeasurementTable;
  readonly result: Calibration;
}

/** Text of a file at the path `out`. Bank by bank, values go into the layout; all others under parameters. */
export function calibratedPresetText(
  out: string,
  { base, preset, set, table, result }: CalibratedPreset,
): string {
  const entries = new Map<string, string>();
  for (const [name, value] of Object.entries(set)) entries.set(name, setEntry(name, value, preset));
  for (const parameter of result.parameters)
    entries.set(parameter.name, fittedEntry(parameter, table, result));
  const toBase = relative(dirname(resolve(out)), resolve(base)).replaceAll('\\', '/');
  const key = basename(out).replace(/\.ya?ml$/, '');
  const names = result.parameters.map(({ name }) => name).join(', ');
  const claim = `Calibrated, not validated: ${names} fitted to ${table.values.length} rows of ${table.fileName}; all else as in ${preset.key}.`;
  return [
    '# Written by `elastocool calibrate`; what is not said here is as in the file that it extends.',
    `extends: ${JSON.stringify(toBase)}`,
    `key: ${JSON.stringify(key)}`,
    `title: ${JSON.stringify(`${preset.title}, calibrated to ${basename(table.fileName)}`)}`,
    `claim: ${JSON.stringify(claim)}`,
    '# the targets of the other file are not those of this machine',
    'targets: []',
    ...layoutLines(base, entries),
    'parameters:',
    ...groupLines([...entries].filter(([name]) => name.split('.').length === 2)),
    '',
  ].join('\n');
}

function fittedEntry(
  parameter: CalibratedParameter,
  { fileName }: MeasurementTable,
  { warnings }: Calibration,
): string {
  const { name, value, range, interval } = parameter;
  const [low, high] = interval.map(
    ({ value: end, end: how }) => `${inWords(name, end)}${how === 'crossed' ? '' : ' (open)'}`,
  );
  const doubts = warnings
    .filter(({ kind, parameters }) => DOUBTS.has(kind) && parameters.includes(name))
    .map(({ kind }) => `; ${kind}`);
  const note = `fitted to ${fileName}; 95 % interval ${low} to ${high}${[...new Set(doubts)].join('')}`;
  return entry(name, value, 'fitted', range, note);
}

const DOUBTS: ReadonlySet<string> = new Set([
  'not identifiable',
  'correlated',
  'ill-conditioned',
  'at bound',
]);

function setEntry(name: string, value: number | string, { provenance }: Preset): string {
  const note = 'given by --set when it was calibrated';
  if (typeof value === 'string') return `{ value: ${value}, status: assumed, note: ${JSON.stringify(note)} }`;
  const [low, high] = provenance[name]?.range ?? [value, value];
  return entry(name, value, 'assumed', [Math.min(low, value), Math.max(high, value)], note);
}

function entry(
  name: string,
  value: number,
  status: string,
  range: readonly [number, number],
  note: string,
): string {
  const [low, high] = range.map((end) => exactly(name, end));
  return `{ value: ${exactly(name, value)}, status: ${status}, range: [${low}, ${high}], note: ${JSON.stringify(note)} }`;
}

/** Ten digits: enough to find the fit again. */
function exactly(name: string, si: number): string {
  const parameter = parameterOf(name);
  if (parameter.kind === 'choice') return String(si);
  const unit = parameter.display === '1' ? '' : ` ${parameter.display}`;
  return `${Number(toDisplay(parameter, si).toPrecision(10))}${unit}`;
}

function groupLines(entries: readonly (readonly [string, string])[]): string[] {
  const groups = new Set(entries.map(([name]) => name.split('.')[0]));
  return [...groups].flatMap((group) => [
    `  ${group}:`,
    ...entries.flatMap(([name, text]) =>
      name.startsWith(`${group}.`) ? [`    ${name.split('.')[1]}: ${text}`] : [],
    ),
  ]);
}

/** The layout of the machine again, with the values of single banks in it; nothing where there are none. */
function layoutLines(base: string, entries: ReadonlyMap<string, string>): string[] {
  const own = [...entries].filter(([name]) => name.split('.').length === 3);
  if (own.length === 0) return [];
  const text = readFileSync(base, 'utf8');
  const { head } = merge(text, base, (path) => readFileSync(path, 'utf8'));
  const { banks, ...layout } = head.layout ?? USUAL_LAYOUT;
  const bankLines = Object.keys(banks).flatMap((bank) => {
    const ofBank = own.flatMap(([name, value]) =>
      name.startsWith(`${bank}.`) ? [[name.slice(bank.length + 1), value] as const] : [],
    );
    return [`    ${bank}:`, ...groupLines(ofBank).map((line) => `    ${line}`)];
  });
  return [
    'layout:',
    '  banks:',
    ...bankLines,
    ...stringify(layout)
      .trimEnd()
      .split('\n')
      .map((line) => `  ${line}`),
  ];
}
