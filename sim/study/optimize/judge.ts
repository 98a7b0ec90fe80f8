/**
 * What a design is worth. Where parameters are uncertain it is judged over samples of them, the same for every design, so
 * that designs differ by what they are and not by luck: an objective is the mean, or what is reached in a stated share of
 * the samples, and each constraint must hold in a stated share.
 */
import { RESULTS } from '../sweep/results.ts';
import type { SweepOutput } from '../sweep/sweep-point.ts';
import type { OptimizePlan, PointValues } from './plan.ts';
import { type Evaluated, isFeasible } from './rank.ts';

export interface Judged extends Evaluated {
  readonly design: PointValues;
  /** As the study asks for them, in the units of their names. NaN where nothing was computed. */
  readonly objectives: readonly number[];
  /** Means of the outputs over the samples that ran. */
  readonly outputs: readonly (number | null)[];
  /** Share of the samples in which the machine runs and every constraint holds, 0 to 1. */
  readonly heldShare: number;
  readonly isFeasible: boolean;
}

/** Whether what is known without computing the design holds; where it does not, the machine is not run. */
export const mayRun = (
  { constraints, factors, shown, samples }: OptimizePlan,
  design: PointValues,
): boolean =>
  constraints
    .filter(({ ofResults, ofVaried }) => !ofResults && ofVaried.every((i) => i < factors.length))
    .every(({ holds }) => holds(shown(design, samples[0]), []));

/** @param found of each sample; null where the design was not run */
export function judge(
  plan: OptimizePlan,
  genes: readonly number[],
  design: PointValues,
  found: readonly SweepOutput[] | null,
): Judged {
  const { aims, constraints, samples, outputs, assured, constraintsHold } = plan;
  const points = samples.map((sample, s) => {
    const shown = plan.shown(design, sample);
    const results = found?.[s].status === 'converged' ? found[s].values : [];
    const costs = aims.map(({ value, sense }) => (sense === 'minimize' ? 1 : -1) * value(shown, results));
    return {
      results,
      costs,
      ran: costs.every(Number.isFinite),
      misses: constraints.map((one) => one.miss(shown, results)),
    };
  });
  const ran = points.filter((point) => point.ran);
  const costs = aims.map((_, k) =>
    assured === null
      ? mean(ran.map((point) => point.costs[k]))
      : reached(
          points.map((point) => (point.ran ? point.costs[k] : Infinity)),
          assured,
        ),
  );
  const isJudged = costs.every(Number.isFinite);
  const violations = [
    isJudged
      ? reached(
          points.map((point) => (point.ran ? 0 : 1)),
          constraintsHold,
        )
      : 1,
    ...constraints.map((_, c) =>
      reached(
        points.map(({ misses }) => misses[c]),
        constraintsHold,
      ),
    ),
  ];
  const judged = { genes, costs, violations, design };
  return {
    ...judged,
    objectives: aims.map(({ sense }, k) => (sense === 'minimize' ? 1 : -1) * costs[k]),
    outputs: outputs.map(({ key }) => {
      const place = RESULTS.findIndex((one) => one.key === key);
      const values = ran.flatMap(({ results }) => results[place] ?? []);
      return values.length === 0 ? null : mean(values);
    }),
    heldShare: ran.filter(({ misses }) => misses.every((miss) => miss === 0)).length / points.length,
    isFeasible: isFeasible(judged),
  };
}

/** NaN of none. */
const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** The least value that at least this share of all stays at or below. */
const reached = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.ceil(share * values.length - 1e-9) - 1];
