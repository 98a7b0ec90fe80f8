/** `elastocool sweep run`: computes the points of a study, or one shard of them. */
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { UserError, given, readQuantity, whole } from '../../index.ts';
import { type SweepInput, type SweepOutput, STATUSES, sweepPoint } from '../../study/sweep/sweep-point.ts';
import { reportUserErrors } from '../preset-file.ts';
import { startProgress } from '../progress.ts';
import { StudyPool } from '../study-pool.ts';
import {
  type OpenStudy,
  type Shard,
  WHOLE,
  linesFile,
  openStudy,
  pointsOf,
  readShard,
  resultFolder,
  studyName,
} from './open-study.ts';
import { gatherRows, writeSweep } from './result-table.ts';
import { Remaining } from './remaining.ts';

interface Options {
  shard?: string;
  threads: string;
  out?: string;
  csv: boolean;
  json: boolean;
}

const THREADS = whole(given('', 1, 4096, '1', 'threads'));
/** What is handed to the workers at once: enough that none waits, few enough to hold. */
const BLOCK = 4096;
/** What BSD's sysexits calls a failure that a later try may mend: the points so far are kept. */
const STOPPED = 75;

export function runCommand(): Command {
  return new Command('run')
    .summary('compute the points of a study on all cores, or one shard of them')
    .description(
      'Computes every point of a study file and writes them as one Parquet file. Each point is kept as it comes: after a kill ' +
        'the same command goes on. Exit status 0: all points computed, whatever came out; 2: the study cannot be run; 75: ' +
        'stopped by a signal, the same command goes on.',
    )
    .argument('<study>', 'the study file (YAML)')
    .option('--shard <i/N>', 'compute the i-th of N equal parts only; sweep merge then writes the file')
    .option('--threads <number>', 'threads', String(availableParallelism()))
    .option('--out <folder>', 'where points and file stand; STUDY.sweep beside the study where not given')
    .option('--csv', 'write CSV beside the Parquet file', false)
    .option('--json', 'print JSON for machines', false)
    .addHelpText(
      'after',
      `
Examples:
  elastocool sweep run fixtures/studies/kilowatt-map.yaml --out map
  elastocool sweep run study.yaml --shard 3/8            (and so on, on eight machines; then sweep merge study.yaml)`,
    )
    .action((file: string, options: Options) => reportUserErrors(() => run(file, options)));
}

async function run(file: string, options: Options): Promise<void> {
  const threads = readQuantity('--threads', THREADS, options.threads);
  const shard = options.shard === undefined ? WHOLE : readShard(options.shard);
  const study = openStudy(file);
  const folder = resultFolder(study, options.out);
  const started = performance.now();
  await computePoints(study, shard, folder, threads);
  const seconds = (performance.now() - started) / 1e3;
  const rows = gatherRows(folder, study);
  const asked = pointsOf(study, shard);
  const counts = STATUSES.map((status) => ({
    status,
    count: asked.filter((index) => rows.get(String(index))?.status === status).length,
  }));
  const files: string[] = [];
  if (options.shard === undefined) {
    files.push(join(folder, `${studyName(study)}.parquet`));
    if (options.csv) files.push(join(folder, `${studyName(study)}.csv`));
    for (const one of files) await writeSweep(one, study, rows);
  }
  if (options.json) {
    const by = Object.fromEntries(counts.map(({ status, count }) => [status.replaceAll(' ', '_'), count]));
    process.stdout.write(`${JSON.stringify({ points: asked.length, ...by, seconds, files })}\n`);
    return;
  }
  const told = counts.flatMap(({ status, count }) => (count > 0 ? [`${count} ${status}`] : []));
  const where =
    options.shard === undefined
      ? files.join('\n')
      : `Kept in ${folder}; when all shards are there: elastocool sweep merge ${file}`;
  process.stdout.write(`${asked.length} points in ${seconds.toFixed(1)} s: ${told.join(', ')}.\n${where}\n`);
  const bad = asked.map((index) => rows.get(String(index))).find((row) => row?.status !== 'converged');
  if (bad !== undefined) process.stdout.write(`The first that did not converge: ${bad.why}\n`);
}

async function computePoints(study: OpenStudy, shard: Shard, folder: string, threads: number): Promise<void> {
  const { plan } = study;
  const points = pointsOf(study, shard);
  const progress = startProgress(points.length, 'sweep');
  const remaining = new Remaining(points.length);
  const pool = openPool(linesFile(folder, study, shard), threads, (done) =>
    progress.update(done, `${done} of ${points.length}, ${remaining.text(done, performance.now())}`),
  );
  const stop = (signal: NodeJS.Signals): void => {
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
    for (let first = 0; first < points.length; first += BLOCK)
      await pool.run<SweepInput, SweepOutput>(
        sweepPoint,
        points.slice(first, first + BLOCK).map((index) => ({
          index,
          machine: plan.machineAt(index),
          toleranceK: plan.toleranceK,
        })),
      );
  } finally {
    process.off('SIGTERM', stop).off('SIGINT', stop);
    progress.end();
    await pool.close();
  }
}

function openPool(memoryFile: string, threads: number, onProgress: (done: number) => void): StudyPool {
  try {
    // The file belongs to one study: the number of a point says it all.
    const keyOf = (_: string, input: unknown): string => String((input as SweepInput).index);
    return new StudyPool({ memoryFile, threads, keyOf, onProgress });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new UserError(`${memoryFile} cannot be written (${code}); name another folder with --out.`);
  }
}
