/** `elastocool surrogate train`: a network from the Parquet file of a sweep. */
import { Command, InvalidArgumentError, Option } from 'commander';
import { FEATURE_SETS, type FeatureSet } from '../../surrogate/features.ts';
import { reportUserErrors } from '../preset-file.ts';
import { wholeNumber } from '../whole-number.ts';

export const BACKENDS = ['auto', 'wasm', 'native'] as const;
export type BackendChoice = (typeof BACKENDS)[number];

export interface TrainCommandOptions {
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
        'a COP counts where the machine cools. The same file and seed give the same model, bit by bit. ' +
        'A signal (Ctrl-C) ends it after the present step: the best model so far is written, says so, and the exit status is 75.',
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
    .action((file: string, options: TrainCommandOptions) =>
      // TensorFlow.js takes a second to load
      reportUserErrors(async () => (await import('./train-sweep.ts')).trainSweep(file, options)),
    );
}

function readHidden(text: string): number[] {
  const units = text.split(',').map(Number);
  if (units.length > 6 || units.some((one) => !Number.isInteger(one) || one < 1 || one > 512))
    throw new InvalidArgumentError('Give one to six whole numbers from 1 to 512, for example 64,64.');
  return units;
}
