/** A study that is optimised: what may be chosen, what is uncertain, what is wanted. Pure: the file's text in. */
import type { Preset } from '../../config/device-config.ts';
import { UserError } from '../../config/quantity.ts';
import { MOST_SOBOL_DIMENSIONS, sobolPoints } from '../sampling/sobol.ts';
import type { MachineRef } from '../study.ts';
import { type StudyBase, type StudyOptions, readStudyBase } from '../sweep/base.ts';
import type { Factor, Sampled } from '../sweep/factor.ts';
import { shownValue } from '../sweep/names.ts';
import { RESULTS, type Result } from '../sweep/results.ts';
import type { Constraint, Objective } from '../sweep/words.ts';

/** SI values and words. */
export type PointValues = readonly (number | string)[];

export interface Aim extends Objective {
  readonly sense: 'maximize' | 'minimize';
  readonly title: string;
}

export interface OptimizePlan {
  readonly title: string;
  /** The machine with what is set. */
  readonly preset: Preset;
  /** Whether the machine comes with the program; else it is a file of the user's own. */
  readonly isPreset: boolean;
  readonly set: StudyBase['set'];
  readonly toleranceK: number;
  readonly factors: readonly Factor[];
  readonly uncertain: readonly Sampled[];
  readonly aims: readonly Aim[];
  readonly constraints: readonly Constraint[];
  readonly outputs: readonly Result[];
  readonly population: number;
  readonly generations: number;
  readonly seed: number;
  /** Values of the uncertain parameters, the same for every design; a single empty one where nothing is uncertain. */
  readonly samples: readonly PointValues[];
  /** An objective is what is reached in this share of the samples; null: their mean. */
  readonly assured: number | null;
  /** Each constraint holds in at least this share of the samples. */
  readonly constraintsHold: number;
  /** The design that genes of 0 to 1 mean. */
  readonly designOf: (genes: readonly number[]) => PointValues;
  /** Design and sample as they stand in columns. */
  readonly shown: (design: PointValues, sample: PointValues) => PointValues;
  readonly machineOf: (design: PointValues, sample: PointValues) => MachineRef;
}

/** Throws UserError with file and line, what was given and what is allowed. */
export function parseOptimize(text: string, options: StudyOptions): OptimizePlan {
  const base = readStudyBase(text, options);
  const { file, where, preset, set, factors, constraints, outputs, machineWith } = base;
  const { evaluations, population, seed } = file.optimize;
  const uncertain = base.uncertain.map((one): Sampled => {
    if (one.kind === 'sampled') return one;
    throw new UserError(
      `${where(['uncertain'])}: ${one.column} has its values; what is uncertain takes from and to without points, or prior.`,
    );
  });
  const samples = samplesOf(uncertain, file.robust.samples, seed, where(['uncertain']));
  const generations = Math.floor(evaluations / (population * samples.length));
  if (generations < 2)
    throw new UserError(
      `${where(['optimize'])}: ${evaluations} evaluations are less than two generations of ${population} designs of ${samples.length} operating points each; allow ${2 * population * samples.length} or more, or a smaller population.`,
    );
  const all = [...factors, ...uncertain];
  return {
    title: file.title,
    preset,
    isPreset: file.machine === preset.key,
    set,
    toleranceK: file.tolerance_K,
    factors,
    uncertain,
    aims: aimsOf(base),
    constraints,
    outputs,
    population,
    generations,
    seed,
    samples,
    assured: file.robust.assured ?? null,
    constraintsHold: file.robust.constraints_hold,
    designOf: (genes) => factors.map((factor, i) => valueAt(factor, genes[i])),
    shown: (design, sample) => [...design, ...sample].map((value, i) => shownValue(all[i].parameter, value)),
    machineOf: (design, sample) => machineWith([...design, ...sample]),
  };
}

function aimsOf({ file, where, words }: StudyBase): Aim[] {
  if (file.objectives === undefined)
    throw new UserError(
      `${where(['objectives'])}: say what is wanted: objectives: [{ maximize: cooling_power_W }, { minimize: sma_mass_g }].`,
    );
  return file.objectives.map((one, i) => {
    const sense = 'maximize' in one ? 'maximize' : 'minimize';
    const objective = words.objective(
      'maximize' in one ? one.maximize : one.minimize,
      where(['objectives', i]),
    );
    const result = RESULTS.find(({ key }) => key === objective.text);
    return { ...objective, sense, title: one.title ?? result?.title ?? objective.text };
  });
}

/** Each of what is listed has an equal share of a gene. */
function valueAt(factor: Factor, gene: number): number | string {
  if (factor.kind === 'sampled') return factor.quantile(gene);
  const { values } = factor;
  return values[Math.min(values.length - 1, Math.floor(gene * values.length))];
}

function samplesOf(uncertain: readonly Sampled[], count: number, seed: number, where: string): PointValues[] {
  if (uncertain.length === 0) return [[]];
  if (uncertain.length > MOST_SOBOL_DIMENSIONS)
    throw new UserError(
      `${where}: ${uncertain.length} parameters; allowed are ${MOST_SOBOL_DIMENSIONS}. Set those that matter least.`,
    );
  const points = sobolPoints(uncertain.length, seed);
  return Array.from({ length: count }, (_, i) => points(i).map((share, d) => uncertain[d].quantile(share)));
}
