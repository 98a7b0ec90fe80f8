/**
 * Parameters of a machine from measurements: bounded least squares from several starts, the best of them profiled, and
 * what the data cannot say said. All figures are SI and of the parameters themselves; the caller turns them into units.
 */
import type { StudyRunner } from '../study.ts';
import { findHint } from './hint.ts';
import { findLeans } from './leans.ts';
import type { Fit } from './least-squares.ts';
import { type CalibrationProblem, changesAt } from './problem.ts';
import type { ProfileEnd } from './profile.ts';
import type { CalibratedParameter, Calibration, StartRow } from './result.ts';
import { haltonPoint } from '../sampling/halton.ts';
import { correlationOf, informationOf, riseOf95 } from './statistics.ts';
import { calibrationFit, calibrationModel, calibrationProfile } from './studies.ts';
import { HIGH_CONDITION, isWeak, warningsOf } from './warnings.ts';

export interface CalibrationOptions {
  readonly starts: number;
  readonly seed: number;
  /** Whether the problem's deviations are standard deviations; else only in proportion to them. */
  readonly deviationsKnown: boolean;
  /** Values of the preset, SI, in the order of the parameters: the first start. */
  readonly preset: readonly number[];
}

/** Share of the deviations below which no scatter is believed: the model itself is not computed better. */
const LEAST_SCATTER = 1e-5;
/** A profile that finds a better fit starts all over, this often at most. */
const MOST_ROUNDS = 3;

/** null where the model cannot be computed at any start. */
export async function calibrate(
  runner: StudyRunner,
  problem: CalibrationProblem,
  options: CalibrationOptions,
): Promise<Calibration | null> {
  const { parameters, values, outputs } = problem;
  const own = parameters.map(({ low, high }, k) => clip((options.preset[k] - low) / (high - low)));
  const others = Array.from({ length: options.starts - 1 }, (_, k) =>
    haltonPoint(k, parameters.length, options.seed),
  );
  const begun = [own, ...others];
  const fits = await runner.run(
    calibrationFit,
    begun.map((start) => ({ problem, start })),
  );
  const freedom = values.length * outputs.length - parameters.length;
  let best = leastOf(fits);
  if (best === null) return null;
  let profiles: ProfileEnd[][] = [];
  let variance: number | null = null;
  for (let round = 1; ; round++) {
    variance = options.deviationsKnown ? null : Math.max(best.sum / freedom, LEAST_SCATTER ** 2);
    profiles = await profile(runner, problem, best, riseOf95(variance, freedom), variance ?? 1);
    if (round === MOST_ROUNDS) break;
    const better = profiles.flat().flatMap((end) => (end.better === null ? [] : [end.better]));
    const again = await runner.run(
      calibrationFit,
      better.map((start) => ({ problem, start })),
    );
    const found = leastOf([best, ...again]);
    if (found === null || found.sum >= best.sum) break;
    best = found;
  }
  const scaled = variance ?? 1;
  const { covariance, condition } = informationOf(best.jacobian, scaled);
  const toSi = (u: readonly number[]) => Object.values(changesAt(problem, u)) as number[];
  const value = toSi(best.u);
  const calibrated = parameters.map(({ name, low, high }, k): CalibratedParameter => {
    const [down, up] = profiles[k].map(({ u, end }) => ({ value: toSi(u)[k], end }));
    return {
      name,
      range: [low, high],
      preset: options.preset[k],
      value: value[k],
      standardError: covariance && Math.sqrt(covariance[k][k]) * (high - low),
      interval: [down, up],
    };
  });
  const [model] = await runner.run(calibrationModel, [{ problem, u: best.u }]);
  const scatter = Math.sqrt(scaled);
  const facts = {
    parameters: calibrated,
    starts: begun.map((from, i) => startRow(toSi, from, fits[i])),
    correlation: covariance && correlationOf(covariance),
    condition,
    sum: best.sum,
    freedom,
    scatter,
    residuals: rowsOf(
      best.residuals.map((r) => r / scatter),
      outputs.length,
    ),
    model: model ?? [],
  };
  const isDefinite = covariance !== null && condition < HIGH_CONDITION;
  const leans = isDefinite ? await findLeans(runner, problem, best, profiles) : [];
  const rise = riseOf95(variance, freedom);
  const warnings = warningsOf(facts, problem, leans, {
    rise,
    deviationsKnown: options.deviationsKnown,
    converged: best.converged,
  });
  const width = (k: number) => profiles[k][1].u[k] - profiles[k][0].u[k];
  const [weakest] = parameters
    .map((_, k) => k)
    .filter((k) => isWeak(facts, k))
    .toSorted((a, b) => width(b) - width(a));
  const hint = weakest === undefined ? null : await findHint(runner, problem, weakest, profiles[weakest]);
  return { ...facts, warnings, leans, hint };
}

/** The ends of all intervals, shape [parameters][low, high]. */
async function profile(
  runner: StudyRunner,
  problem: CalibrationProblem,
  best: Fit,
  rise: number,
  variance: number,
): Promise<ProfileEnd[][]> {
  const { covariance } = informationOf(best.jacobian, variance);
  const inputs = problem.parameters.flatMap((_, index) =>
    ([-1, 1] as const).map((direction) => ({
      problem,
      best: { u: best.u, sum: best.sum },
      index,
      direction,
      rise,
      guess: covariance === null ? 0.1 : Math.sqrt((covariance[index][index] / variance) * rise),
    })),
  );
  const ends = await runner.run(calibrationProfile, inputs);
  return problem.parameters.map((_, k) => ends.slice(2 * k, 2 * k + 2));
}

function leastOf(fits: readonly (Fit | null)[]): Fit | null {
  return fits.reduce(
    // of equals the first, which is the preset's own
    (least, fit) => (fit !== null && (least === null || fit.sum < least.sum * (1 - 1e-9)) ? fit : least),
    null,
  );
}

function startRow(
  toSi: (u: readonly number[]) => number[],
  from: readonly number[],
  fit: Fit | null,
): StartRow {
  return {
    from: toSi(from),
    to: fit && toSi(fit.u),
    sum: fit && fit.sum,
    iterations: fit && fit.iterations,
    converged: fit?.converged ?? false,
  };
}

const rowsOf = (flat: readonly number[], width: number): number[][] =>
  Array.from({ length: flat.length / width }, (_, i) => flat.slice(i * width, (i + 1) * width));

const clip = (value: number): number => Math.min(Math.max(value, 0), 1);
