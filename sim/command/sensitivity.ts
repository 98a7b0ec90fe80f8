/** `elastocool sensitivity`: which parameters a result depends on, as Sobol indices with intervals. */
import { writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { Command } from 'commander';
import { UserError, readQuantity } from '../index.ts';
import { sensitivityFigure } from '../report/sensitivity-figure.ts';
import type { Estimate, SobolIndices } from '../study/sensitivity/indices.ts';
import { type SensitivityPlan, indicesOf, parseSensitivity } from '../study/sensitivity/plan.ts';
import { reportUserErrors } from './preset-file.ts';
import { THREADS, computePoints } from './sweep/compute-points.ts';
import { WHOLE, openStudy, pointsOf, readShard, resultFolder } from './sweep/open-study.ts';
import { gatherRows } from './sweep/result-table.ts';

interface Options {
  shard?: string;
  threads: string;
  out?: string;
  figure?: string;
  result?: string;
  json: boolean;
}

export function sensitivityCommand(): Command {
  return new Command('sensitivity')
    .summary('say which parameters a result depends on: Sobol indices with intervals')
    .description(
      'Samples the ranges of a study file and says how much of the variance of each result comes from each parameter: alone ' +
        '(first order, Saltelli 2010) and with all that it does together with others (total, Jansen 1999), with bootstrap ' +
        'intervals of 95 %. sample.points rows of d parameters are points * (d + 2) operating points; constraints over results ' +
        'are not looked at. Each point is kept as it comes: after a kill the same command goes on, and without --shard it tells ' +
        'what all shards have left. Exit status 0: told, or the shard computed; 2: the study cannot be held for its ' +
        'sensitivity; 75: stopped by a signal.',
    )
    .argument('<study>', 'the study file (YAML), every parameter with from and to, or prior')
    .option('--figure <file>', 'write the bars of one result, an SVG')
    .option('--result <name>', 'the result of the figure; the first of outputs where not given')
    .option('--shard <i/N>', 'compute the i-th of N equal parts only; the command without it then tells')
    .option('--threads <number>', 'threads', String(availableParallelism()))
    .option('--out <folder>', 'where points are kept; STUDY.sensitivity beside the study where not given')
    .option('--json', 'print JSON for machines', false)
    .addHelpText(
      'after',
      `
Examples:
  elastocool sensitivity fixtures/studies/kilowatt-sensitivity.yaml
  elastocool sensitivity study.yaml --figure bars.svg --result cop_device
  elastocool sensitivity study.yaml --shard 3/8          (and so on, on eight machines; then sensitivity study.yaml)
  elastocool sweep slurm study.yaml --sensitivity        (on a cluster; sweep k8s likewise)`,
    )
    .action((file: string, options: Options) => reportUserErrors(() => run(file, options)));
}

async function run(file: string, options: Options): Promise<void> {
  const threads = readQuantity('--threads', THREADS, options.threads);
  const shard = options.shard === undefined ? WHOLE : readShard(options.shard);
  const study = openStudy(file, parseSensitivity);
  const { plan } = study;
  const drawn = options.result ?? plan.outputs[0].key;
  const place = plan.outputs.findIndex(({ key }) => key === drawn);
  if (place < 0)
    throw new UserError(
      `--result ${drawn}: the study keeps ${plan.outputs.map(({ key }) => key).join(', ')}; add it to outputs.`,
    );
  const folder = resultFolder(study, options.out, 'sensitivity');
  await computePoints(study, { shard, folder, threads, title: 'sensitivity' });
  if (options.shard !== undefined) {
    const points = pointsOf(study, shard).length;
    process.stdout.write(
      options.json
        ? `${JSON.stringify({ points })}\n`
        : `${points} points. Kept in ${folder}; when all shards are there: elastocool sensitivity ${file}\n`,
    );
    return;
  }
  const rows = gatherRows(folder, study);
  const found = indicesOf(plan, (index) => rows.get(String(index)));
  if (options.figure !== undefined) writeFigure(options.figure, plan, place, found[place]);
  process.stdout.write(
    options.json ? `${JSON.stringify(forMachines(plan, found), null, 2)}\n` : forPeople(plan, found),
  );
  const bad = [...rows.values()].find(({ status }) => status !== 'converged');
  if (bad !== undefined)
    process.stderr.write(
      `elastocool: rows with a point that did not converge are left out, which bends the ranges; the first: ${bad.why}\n`,
    );
}

function writeFigure(file: string, plan: SensitivityPlan, place: number, indices: SobolIndices): void {
  const { title } = plan.outputs[place];
  if (indices.parameters === null)
    throw new UserError(`--figure: ${title} does not vary over these ranges; name another --result.`);
  const names = plan.factors.map(({ column }) => column);
  try {
    writeFileSync(file, sensitivityFigure(title, names, indices));
  } catch (error) {
    throw new UserError(
      `--figure: ${file} cannot be written (${(error as Error).message}); give another file.`,
    );
  }
}

function forPeople(
  { outputs, factors, rows, preset }: SensitivityPlan,
  found: readonly SobolIndices[],
): string {
  const width = Math.max(...factors.map(({ column }) => column.length));
  const parts = outputs.map(({ title, unit }, i) => {
    const { mean, variance, rows: whole, parameters } = found[i];
    const spread = `mean ${mean.toPrecision(4)}, standard deviation ${Math.sqrt(variance).toPrecision(3)} ${unit}`;
    const head = `${title}: ${spread.trimEnd()} (${whole} of ${rows} rows)`;
    if (parameters === null) return `${head}\n  does not vary`;
    const lines = parameters.map(
      ({ first, total }, d) => `  ${factors[d].column.padEnd(width)}  ${inWords(first)}  ${inWords(total)}`,
    );
    return [head, `  ${''.padEnd(width)}  first order            total`, ...lines].join('\n');
  });
  return `${parts.join('\n\n')}\n\n${preset.claim}\n`;
}

const inWords = ({ value, low, high }: Estimate): string =>
  `${value.toFixed(3).padStart(6)} [${low.toFixed(3).padStart(6)}, ${high.toFixed(3).padStart(6)}]`;

const forMachines = (
  { outputs, factors, rows, seed, preset }: SensitivityPlan,
  found: readonly SobolIndices[],
): object => ({
  machine: preset.key,
  claim: preset.claim,
  rows,
  seed,
  estimators: { first: 'Saltelli 2010', total: 'Jansen 1999', interval: 'bootstrap over rows, 95 %' },
  results: outputs.map(({ key, unit }, i) => {
    const { parameters, ...about } = found[i];
    return {
      result: key,
      unit,
      ...about,
      parameters:
        parameters?.map((one, d) => ({ parameter: factors[d].column, first: one.first, total: one.total })) ??
        null,
    };
  }),
});
