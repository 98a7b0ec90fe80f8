/** Which parameters are free, as a person asks for them; and what else was changed of the preset. */
import type { Preset } from '../../config/device-config.ts';
import { refuseIdle, resolveOverrides } from '../../config/overrides.ts';
import { BANK_GROUPS, type GroupKey } from '../../config/parameters/index.ts';
import type { NumberParameter } from '../../config/parameters/parameter.ts';
import { UserError, readQuantity } from '../../config/quantity.ts';
import type { Changes } from '../../config/parameters/parameter.ts';
import { parameterOf, vary } from '../../config/vary.ts';
import { valueOf } from './leans.ts';
import type { MeasurementTable } from './measurement-table.ts';
import type { CalibrationProblem, FitParameter } from './problem.ts';

/** The group that a bare key means, by what was measured. */
export function preferredGroup({ place }: Pick<MeasurementTable, 'place'>): GroupKey {
  if (place === null) return 'recipe';
  return place === 'house' ? 'room' : 'edge_box';
}

/**
 * Reads `blow_flow`, or with a range of its own `blow_flow=0.1..0.3 kg/s`.
 * @param asked one text a parameter
 * @param set names of the parameters that the user set
 * Throws UserError where one cannot be fitted to the table.
 */
export function parseFitParameters(
  asked: readonly string[],
  preset: Preset,
  table: MeasurementTable,
  set: readonly string[],
): FitParameter[] {
  const found: FitParameter[] = [];
  for (const text of asked) {
    const [key, range] = text.split('=').map((part) => part.trim());
    const banks = preset.device.layout.banks;
    const [name] = resolve(key, preset, preferredGroup(table));
    const label = `--fit ${key}`;
    const parameter = parameterOf(name);
    if (parameter.kind === 'choice')
      throw new UserError(
        `${label}: is a choice of words; try each with --set ${key}=${parameter.options[0]}.`,
      );
    if (parameter.whole)
      throw new UserError(
        `${label}: is a count, which cannot be moved by small steps; try values with --set ${key}=….`,
      );
    if (found.some((one) => one.name === name))
      throw new UserError(`${label}: is asked for twice; name it once.`);
    if (set.includes(name))
      throw new UserError(`${label}: is set by --set as well; leave out one of the two.`);
    const column = table.inputs.find((one) => one.name === name);
    if (column)
      throw new UserError(
        `${label}: stands in ${table.fileName} as column ${column.column}; what is measured cannot be fitted.`,
      );
    refuseElsewhere(label, name, table);
    const own = new Map(Object.entries(preset.provenance));
    refuseIdle(label, name, parameter, preset.device as never, banks, own);
    const [low, high] =
      range === undefined ? ownRange(label, name, preset, parameter) : readRange(label, range, parameter);
    found.push({ name, low, high });
  }
  return found;
}

function resolve(key: string, preset: Preset, prefer: GroupKey): string[] {
  const banks = preset.device.layout.banks.map(({ name }) => name);
  try {
    return [...resolveOverrides(new Map([[key, '']]), prefer, banks).keys()];
  } catch (error) {
    if (error instanceof UserError) throw new UserError(`--fit: ${error.message}`);
    throw error;
  }
}

/** Names of what a user set. */
export function resolveSet(
  set: ReadonlyMap<string, string>,
  preset: Preset,
  table: MeasurementTable,
): string[] {
  const banks = preset.device.layout.banks.map(({ name }) => name);
  return [...resolveOverrides(set, preferredGroup(table), banks).keys()];
}

function refuseElsewhere(label: string, name: string, { place, fileName }: MeasurementTable): void {
  const group = name.split('.').at(-2) ?? '';
  const isOfPlace = ['room', 'exchangers', 'edge_box'].includes(group);
  if (place === null && isOfPlace)
    throw new UserError(
      `${label}: has no effect on the operating points of ${fileName}; it needs a run in time (time_s and room_C, or box_C).`,
    );
  if (group === 'numerics')
    throw new UserError(
      `${label}: is a setting of the computation, not of the machine; it cannot be fitted.`,
    );
  if (place !== null && group === 'operation')
    throw new UserError(
      `${label}: has no effect on a run in time, in which the temperatures come out; fit what decides them.`,
    );
}

function ownRange(
  label: string,
  name: string,
  { provenance }: Preset,
  parameter: NumberParameter,
): readonly [number, number] {
  const range = provenance[name]?.range;
  const example = `--fit "${label.slice(6)}=low..high${parameter.display === '1' ? '' : ` ${parameter.display}`}"`;
  if (range === undefined)
    throw new UserError(`${label}: the preset gives no range to look in; give one with ${example}.`);
  if (range[0] === range[1])
    throw new UserError(
      `${label}: the preset holds it fixed; to fit it all the same, give a range with ${example}.`,
    );
  return range;
}

function readRange(label: string, text: string, parameter: NumberParameter): readonly [number, number] {
  const ends = text.split('..').map((end) => end.trim());
  if (ends.length !== 2 || ends.includes(''))
    throw new UserError(
      `${label}: "${text}" is not a range; write it like 0.1..0.3${parameter.display === '1' ? '' : ` ${parameter.display}`}.`,
    );
  // the unit may stand behind the second end only
  const unit = /^[+-]?[\d.]+(?:e[+-]?\d+)?(.*)$/i.exec(ends[1])?.[1] ?? '';
  const isBare = /^[+-]?[\d.]+(?:e[+-]?\d+)?$/i.test(ends[0]);
  const low = readQuantity(label, parameter, isBare ? ends[0] + unit : ends[0]);
  const high = readQuantity(label, parameter, ends[1]);
  if (!(low < high)) throw new UserError(`${label}: the range ${text} is empty; write its lower end first.`);
  return [low, high];
}

/** What `changed` has differently from `preset`, as changes to lay over it. */
export function differences(preset: Preset, changed: Preset): Changes {
  const names = Object.keys(changed.provenance).toSorted((a, b) => a.split('.').length - b.split('.').length);
  const banks = preset.device.layout.banks.map(({ name }) => name);
  const everywhere = [
    ...names,
    ...banks.flatMap((bank) =>
      names.flatMap((name) => (name.split('.').length === 2 && isOfBanks(name) ? [`${bank}.${name}`] : [])),
    ),
  ];
  let found: Changes = {};
  for (const name of everywhere) {
    const value = valueOf(changed, name);
    if (valueOf(vary(preset, found), name) !== value) found = { ...found, [name]: value };
  }
  return found;
}

const isOfBanks = (name: string): boolean => BANK_GROUPS.some((group) => name.startsWith(`${group}.`));

/**
 * Deviations of the measured values: those of the file, or the spread of each result about its mean, to which the
 * scatter is then taken to be in proportion.
 */
export function deviationsOf({
  values,
  outputs,
  deviations,
}: MeasurementTable): CalibrationProblem['deviations'] {
  if (deviations !== null) return deviations;
  const spread = outputs.map((_, k) => {
    const series = values.map((row) => row[k]);
    const mean = series.reduce((sum, v) => sum + v, 0) / series.length;
    const variance = series.reduce((sum, v) => sum + (v - mean) ** 2, 0) / Math.max(series.length - 1, 1);
    return Math.sqrt(variance) || Math.abs(mean) || 1;
  });
  return values.map(() => spread);
}

/** K; a run that begins further from the start of the model is another run. */
const SAME_START_K = 1;

/** Throws UserError where a run begins at another temperature than the model would. */
export function refuseOtherStart(
  { fileName, place, times_s, lines, outputs, values }: MeasurementTable,
  { device }: Preset,
): void {
  const controlled = outputs.indexOf(place === 'house' ? 'room_C' : 'box_C');
  if (place === null || times_s[0] > 0) return;
  const [begins, expected] = [values[0][controlled], device.room.initial_temperature - 273.15];
  if (Math.abs(begins - expected) <= SAME_START_K) return;
  throw new UserError(
    `${fileName}:${lines[0]}: column ${outputs[controlled]} begins at ${begins.toFixed(1)} °C, but the model at ${expected.toFixed(1)} °C; give the start with --set initial_temperature="${begins.toFixed(1)} degC" (and look at outdoor_temperature).`,
  );
}

/** Throws UserError where the table holds too little for so many parameters. */
export function refuseTooFew(
  { fileName, values, outputs, deviations }: MeasurementTable,
  parameters: readonly FitParameter[],
): void {
  const measured = values.length * outputs.length;
  const count = `${fileName}: ${measured} measured ${measured === 1 ? 'value' : 'values'} for ${parameters.length} ${parameters.length === 1 ? 'parameter' : 'parameters'}`;
  if (measured < parameters.length) throw new UserError(`${count}; measure at least as many, or fit fewer.`);
  if (measured === parameters.length && deviations === null)
    throw new UserError(
      `${count} leave nothing to estimate the scatter from; add rows, or a column ${outputs[0]}_sd with standard deviations.`,
    );
}
