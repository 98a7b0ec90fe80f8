/** What a calibration cannot be trusted in, a sentence each. */
import { type NumberParameter } from '../../config/parameters/parameter.ts';
import { toDisplay } from '../../config/quantity.ts';
import { parameterOf } from '../../config/vary.ts';
import type { Lean } from './leans.ts';
import type { CalibrationProblem } from './problem.ts';
import type { Calibration, Warning } from './result.ts';
import { NORMAL_975, chiSquaredScore, serialCorrelation } from './statistics.ts';

export type Facts = Omit<Calibration, 'warnings' | 'leans' | 'hint'>;

interface Circumstances {
  /** Of the sum of squares, at the end of an interval. */
  readonly rise: number;
  readonly deviationsKnown: boolean;
  readonly converged: boolean;
}

/** Beyond it, one parameter can stand for the other. */
const CLOSE_CORRELATION = 0.98;
export const HIGH_CONDITION = 1e3;
/** Share of the range. */
const AT_BOUND = 1e-6;
/** Share of the range by which a second fit lies elsewhere. */
const ELSEWHERE = 0.05;

/** A number with its unit as people write it, four digits. */
export function inWords(name: string, si: number): string {
  const parameter = parameterOf(name) as NumberParameter;
  const unit = parameter.display === '1' ? '' : ` ${parameter.display.replace('degC', '°C')}`;
  return `${Number(toDisplay(parameter, si).toPrecision(4))}${unit}`;
}

/** A difference of it. */
function differenceInWords(name: string, si: number): string {
  const parameter = parameterOf(name) as NumberParameter;
  const unit = parameter.display === '1' ? '' : ` ${parameter.display === 'degC' ? 'K' : parameter.display}`;
  const value = toDisplay(parameter, si) - toDisplay(parameter, 0);
  return `${value > 0 ? '+' : ''}${Number(value.toPrecision(2))}${unit}`;
}

/** How far a lean moves the fitted parameter, of which `value` and `range` are given. */
export function leanInWords(
  { fitted, shift }: Lean,
  value: number,
  [low, high]: readonly [number, number],
): [string, string] {
  return shift.map((move) => {
    if (value + move < low) return 'below its range';
    return value + move > high ? 'above its range' : differenceInWords(fitted, move);
  }) as [string, string];
}

export function isWeak({ parameters, correlation }: Facts, index: number): boolean {
  const { interval } = parameters[index];
  const isOpen = interval.some(({ end }) => end !== 'crossed');
  return isOpen || correlation === null || closest(correlation, index).size > CLOSE_CORRELATION;
}

function closest(
  correlation: readonly (readonly number[])[],
  index: number,
): { other: number; size: number } {
  const sizes = correlation[index].map((value, k) => (k === index ? 0 : Math.abs(value)));
  const size = Math.max(...sizes);
  return { other: sizes.indexOf(size), size };
}

export function warningsOf(
  facts: Facts,
  problem: CalibrationProblem,
  leans: readonly Lean[],
  circumstances: Circumstances,
): Warning[] {
  return [
    ...facts.parameters.flatMap((_, k) => ofParameter(facts, k)),
    ...pairs(facts),
    ...otherFits(facts, circumstances.rise),
    ...assumptions(facts, leans),
    ...goodness(facts, problem, circumstances),
  ];
}

function ofParameter({ parameters }: Facts, index: number): Warning[] {
  const { name, interval, range, value } = parameters[index];
  const [low, high] = interval;
  const [from, to] = [inWords(name, range[0]), inWords(name, range[1])];
  if (low.end === 'bound' && high.end === 'bound')
    return [
      {
        kind: 'not identifiable',
        parameters: [name],
        sentence: `${name} is not identifiable: every value from ${from} to ${to} fits within the scatter, the others following; its value here means nothing.`,
      },
    ];
  const warnings = ([-1, 1] as const).flatMap((side): Warning[] => {
    const end = side < 0 ? low : high;
    if (end.end === 'crossed') return [];
    const where =
      end.end === 'bound'
        ? `up to its bound ${inWords(name, end.value)}`
        : `to ${inWords(name, end.value)}, where the model can no longer be computed`;
    return [
      {
        kind: 'open interval',
        parameters: [name],
        sentence: `${name} has no ${side < 0 ? 'lower' : 'upper'} limit from these data: it fits ${where}.`,
      },
    ];
  });
  const width = range[1] - range[0];
  const bound = range.find((end) => Math.abs(value - end) < AT_BOUND * width);
  if (bound !== undefined)
    warnings.push({
      kind: 'at bound',
      parameters: [name],
      sentence: `${name} ended at its bound ${inWords(name, bound)}: the data ask for more than the range ${from} to ${to} allows; widen it with --fit "${name}=low..high unit" if a machine could be so, else doubt the data or the rest of the preset.`,
    });
  return warnings;
}

function pairs({ parameters, correlation, condition }: Facts): Warning[] {
  const names = parameters.map(({ name }) => name);
  if (correlation === null || condition > HIGH_CONDITION) {
    const size = Number.isFinite(condition) ? condition.toExponential(0) : 'infinite';
    return [
      {
        kind: 'ill-conditioned',
        parameters: names,
        sentence: `some combination of ${names.join(', ')} moves nothing that was measured (condition number ${size}): they are not identifiable together; fit fewer.`,
      },
    ];
  }
  return names.flatMap((name, a) => {
    const { other, size } = closest(correlation, a);
    if (other < a || size <= CLOSE_CORRELATION) return [];
    return [
      {
        kind: 'correlated' as const,
        parameters: [name, names[other]],
        sentence: `${name} and ${names[other]} are not identifiable apart (correlation ${correlation[a][other].toFixed(3)}): these data fix only a combination of them; give one of them with --set, or measure what tells them apart.`,
      },
    ];
  });
}

function otherFits({ parameters, starts, sum }: Facts, rise: number): Warning[] {
  const isElsewhere = (to: readonly number[]) =>
    parameters.some(({ interval, range }, k) => {
      const far = ELSEWHERE * (range[1] - range[0]);
      return to[k] < interval[0].value - far || to[k] > interval[1].value + far;
    });
  const others = starts.flatMap(({ to, sum: reached }, i) =>
    to !== null && reached !== null && reached < sum + rise && isElsewhere(to) ? [{ to, number: i + 1 }] : [],
  );
  if (others.length === 0) return [];
  const [{ to, number }] = others;
  const values = parameters.map(({ name }, k) => `${name} ${inWords(name, to[k])}`).join(', ');
  return [
    {
      kind: 'several fits',
      parameters: parameters.map(({ name }) => name),
      sentence: `another set of values fits within the scatter, outside the intervals: ${values} (start ${number}); the intervals hold for the best fit only.`,
    },
  ];
}

function assumptions({ parameters, freedom }: Facts, leans: readonly Lean[]): Warning[] {
  const warnings: Warning[] = [];
  if (freedom === 0)
    warnings.push({
      kind: 'nothing tested',
      parameters: parameters.map(({ name }) => name),
      sentence: `as many parameters as measured values: nothing is left to test the model with, and other parameters might do as well.`,
    });
  const strongest = parameters.flatMap(({ name }) =>
    leans.filter(({ fitted, share }) => fitted === name && share > 1).slice(0, 1),
  );
  if (strongest.length > 0)
    warnings.push({
      kind: 'rests on assumptions',
      parameters: strongest.map(({ fitted }) => fitted),
      sentence: `the intervals hold only if the rest of the preset is right: ${strongest.map(({ fitted, assumed }) => `${fitted} leans on ${assumed}`).join(', ')}: that alone, moved over its own range, shifts the fit by more than the interval; the list below says how far.`,
    });
  return warnings;
}

function goodness(
  { residuals, sum, freedom, parameters }: Facts,
  { place, outputs }: CalibrationProblem,
  { deviationsKnown, converged }: Circumstances,
): Warning[] {
  const warnings: Warning[] = [];
  const names = parameters.map(({ name }) => name);
  const add = (kind: Warning['kind'], sentence: string) =>
    warnings.push({ kind, parameters: names, sentence });
  if (!converged)
    add(
      'not converged',
      'the best fit did not settle; give narrower ranges or more --starts before you use it.',
    );
  // 2.33: one in a hundred
  if (deviationsKnown && freedom > 0 && chiSquaredScore(sum, freedom) > 2.33)
    add(
      'misfit',
      `the model does not describe the data within their standard deviations (chi²/dof ${(sum / freedom).toPrecision(3)}): the intervals are too narrow; look at the residuals, and fit what the model has wrong.`,
    );
  const drifting = outputs.filter((_, k) => {
    const series = residuals.map((row) => row[k]);
    return (
      place !== null && series.length > 4 && serialCorrelation(series) > NORMAL_975 / Math.sqrt(series.length)
    );
  });
  if (drifting.length > 0)
    add(
      'serial residuals',
      `the residuals of ${drifting.join(', ')} follow one another in time, so that the rows are not independent: the intervals are too narrow.`,
    );
  return warnings;
}
