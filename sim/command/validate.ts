/** `elastocool validate`: every published figure beside the model, with what is known and what is not. */
import { join } from 'node:path';
import { Command } from 'commander';
import { UserError, given, readQuantity, whole } from '../index.ts';
import { drawEnsemble, type Ensemble } from '../study/literature/ensemble.ts';
import type { LiteratureRow } from '../study/literature/row.ts';
import { type Score, scoreOf, scoreSystem } from '../study/literature/score.ts';
import { readBibliography } from './bibliography.ts';
import { engineFingerprint } from './fingerprint.ts';
import { listPresets, pairsOption, reportUserErrors } from './preset-file.ts';
import { startProgress } from './progress.ts';
import { writeReport } from './report-files.ts';
import { chapterSources, contextOf, reportChapters } from './validation-report.ts';
import { StudyPool } from './study-pool.ts';
import { programVersion } from './version.ts';

interface Options {
  json: boolean;
  report?: string;
  samples: string;
  seed: string;
  only: string;
  memory: string;
  assume: Map<string, string>;
}

const SAMPLES = whole(given('', 36, 1e6, '1', 'machines drawn of each system'));
const SEED = whole(given('', 0, 2 ** 31, '1', 'seed'));

export function validateCommand(): Command {
  return new Command('validate')
    .summary('hold every published figure against the model, with its uncertainty')
    .description(
      'Draws machines of each published system from the ranges that its preset states for what is not published, conditioned ' +
        'on the figures it was calibrated to, and holds every published figure against the 90 % interval of the model. Says of ' +
        'each row whether it is a calibration target (proves nothing), a prediction (scored) or a consistency check (not ' +
        'scored). A run that was stopped goes on where it was. Exit status 0: done, whatever the score; 2: nothing could be run.',
    )
    .option('--json', 'print JSON for machines', false)
    .option(
      '--report <directory>',
      'write the report there: index.html, the same as report.json, and its figures as SVG and PNG',
    )
    .option(
      '--samples <number>',
      'machines drawn of each system; more make the ends of the intervals surer',
      '216',
    )
    .option('--seed <number>', 'of the random numbers', '1')
    .option('--only <text>', 'the systems whose key contains this', '')
    .addOption(
      pairsOption(
        '--assume <name=value>',
        'a tariff, a grid factor or another number of the comparison with a split unit (a wrong name lists them all)',
      ),
    )
    .option('--memory <directory>', 'where what was computed is remembered', '.elastocool')
    .addHelpText(
      'after',
      `
Examples:
  elastocool validate                              (a table; some minutes, a second time at once)
  elastocool validate --report out                 then open out/index.html
  elastocool validate --report out --assume tariff_per_kWh=0.30 --assume currency=EUR --assume grid_kg_CO2e_per_kWh=0.25
  elastocool validate --only freezer --samples 960
  elastocool validate --json                       {"rows": [{"system", "quantity", "unit", "published", "model", "low", "high",
                                                    "role", "sure", "pass", ...}], "score": {...}}`,
    )
    .action((options: Options) => reportUserErrors(() => run(options)));
}

async function run(options: Options): Promise<void> {
  const samples = readQuantity('--samples', SAMPLES, options.samples);
  const seed = readQuantity('--seed', SEED, options.seed);
  const chapters = chapterSources(options.assume);
  const fingerprint = engineFingerprint();
  const progress = startProgress(1, 'validate');
  const pool = new StudyPool({
    memoryFile: join(options.memory, `validate-${fingerprint}.jsonl`),
    onProgress: (done, asked, study) => progress.update(done / asked, `${done} of ${asked}, ${study}`),
  });
  try {
    const keys = publishedSystems(pool, options.only);
    const bibliography = readBibliography();
    const sureOf = (source: string) => bibliography.get(source)?.sure ?? '?';
    const ensembles = await Promise.all(keys.map((key) => drawEnsemble(pool, key, { samples, seed })));
    const rows = ensembles.flatMap((one) => scoreSystem(pool.load(one), one, sureOf));
    const score = scoreOf(rows);
    const version = programVersion();
    if (options.report !== undefined) {
      const context = contextOf(pool, ensembles, rows);
      const contents = await reportChapters(context, keys, { ...chapters, bibliography });
      const title = 'elastocool held against the literature';
      await writeReport(options.report, { title, version, seed, samples, fingerprint }, contents);
    }
    progress.end();
    if (options.json)
      process.stdout.write(
        `${JSON.stringify({ version, engine: fingerprint, seed, samples, score, rows }, null, 2)}\n`,
      );
    else process.stdout.write(`${describe(rows, score, ensembles)}\n`);
    if (options.report !== undefined && !options.json)
      process.stdout.write(`\nReport: ${join(options.report, 'index.html')}\n`);
  } finally {
    progress.end();
    await pool.close();
  }
}

/** Presets with figures that have a role. Throws UserError where `only` fits none. */
function publishedSystems(pool: StudyPool, only: string): string[] {
  const all = listPresets().filter((key) =>
    pool.load({ preset: key }).targets.some(({ role, source }) => role && source),
  );
  // the machine of this project first, then by name
  const isFirst = (key: string) => Number(key === 'hkust-kilowatt-2025');
  const asked = all
    .filter((key) => key.includes(only))
    .toSorted((a, b) => isFirst(b) - isFirst(a) || a.localeCompare(b));
  if (asked.length === 0)
    throw new UserError(`--only ${only}: no system has this in its key; there are ${all.join(', ')}.`);
  return asked;
}

function describe(rows: readonly LiteratureRow[], score: Score, ensembles: readonly Ensemble[]): string {
  const cells = rows.map((row) => [
    row.quantity,
    `${row.bound ?? ''} ${digits(row.published)}`.trim(),
    digits(row.model),
    `${digits(row.low)} to ${digits(row.high)}`,
    row.unit,
    row.sure,
    row.verdict,
  ]);
  const head = ['', 'published', 'model', '90 % interval', '', 'sure', ''];
  const widths = head.map((title, k) => Math.max(title.length, ...cells.map((line) => line[k].length)));
  const line = (texts: readonly string[]) =>
    texts
      .map((text, k) => (k >= 1 && k <= 3 ? text.padStart(widths[k]) : text.padEnd(widths[k])))
      .join('  ')
      .trimEnd();
  const systems = ensembles.map(({ preset, members, steps, accepted }) => {
    const own = rows.flatMap(({ system }, k) => (system === preset ? [`  ${line(cells[k])}`] : []));
    const missed = rows.filter(({ system, verdict }) => system === preset && RED.includes(verdict));
    const why = missed.map(({ quantity, verdict, note }) => `    ${quantity} ${verdict}: ${note}`);
    return [
      `${preset}   (${members.length} machines, ${Math.round((100 * accepted) / steps)} % of the moves taken)`,
      ...own,
      ...why,
    ].join('\n');
  });
  return [`  ${line(head)}`, ...systems, summary(score)].join('\n\n');
}

const RED = ['fail', 'uninformative', 'disagrees', 'not computed'];

function summary(s: Score): string {
  return [
    `Predictions: ${s.passed} of ${s.predictions} pass, ${s.failed} fail, ${s.uninformative} uninformative (interval wider than ±50 %).`,
    `Not scored: ${s.calibrations} calibration targets, which the machines were conditioned on; ${s.consistency} consistency checks, of which ${s.agreeing} agree.`,
    'sure: T the paper itself, P press about it, 2 a third party, D derived from these, M recalled.',
  ].join('\n');
}

function digits(value: number | null): string {
  if (value === null) return '-';
  const text = Number(value.toPrecision(4));
  return Math.abs(text) >= 1e5 ? text.toExponential() : String(text);
}
