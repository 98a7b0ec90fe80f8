/** `elastocool optimize`: the best designs of a study file. */
import { mkdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { readQuantity } from '../index.ts';
import { type OptimizePlan, parseOptimize } from '../study/optimize/plan.ts';
import { bestOf } from '../study/optimize/front-file.ts';
import { type Generation, type Search, search } from '../study/optimize/search.ts';
import { writeFront } from './optimize/front-files.ts';
import { reportUserErrors } from './preset-file.ts';
import { startProgress } from './progress.ts';
import { THREADS, openPool, untilStopped } from './sweep/compute-points.ts';
import { type OpenStudy, openSearch, resultFolder } from './sweep/open-study.ts';
import { Remaining } from './sweep/remaining.ts';

interface Options {
  threads: string;
  out?: string;
  figure: boolean;
  json: boolean;
}

export function optimizeCommand(): Command {
  return new Command('optimize')
    .summary('find the best designs of a study file: a Pareto front, robust where parameters are uncertain')
    .description(
      'Looks for the designs of a study file that its objectives are best for, with NSGA-II (Deb 2002): what vary allows, what ' +
        'the constraints leave. With parameters under uncertain, each design is judged over the same samples of them. The ' +
        'front is written as JSON, which the page shows (Study, Designs), and every design as Parquet. The same file and seed ' +
        'give the same front; each operating point is kept as it comes, so after a kill the same command goes on. One ' +
        'objective may stand alone; along curved valleys it is then found slowly. Exit status 0: written; 1: no design met ' +
        'the constraints; 2: the study cannot be optimised; 75: stopped by a signal.',
    )
    .argument('<study>', 'the study file (YAML) with objectives')
    .option('--figure', 'write an SVG of each pair of objectives too', false)
    .option('--threads <number>', 'threads', String(availableParallelism()))
    .option('--out <folder>', 'where points and files stand; STUDY.optimize beside the study where not given')
    .option('--json', 'print JSON for machines', false)
    .addHelpText(
      'after',
      `
Examples:
  elastocool optimize fixtures/studies/kilowatt-design.yaml --figure
  elastocool optimize fixtures/studies/kilowatt-robust.yaml --out robust

In the study file:
  objectives:
    - maximize: cooling_power_W
    - { minimize: loading_power_W + pump_power_W, title: power taken }
  constraints: [peak_stress_MPa < 800, pressure_drop_bar < 1.5]
  optimize: { evaluations: 2000, population: 40, seed: 1 }
  uncertain: { entropy_change: prior, gap_tolerance: { from: 0, to: 0.1 } }
  robust: { samples: 16, assured: 0.9, constraints_hold: 0.95 }`,
    )
    .action((file: string, options: Options) => reportUserErrors(() => run(file, options)));
}

async function run(file: string, options: Options): Promise<void> {
  const threads = readQuantity('--threads', THREADS, options.threads);
  const study = openSearch(file, parseOptimize);
  const folder = resultFolder(study, options.out, 'optimize');
  const found = await searchOnAllCores(study, folder, threads);
  mkdirSync(folder, { recursive: true });
  const files = await writeFront(folder, study, found, options.figure);
  const front = bestOf(found);
  if (front.length === 0) process.exitCode = 1;
  const last = found.generations[found.generations.length - 1];
  process.stdout.write(
    options.json
      ? `${JSON.stringify({ designs: found.judged.length, front: front.length, hypervolume: last.hypervolume, files })}\n`
      : `${inWords(study.plan, found)}\n${files.join('\n')}\n`,
  );
}

async function searchOnAllCores(
  study: OpenStudy<OptimizePlan>,
  folder: string,
  threads: number,
): Promise<Search> {
  const { plan, hash } = study;
  const { generations, population, samples } = plan;
  const points = generations * population * samples.length;
  const progress = startProgress(points, 'optimize');
  const remaining = new Remaining(points);
  let latest: Generation | undefined;
  const tell = (done: number): void => {
    const volume =
      latest === undefined
        ? ''
        : `, hypervolume ${latest.hypervolume.toFixed(3)}, ${latest.feasible} feasible`;
    progress.update(
      done,
      `generation ${latest?.number ?? 0} of ${generations}${volume}, ${remaining.text(done, performance.now())}`,
    );
  };
  // By what a point is, not by its place: another budget, seed or objective finds again what is known.
  const pool = openPool(join(folder, `points-${hash}.jsonl`), { threads, onProgress: tell });
  let found: Search = { judged: [], generations: [] };
  await untilStopped(pool, progress, async () => {
    found = await search(plan, pool, (generation) => {
      latest = generation;
    });
  });
  return found;
}

/** The front in a few rows: of each objective the best design, and one in the middle. */
function inWords({ aims, population, generations }: OptimizePlan, found: Search): string {
  const front = bestOf(found);
  const feasible = found.judged.filter(({ isFeasible }) => isFeasible).length;
  const head = `${found.judged.length} designs (${generations} generations of ${population}), ${feasible} meet the constraints, ${front.length} on the front.`;
  if (front.length === 0) return `${head} Widen the ranges, or ask for less.`;
  const best = aims.map((_, k) => front.toSorted((a, b) => a.costs[k] - b.costs[k])[0]);
  const rows = aims.map(({ title, unit, sense }, k) => {
    const values = best.map(({ objectives }) => objectives[k].toPrecision(4).padStart(12)).join('');
    return `  ${`${sense} ${title}`.padEnd(44)}${values} ${unit ?? ''}`.trimEnd();
  });
  const heading = `  ${'The best of each objective, a column each:'.padEnd(44)}${best.map((_, k) => `no. ${k + 1}`.padStart(12)).join('')}`;
  return [head, heading, ...rows].join('\n');
}
