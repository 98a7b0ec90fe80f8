/** Computes the points of a study on all cores; each is kept as it comes, and a signal stops it without loss. */
import { UserError, given, whole } from '../../index.ts';
import type { PointSet } from '../../study/sweep/base.ts';
import { type SweepInput, type SweepOutput, sweepPoint } from '../../study/sweep/sweep-point.ts';
import { startProgress } from '../progress.ts';
import { readResultLines } from '../result-lines.ts';
import { STOPPED } from '../stopped.ts';
import { type PoolOptions, StudyPool } from '../study-pool.ts';
import { type OpenStudy, type Shard, linesFile, pointsOf } from './open-study.ts';
import { Remaining } from './remaining.ts';
import { gatherRows } from './result-table.ts';

/** What --threads may be. */
export const THREADS = whole(given('', 1, 4096, '1', 'threads'));
/** Points handed out for each thread: one that it computes and one that waits for it. */
const HANDED_OUT = 2;

export interface ComputeOptions {
  readonly shard: Shard;
  readonly folder: string;
  readonly threads: number;
  /** Before the bar of progress. */
  readonly title: string;
}

/** Throws UserError where the folder cannot be written. */
export async function computePoints(
  study: OpenStudy<PointSet>,
  { shard, folder, threads, title }: ComputeOptions,
): Promise<void> {
  const { plan } = study;
  const points = pointsOf(study, shard);
  const missing = missingOf(study, shard, folder);
  if (missing.length === 0) return;
  const kept = points.length - missing.length;
  const progress = startProgress(points.length, title);
  const remaining = new Remaining(missing.length);
  const pool = openPool(linesFile(folder, study, shard), {
    threads: Math.min(threads, missing.length),
    // The file belongs to one study: the number of a point says it all.
    keyOf: (_, input) => String((input as SweepInput).index),
    onProgress: (done) =>
      progress.update(
        kept + done,
        `${kept + done} of ${points.length}, ${remaining.text(done, performance.now())}`,
      ),
  });
  const waiting = missing.values();
  const takeInTurn = async (): Promise<void> => {
    for (const index of waiting)
      await pool.run<SweepInput, SweepOutput>(sweepPoint, [
        { index, machine: plan.machineAt(index), toleranceK: plan.toleranceK },
      ]);
  };
  await untilStopped(pool, progress, async () => {
    await Promise.all(Array.from({ length: HANDED_OUT * threads }, takeInTurn));
  });
}

/** A run in one piece takes what shards have left; a shard reads its own file alone, since it may be one of thousands. */
function missingOf(study: OpenStudy<PointSet>, shard: Shard, folder: string): readonly number[] {
  const rows = shard.of === 1 ? gatherRows(folder, study) : readResultLines(linesFile(folder, study, shard));
  return pointsOf(study, shard).filter((index) => !rows.has(String(index)));
}

/** A pool that keeps what it computes in a file. Throws UserError where that cannot be written. */
export function openPool(memoryFile: string, options: Omit<PoolOptions, 'memoryFile'>): StudyPool {
  try {
    return new StudyPool({ memoryFile, ...options });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new UserError(`${memoryFile} cannot be written (${code}); name another folder with --out.`);
  }
}

/** Does `work` on the pool and closes it; SIGINT and SIGTERM close it too, and end the program with status 75. */
export async function untilStopped(
  pool: StudyPool,
  progress: { readonly end: () => void },
  work: () => Promise<void>,
): Promise<void> {
  let isStopped = false;
  const stop = (signal: NodeJS.Signals): void => {
    isStopped = true;
    progress.end();
    void pool.close().finally(() => {
      process.stderr.write(
        `elastocool: stopped by ${signal}; what was computed is kept, the same command goes on.\n`,
      );
      process.exit(STOPPED);
    });
  };
  process.once('SIGTERM', stop).once('SIGINT', stop);
  try {
    await work();
  } catch (error) {
    // what was under way is given up, and says so; the end of the program is on its way
    if (isStopped) await new Promise<never>(() => {});
    throw error;
  } finally {
    process.off('SIGTERM', stop).off('SIGINT', stop);
    progress.end();
    await pool.close();
  }
}
