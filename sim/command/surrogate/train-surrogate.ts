/** From a sweep to a surrogate: which rows teach, which judge, how they are scaled, what is written. */
import type * as tfl from '@tensorflow/tfjs-layers';
import { UserError } from '../../index.ts';
import { shuffled, uniformSource } from '../../study/sampling/random.ts';
import { domainOf } from '../../surrogate/domain.ts';
import { COOLING_POWER, type Encoding, encode, encodingOf, weightsOf } from '../../surrogate/encoding.ts';
import { type Feature, type FeatureSet, compileFeatures, featuresOf } from '../../surrogate/features.ts';
import type { Metadata } from '../../surrogate/metadata.ts';
import type { Rows } from '../../surrogate/score.ts';
import type { SweepColumn, SweepTable } from './sweep-table.ts';
import { type Examples, trainNetwork } from './train-network.ts';

/** Of all rows: those that say when to stop, and those that are shown to nothing before the errors are told. */
const JUDGING_SHARE = 0.1;
const HELD_OUT_SHARE = 0.15;
const LEAST_ROWS = 40;

export interface TrainOptions {
  readonly featureSet: FeatureSet;
  readonly hidden: readonly number[];
  readonly steps: number;
  readonly seed: number;
  readonly backend: string;
  readonly onStep: (step: number, error: number) => void;
  readonly isStopped: () => boolean;
}

export interface TrainedSurrogate {
  readonly model: tfl.Sequential;
  /** All but the score of the held-out rows, which the caller adds. */
  readonly about: Omit<Metadata, 'held_out'>;
  readonly heldOut: Rows;
}

/** Throws UserError where the sweep cannot be learned. */
export async function trainSurrogate(table: SweepTable, options: TrainOptions): Promise<TrainedSurrogate> {
  const outputs = learnable(table);
  const { inputs } = table;
  const complete = Array.from({ length: table.rows }, (_, row) => row).filter((row) =>
    [...inputs, ...outputs].every(({ values }) => Number.isFinite(values[row])),
  );
  if (complete.length < LEAST_ROWS)
    throw new UserError(
      `${table.file}: has ${complete.length} complete rows; a surrogate needs at least ${LEAST_ROWS}, and some thousands to be good.`,
    );
  const order = shuffled(complete.length, uniformSource(options.seed)).map((at) => complete[at]);
  const held = Math.round(HELD_OUT_SHARE * order.length);
  const judging = held + Math.round(JUDGING_SHARE * order.length);
  const heldOut = order.slice(0, held);
  const learning = order.slice(judging);

  const ranges = inputs.map(({ name, unit, values }) => ({
    name,
    unit,
    low: values.reduce((a, b) => Math.min(a, b)),
    high: values.reduce((a, b) => Math.max(a, b)),
  }));
  const inputsOf = (rows: readonly number[]) => rows.map((row) => inputs.map(({ values }) => values[row]));
  const features = scaledFeatures(inputsOf(learning), ranges, options.featureSet);
  const cooling = outputs.find(({ name }) => name === COOLING_POWER)?.values;
  const pick = (values: Float64Array) => Float64Array.from(learning, (row) => values[row]);
  const encodings = outputs.map(({ name, unit, values }) =>
    encodingOf({ name, unit, values: pick(values) }, cooling && pick(cooling)),
  );
  const examplesOf = (rows: readonly number[]): Examples =>
    examples(inputsOf(rows), rows, { inputs, outputs, features, encodings, cooling });
  const { model, steps, stoppedAt } = await trainNetwork(
    examplesOf(learning),
    examplesOf(order.slice(held, judging)),
    options,
  );
  const domain = domainOf(inputsOf(learning), ranges);
  const told = (key: string) => table.about.get(key) ?? '';
  return {
    model,
    about: {
      format: 'elastocool-surrogate-1',
      machine: told('machine'),
      claim: told('claim'),
      study: told('study'),
      study_hash: told('study_hash'),
      engine: told('engine'),
      inputs: ranges,
      features,
      outputs: encodings,
      domain: { kept: [...domain.kept], reach: domain.reach },
      training: {
        rows: learning.length,
        seed: options.seed,
        steps,
        ...(stoppedAt === null ? {} : { stopped: { at_step: stoppedAt, of_steps: options.steps } }),
        feature_set: options.featureSet,
        backend: options.backend,
      },
    },
    heldOut: {
      inputs: inputsOf(heldOut),
      outputs: heldOut.map((row) => outputs.map(({ values }) => values[row])),
    },
  };
}

/** They tell of the computation, not of the machine. */
const OF_THE_COMPUTATION: ReadonlySet<string> = new Set([
  'energy_residual',
  'steady_state_error_K',
  'cycles',
]);

/** Outputs that vary. */
function learnable(table: SweepTable): SweepColumn[] {
  if (table.inputs.length === 0) throw new UserError(`${table.file}: nothing was varied in this sweep.`);
  const found = table.outputs.filter(
    ({ name, values }) =>
      !OF_THE_COMPUTATION.has(name) && values.some((value) => value !== values[0] && !Number.isNaN(value)),
  );
  if (found.length === 0)
    throw new UserError(
      `${table.file}: no output of this sweep changes; keep more with outputs in the study.`,
    );
  return found;
}

type ScaledFeature = Metadata['features'][number];

function scaledFeatures(
  rows: readonly (readonly number[])[],
  ranges: Metadata['inputs'],
  set: FeatureSet,
): ScaledFeature[] {
  const features = featuresOf(ranges, set);
  const values = rows.map(computer(features, ranges));
  return features.map((feature, k) => {
    const mean = values.reduce((sum, row) => sum + row[k], 0) / values.length;
    const square = values.reduce((sum, row) => sum + (row[k] - mean) ** 2, 0) / values.length;
    return { ...feature, mean, deviation: Math.sqrt(square) || 1 };
  });
}

function computer(
  features: readonly Feature[],
  ranges: Metadata['inputs'],
): (row: readonly number[]) => Float64Array {
  const compute = compileFeatures(
    features,
    ranges.map(({ name }) => name),
  );
  return (row) => {
    const into = new Float64Array(features.length);
    compute(row, into);
    return into;
  };
}

interface Columns {
  readonly inputs: readonly SweepColumn[];
  readonly outputs: readonly SweepColumn[];
  readonly features: readonly ScaledFeature[];
  readonly encodings: readonly Encoding[];
  readonly cooling: Float64Array | undefined;
}

function examples(
  values: readonly (readonly number[])[],
  rows: readonly number[],
  { inputs, outputs, features, encodings, cooling }: Columns,
): Examples {
  const compute = computer(
    features,
    inputs.map(({ name, unit }) => ({ name, unit, low: 0, high: 0 })),
  );
  const each = encodings.length;
  const all = {
    rows: rows.length,
    features: new Float32Array(rows.length * features.length),
    targets: new Float32Array(rows.length * each),
    weights: new Float32Array(rows.length * each),
  };
  for (const [k, row] of rows.entries()) {
    const raw = compute(values[k]);
    for (const [f, { mean, deviation }] of features.entries())
      all.features[k * features.length + f] = (raw[f] - mean) / deviation;
    const truths = outputs.map((output) => output.values[row]);
    all.weights.set(weightsOf(encodings, truths), k * each);
    for (const [o, encoding] of encodings.entries())
      all.targets[k * each + o] = encode(encoding, truths[o], cooling?.[row] ?? Number.NaN);
  }
  return all;
}
