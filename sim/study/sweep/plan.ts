/** A study that was read: which points there are, and what is told of each. Pure: the file's text in, points out. */
import type { Preset } from '../../config/device-config.ts';
import { type Condition, parseCondition } from '../../config/expression.ts';
import { resolveOverrides } from '../../config/overrides.ts';
import { UserError } from '../../config/quantity.ts';
import { readYaml } from '../../config/yaml-lines.ts';
import { latinHypercube } from '../sampling/latin-hypercube.ts';
import { MOST_SOBOL_DIMENSIONS, sobolPoints } from '../sampling/sobol.ts';
import type { MachineRef } from '../study.ts';
import { type Factor, type Listed, type Sampled, readFactor } from './factor.ts';
import { type NamedParameter, namedParameters, shownValue, unitOf, valueOf } from './names.ts';
import { RESULTS, type Result, USUAL_RESULTS } from './results.ts';
import { StudyFile } from './study-file.ts';

const MOST_POINTS = 1_000_000;

export interface SweepPlan {
  readonly title: string;
  /** The machine with what is set for every point. */
  readonly preset: Preset;
  readonly factors: readonly Factor[];
  /** Points of the design, those that miss a constraint among them. */
  readonly designed: number;
  /** Numbers of the points to compute, ascending. */
  readonly indices: readonly number[];
  readonly outputs: readonly Result[];
  readonly toleranceK: number;
  readonly seed: number;
  /** What varies at a point, as it stands in columns. */
  readonly shown: (index: number) => readonly (number | string)[];
  readonly machineAt: (index: number) => MachineRef;
  /** Whether the constraints over results hold; null where the study has none. */
  readonly constraintsMet: ((index: number, values: readonly (number | null)[]) => boolean) | null;
}

export interface PlanOptions {
  readonly fileName: string;
  /** Reads the machine of a study with these values laid over it. Throws UserError. */
  readonly load: (machine: string, overrides: ReadonlyMap<string, string>) => Preset;
  /** The machine as it is asked for of workers. */
  readonly machineKey: (machine: string) => string;
}

/** Throws UserError with file and line, what was given and what is allowed. */
export function parseStudy(text: string, { fileName, load, machineKey }: PlanOptions): SweepPlan {
  const { value: file, where } = readYaml(text, fileName, StudyFile);
  const set = new Map(Object.entries(file.set).map(([key, value]) => [key, String(value)]));
  const preset = at(where(['set']), () => load(file.machine, set));
  const banks = preset.device.layout.banks.map(({ name }) => name);
  const known = namedParameters(preset.device);
  const fixed = Object.fromEntries(
    [...resolveOverrides(set, 'recipe', banks).keys()].map((name) => [name, valueOf(preset.device, name)]),
  );
  const factors = Object.entries(file.vary).map(([key, factor]) =>
    at(where(['vary', key]), () => {
      const [name] = resolveOverrides(new Map([[key, '']]), 'recipe', banks).keys();
      if (name in fixed) throw new UserError(`${key}: is set and varied; say one of the two.`);
      return readFactor(key, nameOf(known, name), factor, preset);
    }),
  );
  const names = factors.map(({ name }) => name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) throw new UserError(`${where(['vary'])}: ${twice} is varied twice.`);
  refuseIdleFactors(file, factors, (key, value) =>
    at(where(['vary', key]), () => load(file.machine, new Map([...set, [key, value]]))),
  );
  const outputs = (file.outputs ?? USUAL_RESULTS).map((key, i) => resultOf(key, where(['outputs', i])));
  const design = designOf(file, factors, where(['sample']));
  const constraints = file.constraints.map((one, i) =>
    readConstraint(one, where(['constraints', i]), preset, known, factors),
  );
  const before = constraints.filter(({ ofResults }) => !ofResults);
  const after = constraints.filter(({ ofResults }) => ofResults);
  const shown = (index: number) =>
    design.at(index).map((value, i) => shownValue(factors[i].parameter, value));
  const indices = Array.from({ length: design.count }, (_, i) => i).filter((index) =>
    before.every(({ holds }) => holds(shown(index), [])),
  );
  if (indices.length === 0)
    throw new UserError(
      `${where(['constraints'])}: none of the ${design.count} points meets the constraints.`,
    );
  return {
    title: file.title,
    preset,
    factors,
    designed: design.count,
    indices,
    outputs,
    toleranceK: file.tolerance_K,
    seed: file.sample?.seed ?? 0,
    shown,
    machineAt: (index) => ({
      preset: machineKey(file.machine),
      changes: { ...fixed, ...Object.fromEntries(design.at(index).map((value, i) => [names[i], value])) },
    }),
    constraintsMet:
      after.length === 0 ? null : (index, values) => after.every(({ holds }) => holds(shown(index), values)),
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
  file: StudyFile,
  factors: readonly Factor[],
  trial: (key: string, value: string) => void,
): void {
  if (factors.some(({ parameter }) => parameter.kind === 'choice')) return;
  for (const [key, factor] of Object.entries(file.vary)) {
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

interface Design {
  readonly count: number;
  /** SI values and words of the factors. */
  readonly at: (index: number) => (number | string)[];
}

/** Every combination of what is listed, each with every sample. */
function designOf({ sample }: StudyFile, factors: readonly Factor[], where: string): Design {
  const sampledFactors = factors.filter((one): one is Sampled => one.kind === 'sampled');
  const listed = factors.filter((one): one is Listed => one.kind === 'listed');
  if (sampledFactors.length > 0 && sample === undefined)
    throw new UserError(
      `${where}: ${sampledFactors.map(({ column }) => column).join(', ')} are ranges without points; say sample: { method: sobol, points: 1024 }, or give each its points.`,
    );
  if (sampledFactors.length === 0 && sample !== undefined)
    throw new UserError(
      `${where}: nothing is left to sample, every parameter has its values; leave sample out.`,
    );
  const samples = sample?.points ?? 1;
  const dimensions = sampledFactors.length;
  if (sample?.method === 'sobol' && dimensions > MOST_SOBOL_DIMENSIONS)
    throw new UserError(
      `${where}: sobol has ${MOST_SOBOL_DIMENSIONS} dimensions and ${dimensions} parameters are sampled; use latin-hypercube.`,
    );
  const nodes = listed.reduce((product, { values }) => product * values.length, 1);
  const count = nodes * samples;
  if (count > MOST_POINTS)
    throw new UserError(
      `${where}: ${count} points; allowed are ${MOST_POINTS}. Take fewer values or samples.`,
    );
  const drawn = drawOf(sample, dimensions);
  return {
    count,
    at(index) {
      const shares = drawn(index % samples);
      let node = Math.floor(index / samples);
      const places = new Map<Factor, number | string>();
      // the last one listed runs fastest
      for (const factor of listed.toReversed()) {
        places.set(factor, factor.values[node % factor.values.length]);
        node = Math.floor(node / factor.values.length);
      }
      for (const [d, factor] of sampledFactors.entries()) places.set(factor, factor.quantile(shares[d]));
      return factors.map((factor) => places.get(factor) as number | string);
    },
  };
}

function drawOf(sample: StudyFile['sample'], dimensions: number): (index: number) => number[] {
  if (sample === undefined) return () => [];
  return sample.method === 'sobol'
    ? sobolPoints(dimensions, sample.seed)
    : latinHypercube(sample.points, dimensions, sample.seed);
}

interface Constraint {
  /** Whether it can only be judged after the point was computed. */
  readonly ofResults: boolean;
  readonly holds: (shown: readonly (number | string)[], values: readonly (number | null)[]) => boolean;
}

function readConstraint(
  text: string,
  where: string,
  preset: Preset,
  known: readonly NamedParameter[],
  factors: readonly Factor[],
): Constraint {
  const numbers = known.flatMap(({ column, name, parameter }) =>
    parameter.kind === 'number' ? [{ column, name, parameter }] : [],
  );
  const units = new Map<string, string>([
    ...numbers.map(({ column, parameter }): [string, string] => [column, unitOf(parameter)]),
    ...RESULTS.map(({ key, unit }): [string, string] => [key, unit]),
  ]);
  const condition: Condition | string = parseCondition(text, { kind: 'parameter or result', units });
  if (typeof condition === 'string') throw new UserError(`${where}: ${condition}.`);
  const results = RESULTS.flatMap(({ key }, i) => (condition.names.includes(key) ? [{ key, i }] : []));
  const varied = factors.flatMap(({ column }, i) =>
    condition.names.includes(column) ? [{ column, i }] : [],
  );
  const fixed = numbers.filter(
    ({ column }) => condition.names.includes(column) && !varied.some((one) => one.column === column),
  );
  if (varied.length === 0 && results.length === 0)
    throw new UserError(
      `${where}: "${text}" names nothing that varies, so it would hold for all points or none.`,
    );
  const constants = Object.fromEntries(
    fixed.map(({ column, name, parameter }) => [column, shownValue(parameter, valueOf(preset.device, name))]),
  ) as Record<string, number>;
  return {
    ofResults: results.length > 0,
    holds: (shown, values) =>
      condition.judge({
        ...constants,
        ...Object.fromEntries(varied.map(({ column, i }) => [column, Number(shown[i])])),
        ...Object.fromEntries(results.map(({ key, i }) => [key, values[i] ?? Number.NaN])),
      }) === true,
  };
}
