/** The machines that stand for a system: drawn, conditioned, and measured against what is published of it. */
import type { Member, StudyRunner } from '../study.ts';
import { type Stretch, type Visited, stretchStudy } from './chain-study.ts';
import { type Figures, figuresStudy } from './figures-study.ts';

export interface MeasuredMember extends Member {
  readonly figures: Figures;
}

export interface Ensemble {
  readonly preset: string;
  readonly members: readonly MeasuredMember[];
  /** Steps of all chains after the first ones were thrown away, and how many of them moved. */
  readonly steps: number;
  readonly accepted: number;
}

export interface EnsembleOptions {
  /** States kept of all chains together; rounded up to whole stretches. */
  readonly samples: number;
  readonly seed: number;
}

const CHAINS = 6;
/** Steps of a study; between two of them a run may stop and be taken up again. */
const STRETCH = 6;
/** First stretches of each chain, which still remember where it began, and are thrown away. */
const BURN_IN = 2;

/** Throws UserError where a preset does not meet its own calibration targets. */
export async function drawEnsemble(
  runner: StudyRunner,
  preset: string,
  { samples, seed }: EnsembleOptions,
): Promise<Ensemble> {
  const stretches = Math.ceil(samples / (CHAINS * STRETCH));
  const chains = await Promise.all(
    Array.from({ length: CHAINS }, (_, chain) => walk(runner, preset, seed, chain, BURN_IN + stretches)),
  );
  const kept = chains.flatMap((chain) => chain.slice(BURN_IN));
  const visited = counted(kept.flatMap(({ machines }) => machines));
  const steps = kept.reduce((sum, { machines }) => sum + machines.length, 0);
  const figures = await runner.run(
    figuresStudy,
    visited.map(({ machine }) => ({ preset, ...machine })),
  );
  return {
    preset,
    members: visited.map(({ machine, times }, k) => ({
      changes: machine.changes,
      weight: times / steps,
      figures: figures[k],
    })),
    steps,
    accepted: kept.reduce((sum, { accepted }) => sum + accepted, 0),
  };
}

async function walk(
  runner: StudyRunner,
  preset: string,
  seed: number,
  chain: number,
  stretches: number,
): Promise<Stretch[]> {
  const done: Stretch[] = [];
  for (let k = 0; k < stretches; k++) {
    const state = done.at(-1)?.state ?? null;
    const input = { preset, seed, chain, from: k * STRETCH, steps: STRETCH, state };
    // each stretch begins where the one before ended
    // oxlint-disable-next-line no-await-in-loop
    const [stretch] = await runner.run(stretchStudy, [input]);
    done.push(stretch);
  }
  return done;
}

/** The same machine visited several times counts as often, and is measured once. */
function counted(machines: readonly Visited[]): { machine: Visited; times: number }[] {
  const known = new Map<string, { machine: Visited; times: number }>();
  for (const machine of machines) {
    const key = JSON.stringify(machine);
    const one = known.get(key);
    if (one) one.times++;
    else known.set(key, { machine, times: 1 });
  }
  return [...known.values()];
}
