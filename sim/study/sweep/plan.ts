/** A study that is swept: which points there are, and what is told of each. Pure: the file's text in, points out. */
import { UserError } from '../../config/quantity.ts';
import { latinHypercube } from '../sampling/latin-hypercube.ts';
import { MOST_SOBOL_DIMENSIONS, sobolPoints } from '../sampling/sobol.ts';
import { type PointSet, type StudyOptions, readStudyBase } from './base.ts';
import type { Factor, Listed, Sampled } from './factor.ts';
import { shownValue } from './names.ts';
import type { Result } from './results.ts';
import type { StudyFile } from './study-file.ts';

const MOST_POINTS = 1_000_000;

export interface SweepPlan extends PointSet {
  readonly title: string;
  readonly factors: readonly Factor[];
  readonly outputs: readonly Result[];
  readonly seed: number;
  /** What varies at a point, as it stands in columns. */
  readonly shown: (index: number) => readonly (number | string)[];
  /** Whether the constraints over results hold; null where the study has none. */
  readonly constraintsMet: ((index: number, values: readonly (number | null)[]) => boolean) | null;
}

/** Throws UserError with file and line, what was given and what is allowed. */
export function parseStudy(text: string, options: StudyOptions): SweepPlan {
  const { file, where, preset, factors, uncertain, constraints, outputs, machineWith } = readStudyBase(
    text,
    options,
  );
  if (uncertain.length > 0)
    throw new UserError(
      `${where(['uncertain'])}: a sweep has nothing uncertain; put these parameters under vary, or optimize the study.`,
    );
  const design = designOf(file, factors, where(['sample']));
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
    machineAt: (index) => machineWith(design.at(index)),
    constraintsMet:
      after.length === 0 ? null : (index, values) => after.every(({ holds }) => holds(shown(index), values)),
  };
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
