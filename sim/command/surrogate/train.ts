/** `elastocool surrogate train`: a network from the Parquet file of a sweep. */
import { join } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { FEATURE_SETS, type FeatureSet } from '../../surrogate/features.ts';
import { readSurrogate } from '../../surrogate/model-file.ts';
import { scoreOf } from '../../surrogate/score.ts';
import { reportUserErrors } from '../preset-file.ts';
import { startProgress } from '../progress.ts';
import { wholeNumber } from '../whole-number.ts';
import { BACKENDS, type BackendChoice, startBackend } from './backend.ts';
import { modelFiles, writeModel } from './model-folder.ts';
import { scoreJson, scoreText, worstText } from './score-text.ts';
import { readSweepTable } from './sweep-table.ts';
import { trainSurrogate } from './train-surrogate.ts';

interface Options {
  out?: string;
  hidden: readonly number[];
  steps: number;
  seed: number;
  inputs: FeatureSet;
  backend: BackendChoice;
  json: boolean;
}

export function trainCommand(): Command {
  return new Command('train')
    .summary('train a network on the Parquet file of a sweep')
    .description(
      'Trains a small network on the points of a sweep and writes it as a TensorFlow.js layers model, model.json and weights.bin. ' +
        'Of the rows that converged 15 % are held out: no step of the training sees them, and the errors that are told are theirs. ' +
        'Errors are relative to the value, or to a tenth of the range of the output where the machine cools if that is more; ' +
        'a COP counts where the machine cools. The same file and seed give the same model, bit by bit.',
    )
    .argument('<sweep>', 'the .parquet file that sweep run wrote')
    .option('--out <folder>', 'where the model goes; beside the sweep, NAME.surrogate, where not given')
    .option('--hidden <units>', 'units of the hidden layers', readHidden, [64, 64])
    .option('--steps <number>', 'passes over the data at most', wholeNumber(1, 100_000), 3000)
    .option(
      '--seed <number>',
      'of the first weights and of which rows are held out',
      wholeNumber(0, 2 ** 31 - 1),
      1,
    )
    .addOption(
      new Option(
        '--inputs <set>',
        'what the network is given: physical (with logarithms, utilization, NTU, Fourier number) or raw',
      )
        .choices(FEATURE_SETS)
        .default('physical'),
    )
    .addOption(
      new Option(
        '--backend <name>',
        'what computes: native where it is installed and there are many rows, or wasm',
      )
        .choices(BACKENDS)
        .default('auto'),
    )
    .option('--json', 'print JSON for machines', false)
    .addHelpText(
      'after',
      `
Examples:
  elastocool sweep run fixtures/studies/kilowatt-surrogate.yaml --out sweep
  elastocool surrogate train sweep/kilowatt-surrogate.parquet --out kilowatt
  elastocool surrogate train sweep/kilowatt-surrogate.parquet --inputs raw --out raw        (to compare)`,
    )
    .action((file: string, options: Options) => reportUserErrors(() => train(file, options)));
}

function readHidden(text: string): number[] {
  const units = text.split(',').map(Number);
  if (units.length > 6 || units.some((one) => !Number.isInteger(one) || one < 1 || one > 512))
    throw new InvalidArgumentError('Give one to six whole numbers from 1 to 512, for example 64,64.');
  return units;
}

async function train(file: string, options: Options): Promise<void> {
  const { hidden, steps, seed, inputs: featureSet } = options;
  const table = await readSweepTable(file);
  const backend = await startBackend(options.backend, table.rows);
  const folder = options.out ?? file.replace(/(\.parquet)?$/, '.surrogate');
  const progress = startProgress(steps, 'surrogate');
  const started = performance.now();
  const trained = await trainSurrogate(table, {
    featureSet,
    hidden,
    steps,
    seed,
    backend: backend.name,
    onStep: (step, error) => progress.update(step, `step ${step}, error ${error.toExponential(2)}`),
  });
  progress.end();
  const seconds = (performance.now() - started) / 1e3;
  const about = { ...trained.about, held_out: { rows: 0, refused_percent: 0, outputs: [] } };
  // judged as it will be asked: read back from the bytes of its files
  const draft = await modelFiles(trained.model, about);
  const heldOut = scoreOf(readSurrogate(file, draft.json, draft.weights), trained.heldOut);
  const files = await modelFiles(trained.model, { ...about, held_out: heldOut });
  writeModel(folder, files);
  const { training } = about;
  const names = ['model.json', 'weights.bin'].map((name) => join(folder, name));
  if (options.json) {
    process.stdout.write(
      `${JSON.stringify({ ...scoreJson(heldOut), training, left_out: table.leftOut, seconds, files: names })}\n`,
    );
    return;
  }
  process.stdout.write(
    `Trained on ${training.rows} rows in ${seconds.toFixed(0)} s, ${training.steps} steps on ${backend.name}: ${backend.why}\n` +
      (table.leftOut > 0 ? `${table.leftOut} rows that did not converge were left out.\n` : '') +
      `\n${scoreText(heldOut, 'held out')}\n\n${worstText(heldOut, about.outputs)}\n\n${about.claim}\n${names.join('\n')}\n`,
  );
}
