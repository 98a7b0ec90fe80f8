/**
 * What every kind of study shares, be it swept, held for its sensitivity or optimised: the machine with what is set, what
 * is varied, what is kept, and the words of its expressions. Pure: the file's text in.
 */
import type { Preset } from '../../config/device-config.ts';
import { resolveOverrides } from '../../config/overrides.ts';
import type { Changes } from '../../config/parameters/parameter.ts';
import { UserError } from '../../config/quantity.ts';
import { type LinedFile, readYaml } from '../../config/yaml-lines.ts';
import type { MachineRef } from '../study.ts';
import { type Factor, readFactor } from './factor.ts';
import { type NamedParameter, namedParameters, valueOf } from './names.ts';
import { RESULTS, type Result, USUAL_RESULTS } from './results.ts';
import { StudyFile } from './study-file.ts';
import { type Constraint, type Words, studyWords } from './words.ts';

/** Points to be computed, by number. */
export interface PointSet {
  /** The machine with what is set for every point. */
  readonly preset: Preset;
  /** Points of the design, those that miss a constraint among them. */
  readonly designed: number;
  /** Numbers of the points to compute, ascending. */
  readonly indices: readonly number[];
  readonly toleranceK: number;
  readonly machineAt: (index: number) => MachineRef;
}

export interface StudyBase {
  readonly file: StudyFile;
  /** "file:line" of the value at a path. */
  readonly where: LinedFile<StudyFile>['where'];
  /** The machine with what is set. */
  readonly preset: Preset;
  /** What is set, as it was written, by "group.key" or "bank.group.key". */
  readonly set: Readonly<Record<string, string>>;
  readonly factors: readonly Factor[];
  /** What the study cannot choose. */
  readonly uncertain: readonly Factor[];
  /** Over `factors`, then `uncertain`. */
  readonly words: Words;
  readonly constraints: readonly Constraint[];
  readonly outputs: readonly Result[];
  /** The machine with values of factors, then of uncertain parameters. */
  readonly machineWith: (values: readonly (number | string)[]) => MachineRef;
}

export interface StudyOptions {
  readonly fileName: string;
  /** Reads the machine of a study with these values laid over it. Throws UserError. */
  readonly load: (machine: string, overrides: ReadonlyMap<string, string>) => Preset;
  /** The machine as it is asked for of workers. */
  readonly machineKey: (machine: string) => string;
}

/** Throws UserError with file and line, what was given and what is allowed. */
export function readStudyBase(text: string, { fileName, load, machineKey }: StudyOptions): StudyBase {
  const { value: file, where } = readYaml(text, fileName, StudyFile);
  const set = new Map(Object.entries(file.set).map(([key, value]) => [key, String(value)]));
  const preset = at(where(['set']), () => load(file.machine, set));
  const banks = preset.device.layout.banks.map(({ name }) => name);
  const known = namedParameters(preset.device);
  const resolved = [...resolveOverrides(set, 'recipe', banks)];
  const fixed: Changes = Object.fromEntries(resolved.map(([name]) => [name, valueOf(preset.device, name)]));
  const readFactors = (section: 'vary' | 'uncertain'): Factor[] =>
    Object.entries(file[section]).map(([key, factor]) =>
      at(where([section, key]), () => {
        const [name] = resolveOverrides(new Map([[key, '']]), 'recipe', banks).keys();
        if (name in fixed) throw new UserError(`${key}: is set and varied; say one of the two.`);
        return readFactor(key, nameOf(known, name), factor, preset);
      }),
    );
  const [factors, uncertain] = [readFactors('vary'), readFactors('uncertain')];
  const all = [...factors, ...uncertain];
  const names = all.map(({ name }) => name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined)
    throw new UserError(`${where(['vary'])}: ${twice} is varied twice, or varied and uncertain.`);
  for (const section of ['vary', 'uncertain'] as const)
    refuseIdleFactors(file[section], all, (key, value) =>
      at(where([section, key]), () => load(file.machine, new Map([...set, [key, value]]))),
    );
  const words = studyWords(
    preset,
    known,
    all.map(({ column }) => column),
  );
  return {
    file,
    where,
    preset,
    set: Object.fromEntries(resolved.map(([name, { value }]) => [name, value])),
    factors,
    uncertain,
    words,
    constraints: file.constraints.map((one, i) => words.constraint(one, where(['constraints', i]))),
    outputs: (file.outputs ?? USUAL_RESULTS).map((key, i) => resultOf(key, where(['outputs', i]))),
    machineWith: (values) => ({
      preset: machineKey(file.machine),
      changes: { ...fixed, ...Object.fromEntries(values.map((value, i) => [names[i], value])) },
    }),
  };
}

const nameOf = (known: readonly NamedParameter[], name: string): NamedParameter => {
  const found = known.find((one) => one.name === name);
  if (found === undefined) throw new UserError(`${name}: the machine has one bank; leave its name out.`);
  return found;
};

/** Puts the place in the file before what is wrong there. */
function at<T>(where: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof UserError) throw new UserError(`${where}: ${error.message}`);
    throw error;
  }
}

/** A parameter that does nothing in this machine is refused, unless a choice that is varied may make it matter. */
function refuseIdleFactors(
  section: StudyFile['vary'],
  factors: readonly Factor[],
  trial: (key: string, value: string) => void,
): void {
  if (factors.some(({ parameter }) => parameter.kind === 'choice')) return;
  for (const [key, factor] of Object.entries(section)) {
    if (factor === 'prior') continue;
    const ends = 'values' in factor ? factor.values : [factor.from, factor.to];
    for (const end of ends) trial(key, String(end));
  }
}

function resultOf(key: string, where: string): Result {
  const found = RESULTS.find((one) => one.key === key);
  if (found !== undefined) return found;
  throw new UserError(
    `${where}: ${key} is no result; known are ${RESULTS.map((one) => one.key).join(', ')}.`,
  );
}
