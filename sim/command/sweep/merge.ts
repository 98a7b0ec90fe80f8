/** `elastocool sweep merge`: one file of the shards of a study, the same bytes as a run in one piece. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { UserError } from '../../index.ts';
import { reportUserErrors } from '../preset-file.ts';
import { parseStudy } from '../../study/sweep/plan.ts';
import { openStudy, resultFolder, studyName } from './open-study.ts';
import { gatherRows, writeSweep } from './result-table.ts';

interface Options {
  out?: string;
  csv: boolean;
}

export function mergeCommand(): Command {
  return new Command('merge')
    .summary('write one file of the shards of a study')
    .description(
      'Writes what the shards of a study have computed as one Parquet file, the same bytes as a run in one piece. Refuses ' +
        'while points are missing, with how many. Exit status 0: written; 2: it cannot be.',
    )
    .argument('<study>', 'the study file (YAML)')
    .option('--out <folder>', 'where the points stand; STUDY.sweep beside the study where not given')
    .option('--csv', 'write CSV beside the Parquet file, and its units as JSON', false)
    .addHelpText(
      'after',
      `
Example:
  elastocool sweep run study.yaml --shard 1/2 && elastocool sweep run study.yaml --shard 2/2 && elastocool sweep merge study.yaml`,
    )
    .action((file: string, options: Options) => reportUserErrors(() => merge(file, options)));
}

async function merge(file: string, options: Options): Promise<void> {
  const study = openStudy(file, parseStudy);
  const { indices } = study.plan;
  const folder = resultFolder(study, options.out);
  if (!existsSync(folder))
    throw new UserError(
      `${folder}: there is no such folder; run the study first, or name the one with --out.`,
    );
  const rows = gatherRows(folder, study);
  const missing = indices.filter((index) => !rows.has(String(index)));
  if (missing.length > 0)
    throw new UserError(
      `${folder}: ${missing.length} of ${indices.length} points of ${file} are missing (the first is ${missing[0]}); run the shards that are not done once more, with the same program and the same study.`,
    );
  const files = ['parquet', ...(options.csv ? ['csv'] : [])].map((end) =>
    join(folder, `${studyName(study)}.${end}`),
  );
  for (const one of files) await writeSweep(one, study, rows);
  process.stdout.write(`${indices.length} points\n${files.join('\n')}\n`);
}
