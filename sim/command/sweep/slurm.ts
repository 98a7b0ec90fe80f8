/** `elastocool sweep slurm`: prints the batch script of a study. What runs it is the site's own. */
import { resolve } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { reportUserErrors } from '../preset-file.ts';
import { openWork, sensitivityOption } from './cluster-work.ts';
import { MOST_SHARDS, resultFolder } from './open-study.ts';
import { slurmScript } from './slurm-script.ts';
import { type BundleOptions, bundle, bundleOptions, jobName, textLike, wholeWithin } from './task-bundle.ts';

interface Options extends BundleOptions {
  readonly sensitivity: boolean;
  readonly out?: string;
  readonly arrayLimit: number;
  readonly time?: string;
  readonly memory?: string;
  readonly partition?: string;
  readonly account?: string;
  readonly prologue: readonly string[];
}

/** Where the time is not given: points of a task may be slower than those that were tried. */
const TIMES_EXPECTED = 3;
const LEAST_MINUTES = 5;

const WORD = textLike(/^[A-Za-z0-9][\w.,-]*$/, 'a name of letters, digits and ._,-');

export function slurmCommand(): Command {
  const command = new Command('slurm')
    .summary('print the batch script that computes a study on a Slurm cluster')
    .description(
      'Prints a job array for sbatch, its points bundled to tasks of some ten minutes. Near the end of its time a task keeps ' +
        'what it has and goes back into the queue. The comments in the script say how to submit it and the job that writes ' +
        'one file afterwards. Study, program and results must stand at the same paths on the nodes. Exit status 2: the ' +
        'study cannot be run.',
    )
    .argument('<study>', 'the study file (YAML)')
    .addOption(sensitivityOption())
    .option(
      '--out <folder>',
      'where points and file stand; STUDY.sweep, or .sensitivity, beside the study where not given',
    )
    .addOption(
      new Option('--array-limit <number>', "most tasks of an array: the site's MaxArraySize")
        .argParser(wholeWithin(1, 4_000_000))
        .default(1001),
    );
  for (const option of bundleOptions()) command.addOption(option);
  return command
    .addOption(
      new Option(
        '--time <limit>',
        'limit of a task as Slurm writes it, 30 or 0:30:00; three times what is expected where not given',
      ).argParser(textLike(/^(\d+|(\d+-)?\d+:\d+(:\d+)?|\d+-\d+)$/, 'for example 30 (min), 0:30:00 or 1-12')),
    )
    .addOption(
      new Option('--memory <size>', "of a task, for example 2G; the site's own where not given").argParser(
        textLike(/^\d+[KMGT]?$/, 'a whole number with K, M, G or T, for example 2G'),
      ),
    )
    .addOption(new Option('--partition <name>', 'partition').argParser(WORD))
    .addOption(new Option('--account <name>', 'account that is charged').argParser(WORD))
    .addOption(
      new Option('--prologue <line>', 'a line of shell before all else, as it is; may be repeated')
        .argParser(addLine)
        .default([], 'none'),
    )
    .addHelpText(
      'after',
      `
Examples:
  elastocool sweep slurm study.yaml > study.sbatch
  elastocool sweep slurm study.yaml --sensitivity > study.sbatch
  elastocool sweep slurm study.yaml --partition short --account lab42 --cpus 4 --memory 4G --prologue "module load nodejs/24"`,
    )
    .action((file: string, options: Options) => reportUserErrors(() => print(file, options)));
}

function addLine(line: string, before: readonly string[]): string[] {
  if (/\p{Cc}/u.test(line)) throw new InvalidArgumentError('Allowed is one line; give the option again.');
  return [...before, line];
}

function print(file: string, options: Options): void {
  const { study, ...work } = openWork(file, options.sensitivity);
  const bundled = bundle(study, options, MOST_SHARDS);
  const minutes = Math.max(LEAST_MINUTES, Math.ceil(TIMES_EXPECTED * bundled.minutesEach));
  process.stdout.write(
    slurmScript({
      ...options,
      time: options.time ?? String(minutes),
      name: jobName(study, work.kind),
      bundle: bundled,
      program: [process.execPath, process.argv[1]],
      ...work,
      study: resolve(file),
      folder: resolve(resultFolder(study, options.out, work.kind)),
    }),
  );
}
