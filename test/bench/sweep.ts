/**
 * What a sweep costs beside its points: the whole command, from start to file, against the same points solved one after the
 * other in this process, and two threads against one. Wall time, in turns, the least of several counts: on a machine that
 * does other work the figures are of that work too. `node test/bench/sweep.ts` alone.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openStudy } from '../../sim/command/sweep/open-study.ts';
import { loadMachine } from '../../sim/command/machine-ref.ts';
import { parseStudy } from '../../sim/study/sweep/plan.ts';
import { sweepPoint } from '../../sim/study/sweep/sweep-point.ts';
import { leastSeconds } from './timing.ts';

const PROGRAM = fileURLToPath(new URL('../../controller/command/elastocool.mjs', import.meta.url));
const ROUNDS = 2;
export const SWEEP_POINTS = 300;

export interface SweepCost {
  /** One after the other in one process, s. */
  readonly singleS: number;
  /** The command on one thread and on two, s. */
  readonly oneS: number;
  readonly twoS: number;
}

export function sweepCost(): SweepCost {
  const folder = mkdtempSync(join(tmpdir(), 'elastocool-bench-'));
  const file = join(folder, 'study.yaml');
  writeFileSync(
    file,
    `machine: hkust-kilowatt-2025
vary: { lift: { from: 0 K, to: 10 K }, frequency: { from: 2 Hz, to: 4 Hz } }
sample: { method: sobol, points: ${SWEEP_POINTS} }
`,
  );
  const { plan } = openStudy(file, parseStudy);
  const single = (): void => {
    for (const index of plan.indices)
      sweepPoint.run({ index, machine: plan.machineAt(index), toleranceK: plan.toleranceK }, loadMachine);
  };
  const command = (threads: number) => (): void => {
    const out = join(folder, 'points');
    rmSync(out, { recursive: true, force: true });
    const args = [PROGRAM, 'sweep', 'run', file, '--out', out, '--threads', String(threads)];
    const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    if (status !== 0) throw new Error(stderr);
  };
  try {
    const [singleS, oneS, twoS] = leastSeconds(
      ROUNDS,
      [single, command(1), command(2)].map((work) => () => wallSeconds(work)),
    );
    return { singleS, oneS, twoS };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function wallSeconds(work: () => void): number {
  const started = performance.now();
  work();
  return (performance.now() - started) / 1e3;
}

export function printSweepCost(report: (label: string, value: string) => void): void {
  const { singleS, oneS, twoS } = sweepCost();
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
  report('  one after the other in one process', `${singleS.toFixed(1)} s`);
  report(
    '  sweep run on one thread',
    `${oneS.toFixed(1)} s, ${percent(oneS / singleS - 1)} more than the points alone`,
  );
  report('  sweep run on two threads', `${twoS.toFixed(1)} s, ${percent(oneS / twoS / 2)} of twice as fast`);
}

if (import.meta.main) printSweepCost((label, value) => process.stdout.write(`${label.padEnd(40)}${value}\n`));
