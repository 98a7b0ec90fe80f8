/**
 * What a fit leans on: the parameters that were not fitted, only assumed. Each is moved over its own range, and the
 * fitted ones follow (in a straight line: the machine is not fitted again).
 */
import { Matrix, inverse } from 'ml-matrix';
import { PARAMETERS } from '../../config/parameters/index.ts';
import { parameterOf } from '../../config/vary.ts';
import type { Preset } from '../../config/device-config.ts';
import type { StudyRunner } from '../study.ts';
import type { Fit } from './least-squares.ts';
import type { CalibrationProblem } from './problem.ts';
import type { ProfileEnd } from './profile.ts';
import { calibrationModel } from './studies.ts';

export interface Lean {
  /** The parameter that was fitted, and the one that it leans on. */
  readonly fitted: string;
  readonly assumed: string;
  /** Range of the assumed one, SI, and how far the fitted one moves at its ends, SI. */
  readonly range: readonly [low: number, high: number];
  readonly shift: readonly [atLow: number, atHigh: number];
  /** Largest shift over half the interval of the fitted one. */
  readonly share: number;
}

/** Distance of one-sided differences, as a share of the range of the assumed parameter. */
const STEP = 0.03;
/** Of each fitted parameter, this many are told. */
const TOLD = 3;
/** Shifts below this share of half the interval are not. */
const SMALL = 0.5;

/** The value of a parameter in a preset, by "group.key" or "bank.group.key". */
export function valueOf({ device }: Preset, name: string): number | string {
  const steps = name.split('.');
  const key = steps.pop() ?? '';
  const group = steps.pop() ?? '';
  const place: unknown =
    steps.length === 0 ? device : device.layout.banks.find((bank) => bank.name === steps[0]);
  return (place as Record<string, Record<string, number | string>>)[group][key];
}

/** @param profiles ends of the intervals, shape [parameters][low, high] */
export async function findLeans(
  runner: StudyRunner,
  problem: CalibrationProblem,
  best: Fit,
  profiles: readonly (readonly ProfileEnd[])[],
): Promise<Lean[]> {
  const preset = runner.load(problem.machine);
  const others = assumedIn(preset, problem);
  const moved = others.map(({ own, range: [low, high] }) => {
    const step = STEP * (high - low);
    return own + step <= high ? own + step : own - step;
  });
  const inputs = [
    { problem, u: best.u },
    ...others.map(({ name }, i) => {
      const changes = { ...problem.machine.changes, [name]: moved[i] };
      return { problem: { ...problem, machine: { ...problem.machine, changes } }, u: best.u };
    }),
  ];
  const [here, ...models] = await runner.run(calibrationModel, inputs);
  const follow = followers(best);
  const found = others.flatMap(({ name, own, range }, i): Lean[] => {
    const there = models[i];
    if (here === null || there === null) return [];
    const slope = there.flatMap((row, r) =>
      row.map((value, k) => (value - here[r][k]) / (moved[i] - own) / problem.deviations[r][k]),
    );
    const moves = follow.mmul(Matrix.columnVector(slope)).to1DArray();
    return problem.parameters.map((parameter, k) => {
      const width = parameter.high - parameter.low;
      const shift = range.map((end) => moves[k] * (end - own) * width) as [number, number];
      const half = ((profiles[k][1].u[k] - profiles[k][0].u[k]) * width) / 2;
      const share = Math.max(...shift.map(Math.abs)) / half;
      return { fitted: parameter.name, assumed: name, range, shift, share };
    });
  });
  return problem.parameters.flatMap(({ name }) =>
    found
      .filter(({ fitted, share }) => fitted === name && share > SMALL)
      .toSorted((a, b) => b.share - a.share)
      .slice(0, TOLD),
  );
}

/** −(JᵀJ)⁻¹Jᵀ: what the fitted parameters, 0 to 1, do about a change of the residuals. */
function followers({ jacobian }: Fit): Matrix {
  const matrix = new Matrix(jacobian.map((row) => [...row]));
  const transposed = matrix.transpose();
  return inverse(transposed.mmul(matrix)).mmul(transposed).mul(-1);
}

interface Assumed {
  readonly name: string;
  readonly own: number;
  readonly range: readonly [number, number];
}

/** Numbers with a range that are neither fitted nor given row by row, and that matter to what was measured. */
function assumedIn(preset: Preset, { parameters, inputs, place }: CalibrationProblem): Assumed[] {
  const idle =
    place === null
      ? ['room', 'exchangers', 'edge_box']
      : ['operation', place === 'house' ? 'edge_box' : 'room'];
  const taken = new Set([
    ...parameters.map(({ name }) => name),
    ...inputs.flatMap((row) => Object.keys(row)),
  ]);
  return Object.entries(preset.provenance).flatMap(([name, { range }]) => {
    const group = name.split('.').at(-2) ?? '';
    const parameter = group in PARAMETERS ? parameterOf(name) : undefined;
    const isIdle = [...idle, 'numerics'].includes(group) || taken.has(name);
    if (range === undefined || range[0] === range[1] || isIdle) return [];
    if (parameter?.kind !== 'number' || parameter.whole) return [];
    const own = valueOf(preset, name);
    return typeof own === 'number' ? [{ name, own, range }] : [];
  });
}
