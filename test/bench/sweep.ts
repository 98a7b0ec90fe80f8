/**
 * What a sweep costs beside its points. Against the whole command, from start to file, stand the same points called one after
 * the other in this process once it is warm; and two threads against one. Start-up is told apart: a study pays it once, be it of
 * a minute or of hours (the command on one point: modules, study, a thread). What is left over is of each point, and of the
 * compiler, which every thread has to warm anew. The promise, below 5 % with all of that, is judged on SWEEP_POINTS points,
 * which take one core two minutes; on 300 of them start-up and warming are a quarter.
 *
 * Processor and wall time, once: minutes of work are their own mean. Wall time says something on a quiet machine only.
 * `node test/bench/sweep.ts` alone, with fewer points behind it for a quick look.
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

const PROGRAM = fileURLToPath(new URL('../../controller/command/elastocool.mjs', import.meta.url));
/** Of the program and all its threads, which no process is told of another: said on a pipe of its own as it ends. */
const TELL_PROCESSOR_S = `data:text/javascript,${encodeURIComponent(
  `import { writeSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';
const tell = () => { const { user, system } = process.cpuUsage(); writeSync(3, String((user + system) / 1e6)); };
if (isMainThread) process.on('exit', tell);`,
)}`;
const WARM_UP_POINTS = 200;
export const SWEEP_POINTS = 3000;
const PROMISED = 0.05;

interface Cost {
  readonly processorS: number;
  readonly wallS: number;
}

export interface SweepCost {
  /** One after the other in one warm process. */
  readonly alone: Cost;
  /** The command on one thread, for a single point of the study. */
  readonly startUp: Cost;
  /** The command on one thread and on two. */
  readonly one: Cost;
  readonly two: Cost;
}

export function sweepCost(points: number): SweepCost {
  const folder = mkdtempSync(join(tmpdir(), 'elastocool-bench-'));
  const file = join(folder, 'study.yaml');
  writeFileSync(
    file,
    `machine: hkust-kilowatt-2025
vary: { lift: { from: 0 K, to: 10 K }, frequency: { from: 2 Hz, to: 4 Hz } }
sample: { method: sobol, points: ${points} }
`,
  );
  const { plan } = openStudy(file, parseStudy);
  const solve = (indices: readonly number[]): void => {
    for (const index of indices)
      sweepPoint.run({ index, machine: plan.machineAt(index), toleranceK: plan.toleranceK }, loadMachine);
  };
  const command = (threads: number, ...more: string[]): Cost => {
    const out = join(folder, 'points');
    rmSync(out, { recursive: true, force: true });
    const args = ['sweep', 'run', file, '--out', out, '--threads', String(threads), ...more];
    return commandCost(args);
  };
  solve(plan.indices.slice(0, WARM_UP_POINTS));
  try {
    return {
      alone: hereCost(() => solve(plan.indices)),
      startUp: command(1, '--shard', `1/${points}`),
      one: command(1),
      two: command(2),
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function hereCost(work: () => void): Cost {
  const [startedMs, before] = [performance.now(), process.cpuUsage()];
  work();
  const { user, system } = process.cpuUsage(before);
  return { processorS: (user + system) / 1e6, wallS: (performance.now() - startedMs) / 1e3 };
}

function commandCost(args: readonly string[]): Cost {
  const startedMs = performance.now();
  const { status, stderr, output } = spawnSync(
    process.execPath,
    ['--import', TELL_PROCESSOR_S, PROGRAM, ...args],
    { encoding: 'utf8', stdio: ['ignore', 'ignore', 'pipe', 'pipe'] },
  );
  if (status !== 0) throw new Error(stderr);
  return { processorS: Number(output[3]), wallS: (performance.now() - startedMs) / 1e3 };
}

export function printSweepCost(report: (label: string, value: string) => void, points = SWEEP_POINTS): void {
  const { alone, startUp, one, two } = sweepCost(points);
  const seconds = ({ processorS, wallS }: Cost) => `${processorS.toFixed(1)} s, ${wallS.toFixed(1)} s`;
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
  const more = (whole: (of: keyof Cost) => number): string =>
    `${percent(whole('processorS') / alone.processorS - 1)}, ${percent(whole('wallS') / alone.wallS - 1)}`;
  report('  the points, one after the other in one process', seconds(alone));
  report('  sweep run on one thread', seconds(one));
  report('    of which start-up', seconds(startUp));
  report(
    '    a point of the rest, more than alone',
    more((of) => one[of] - startUp[of]),
  );
  report(
    `    all of it, more than alone (below ${percent(PROMISED)} is promised)`,
    more((of) => one[of]),
  );
  report(
    '  sweep run on two threads',
    `${seconds(two)}, ${percent(one.wallS / two.wallS / 2)} of twice as fast`,
  );
}

if (import.meta.main)
  printSweepCost(
    (label, value) => process.stdout.write(`${label.padEnd(58)}${value}\n`),
    process.argv[2] === undefined ? SWEEP_POINTS : Number(process.argv[2]),
  );
