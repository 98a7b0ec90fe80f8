/** `elastocool sweep plan`: what a study would compute, before it does. */
import { availableParallelism } from 'node:os';
import { Command } from 'commander';
import type { PointSet } from '../../study/sweep/base.ts';
import { studyJsonSchema } from '../../study/sweep/study-file.ts';
import { sweepPoint } from '../../study/sweep/sweep-point.ts';
import { loadMachine } from '../machine-ref.ts';
import { reportUserErrors } from '../preset-file.ts';
import { type Row, formatTable } from '../table.ts';
import { parseStudy } from '../../study/sweep/plan.ts';
import { type OpenStudy, openStudy, resultFolder } from './open-study.ts';
import { gatherRows } from './result-table.ts';

interface Options {
  out?: string;
  schema: boolean;
  json: boolean;
}

/** So many points tell how long one takes; the first warms the compiler. */
const TRIAL_POINTS = 4;

export function planCommand(): Command {
  return new Command('plan')
    .summary('say what a study would compute, and how long it takes')
    .description(
      'Reads a study file and says its parameters, its points, those that miss a constraint, what is computed already, and ' +
        'how long the rest takes on this machine, from a few points that are computed for it.',
    )
    .argument('[study]', 'the study file (YAML)')
    .option('--out <folder>', 'where its points stand; STUDY.sweep beside the study where not given')
    .option('--schema', 'print the JSON Schema of study files, for editors', false)
    .option('--json', 'print JSON for machines', false)
    .addHelpText(
      'after',
      `
Examples:
  elastocool sweep plan fixtures/studies/kilowatt-map.yaml
  elastocool sweep plan --schema > study.schema.json`,
    )
    .action((file: string | undefined, options: Options, command: Command) =>
      reportUserErrors(() => {
        if (options.schema) process.stdout.write(`${JSON.stringify(studyJsonSchema(), null, 2)}\n`);
        else if (file === undefined)
          command.error('elastocool: name a study file, or ask for --schema', { exitCode: 2 });
        else plan(file, options);
      }),
    );
}

function plan(file: string, options: Options): void {
  const study = openStudy(file, parseStudy);
  const { factors, designed, indices, preset } = study.plan;
  const known = computedAlready(study, options.out);
  const left = indices.length - known;
  const secondsEach = secondsPerPoint(study);
  const cores = availableParallelism();
  if (options.json) {
    const varied = factors.map(({ column, name, kind }) => ({ column, name, kind }));
    process.stdout.write(
      `${JSON.stringify({ machine: preset.key, designed, points: indices.length, computed: known, seconds_per_point: secondsEach, cores, vary: varied })}\n`,
    );
    return;
  }
  const rows: Row[] = [
    ['machine', preset.key, ''],
    ...factors.map((factor): Row => {
      if (factor.kind === 'listed') return [factor.column, `${factor.values.length} values`, ''];
      return [factor.column, 'sampled', ''];
    }),
    ['points of the design', String(designed), ''],
    ['that meet the constraints', String(indices.length), ''],
    ['computed already', String(known), ''],
    ['one point on one core', secondsEach, 's'],
    [`the rest on the ${cores} cores here`, (left * secondsEach) / cores, 's'],
  ];
  process.stdout.write(`${formatTable(rows)}\n`);
}

function computedAlready(study: OpenStudy, out: string | undefined): number {
  const rows = gatherRows(resultFolder(study, out), study);
  return study.plan.indices.filter((index) => rows.has(String(index))).length;
}

/** Points spread over the study, since the ends of a range are seldom its middle. */
export function secondsPerPoint({ plan }: OpenStudy<PointSet>): number {
  const { indices, machineAt, toleranceK } = plan;
  const count = Math.min(TRIAL_POINTS, indices.length);
  const chosen = Array.from(
    { length: count },
    (_, i) => indices[Math.floor(((i + 0.5) / count) * indices.length)],
  );
  const compute = (index: number) =>
    sweepPoint.run({ index, machine: machineAt(index), toleranceK }, loadMachine);
  compute(chosen[0]);
  const started = performance.now();
  for (const index of chosen) compute(index);
  return (performance.now() - started) / 1e3 / count;
}
