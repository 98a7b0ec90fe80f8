/** `elastocool sweep run`: computes the points of a study, or one shard of them. */
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { readQuantity } from '../../index.ts';
import { parseStudy } from '../../study/sweep/plan.ts';
import { STATUSES } from '../../study/sweep/sweep-point.ts';
import { reportUserErrors } from '../preset-file.ts';
import { THREADS, computePoints } from './compute-points.ts';
import { WHOLE, openStudy, pointsOf, readShard, resultFolder, studyName } from './open-study.ts';
import { gatherRows, writeSweep } from './result-table.ts';

interface Options {
  shard?: string;
  threads: string;
  out?: string;
  csv: boolean;
  json: boolean;
}

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
  const study = openStudy(file, parseStudy);
  const folder = resultFolder(study, options.out);
  const started = performance.now();
  await computePoints(study, { shard, folder, threads, title: 'sweep' });
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
