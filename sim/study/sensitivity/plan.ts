/** A study that is held for its sensitivity: the points of a Saltelli design over all that is sampled. Pure. */
import { UserError } from '../../config/quantity.ts';
import { type PointSet, type StudyOptions, readStudyBase } from '../sweep/base.ts';
import type { Sampled } from '../sweep/factor.ts';
import { RESULTS, type Result } from '../sweep/results.ts';
import type { SweepOutput } from '../sweep/sweep-point.ts';
import { type SobolIndices, sobolIndices } from './indices.ts';
import { MOST_PARAMETERS, saltelliDesign } from './saltelli.ts';

const MOST_POINTS = 1_000_000;

export interface SensitivityPlan extends PointSet {
  readonly title: string;
  readonly factors: readonly Sampled[];
  readonly outputs: readonly Result[];
  /** Rows of the design: sample.points. */
  readonly rows: number;
  readonly seed: number;
}

/** Throws UserError with file and line, what was given and what is allowed. */
export function parseSensitivity(text: string, options: StudyOptions): SensitivityPlan {
  const { file, where, preset, outputs, constraints, machineWith, ...base } = readStudyBase(text, options);
  const all = [...base.factors, ...base.uncertain];
  const listed = all.find(({ kind }) => kind === 'listed');
  if (listed !== undefined)
    throw new UserError(
      `${where(['vary'])}: ${listed.column} has its values; a sensitivity takes ranges. Give from and to without points, or set it.`,
    );
  const factors = all.filter((one): one is Sampled => one.kind === 'sampled');
  if (factors.length > MOST_PARAMETERS)
    throw new UserError(
      `${where(['vary'])}: ${factors.length} parameters; allowed are ${MOST_PARAMETERS}. Set those that matter least.`,
    );
  const { sample } = file;
  if (sample === undefined)
    throw new UserError(
      `${where(['sample'])}: say how many rows: sample: { points: 256 }; each takes as many operating points as there are parameters, and two more.`,
    );
  if (sample.method !== 'sobol')
    throw new UserError(`${where(['sample', 'method'])}: a sensitivity is sampled with sobol only.`);
  const [first] = constraints.filter(({ ofResults }) => !ofResults);
  if (first !== undefined)
    throw new UserError(
      `${where(['constraints'])}: "${first.text}" ties parameters together, and Sobol indices are of parameters that vary freely; leave it out, or choose ranges that meet it.`,
    );
  const { count, at } = saltelliDesign(sample.points, factors.length, sample.seed);
  if (count > MOST_POINTS)
    throw new UserError(
      `${where(['sample', 'points'])}: ${sample.points} rows are ${count} operating points; allowed are ${MOST_POINTS}.`,
    );
  return {
    title: file.title,
    preset,
    factors,
    outputs,
    rows: sample.points,
    seed: sample.seed,
    designed: count,
    indices: Array.from({ length: count }, (_, i) => i),
    toleranceK: file.tolerance_K,
    machineAt: (index) => machineWith(at(index).map((share, d) => factors[d].quantile(share))),
  };
}

/** Of each output, from what was computed at the points; a point that did not converge has no value. */
export function indicesOf(
  { outputs, factors, indices, seed }: SensitivityPlan,
  found: (index: number) => SweepOutput | undefined,
): SobolIndices[] {
  return outputs.map(({ key }) => {
    const place = RESULTS.findIndex((one) => one.key === key);
    const values = indices.map((index) => {
      const point = found(index);
      return point?.status === 'converged' ? point.values[place] : null;
    });
    return sobolIndices(values, factors.length, seed);
  });
}
