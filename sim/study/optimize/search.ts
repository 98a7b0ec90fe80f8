/** The search for the best designs of a study, generation by generation. The same plan finds the same designs. */
import type { StudyRunner } from '../study.ts';
import { type SweepInput, type SweepOutput, sweepPoint } from '../sweep/sweep-point.ts';
import { hypervolume } from './hypervolume.ts';
import { type Judged, judge, mayRun } from './judge.ts';
import { Nsga2 } from './nsga2.ts';
import type { OptimizePlan } from './plan.ts';
import { type Evaluated, isFeasible } from './rank.ts';

export interface Generation {
  /** From 1. */
  readonly number: number;
  /** Of the population, how many meet the constraints. */
  readonly feasible: number;
  /**
   * Volume that the population dominates, up to the worst of the first designs that met the constraints; each objective in
   * shares of what those spanned. 0 while there are none.
   */
  readonly hypervolume: number;
}

export interface Search {
  /** Every design that was judged, in the order in which it was asked for. */
  readonly judged: readonly Judged[];
  readonly generations: readonly Generation[];
}

export async function search(
  plan: OptimizePlan,
  runner: StudyRunner,
  onGeneration: (generation: Generation) => void,
): Promise<Search> {
  const { factors, population, seed, designOf } = plan;
  const identity = (genes: readonly number[]) => JSON.stringify(designOf(genes));
  const optimizer = new Nsga2({ variables: factors.length, population, seed, identity });
  const judged: Judged[] = [];
  const generations: Generation[] = [];
  let scale: Scale | undefined;
  for (let number = 1; number <= plan.generations; number++) {
    const evaluated = await evaluate(plan, runner, optimizer.ask());
    optimizer.tell(evaluated);
    judged.push(...evaluated);
    const feasible = optimizer.parents.filter(isFeasible);
    scale ??= scaleOf(feasible);
    const generation = {
      number,
      feasible: feasible.length,
      hypervolume: scale === undefined ? 0 : volumeOf(feasible, scale),
    };
    generations.push(generation);
    onGeneration(generation);
  }
  return { judged, generations };
}

/** All samples of all designs at once, so that no core waits. */
async function evaluate(
  plan: OptimizePlan,
  runner: StudyRunner,
  asked: readonly number[][],
): Promise<Judged[]> {
  const { samples, toleranceK, designOf, machineOf } = plan;
  const designs = asked.map((genes) => ({ genes, design: designOf(genes) }));
  const running = designs.filter(({ design }) => mayRun(plan, design));
  const outputs = await runner.run<SweepInput, SweepOutput>(
    sweepPoint,
    // one number for all: what a point is, its machine says
    running.flatMap(({ design }) =>
      samples.map((sample) => ({ index: 0, machine: machineOf(design, sample), toleranceK })),
    ),
  );
  return designs.map((one) => {
    const place = running.indexOf(one);
    const found = place < 0 ? null : outputs.slice(place * samples.length, (place + 1) * samples.length);
    return judge(plan, one.genes, one.design, found);
  });
}

interface Scale {
  readonly reference: readonly number[];
  readonly extent: readonly number[];
}

function scaleOf(feasible: readonly Evaluated[]): Scale | undefined {
  if (feasible.length === 0) return undefined;
  const columns = feasible[0].costs.map((_, k) => feasible.map(({ costs }) => costs[k]));
  const reference = columns.map((costs) => Math.max(...costs));
  const extent = columns.map((costs, k) => reference[k] - Math.min(...costs) || 1);
  return { reference, extent };
}

const volumeOf = (feasible: readonly Evaluated[], { reference, extent }: Scale): number =>
  hypervolume(
    feasible.map(({ costs }) => costs.map((cost, k) => (cost - reference[k]) / extent[k])),
    reference.map(() => 0),
  );
