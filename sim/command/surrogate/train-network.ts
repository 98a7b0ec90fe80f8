/**
 * The network is trained by TensorFlow.js, which gives the error of all rows at once and its gradient; the steps are
 * those of L-BFGS. The data has no noise to speak of, so what stochastic descent is good for is not needed.
 */
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { type ValueAndGradient, lbfgs } from '../../numerics/lbfgs.ts';

/** Rows one after the other. */
export interface Examples {
  readonly rows: number;
  readonly features: Float32Array;
  readonly targets: Float32Array;
  /** What the residuals are multiplied with. */
  readonly weights: Float32Array;
}

export interface Training {
  readonly hidden: readonly number[];
  readonly steps: number;
  /** Of the first weights. */
  readonly seed: number;
  readonly onStep: (step: number, error: number) => void;
  /** Asked after each step: true ends the training there, with the best weights so far. */
  readonly isStopped: () => boolean;
}

export interface Trained {
  readonly model: tfl.Sequential;
  /** After which the error of the judging rows was least. */
  readonly steps: number;
  /** The last step, where the training was stopped; null where it came to its own end. */
  readonly stoppedAt: number | null;
}

/** The error of the judging rows is looked at after so many steps; after so many looks without a gain it is enough. */
const LOOK_EVERY = 25;
const PATIENCE = 20;

/**
 * Learns `examples`; keeps the weights with which the error of `judging` rows was least. The same input and backend give
 * the same bits.
 */
export async function trainNetwork(
  examples: Examples,
  judging: Examples,
  { hidden, steps, seed, onStep, isStopped }: Training,
): Promise<Trained> {
  const model = makeModel(examples, hidden, seed);
  const variables = model.trainableWeights.map((weight) => weight.read() as tf.Variable);
  const learn = tensorsOf(examples);
  const judge = tensorsOf(judging);
  let best = { error: Number.POSITIVE_INFINITY, step: 0, point: gather(variables) };
  const look = (step: number, point: Float64Array): boolean => {
    scatter(variables, point);
    const error = tf.tidy(() => meanOf(squaredErrors(model, judge)));
    if (error < best.error) best = { error, step, point };
    return step - best.step < PATIENCE * LOOK_EVERY;
  };
  let done = 0;
  let stoppedAt: number | null = null;
  const last = await lbfgs((point) => valueAndGradient(model, variables, learn, point), best.point, steps, {
    onStep: async (step, value, point) => {
      onStep(step, Math.sqrt(value));
      done = step;
      // lets signals and the progress bar through
      await new Promise((resolve) => setImmediate(resolve));
      if (isStopped()) {
        stoppedAt = step;
        return false;
      }
      return step % LOOK_EVERY === 0 ? look(step, point) : true;
    },
  });
  look(done, last);
  scatter(variables, best.point);
  for (const tensor of [...Object.values(learn), ...Object.values(judge)]) tensor.dispose();
  return { model, steps: best.step, stoppedAt };
}

function makeModel(
  { rows, features, targets }: Examples,
  hidden: readonly number[],
  seed: number,
): tfl.Sequential {
  const inputShape = [features.length / rows];
  const initializer = (layer: number) => tfl.initializers.glorotNormal({ seed: seed * 100 + layer });
  // named here: TensorFlow.js would count models, and the same training give another file
  const model = tfl.sequential({ name: 'surrogate' });
  for (const [layer, units] of hidden.entries())
    model.add(
      tfl.layers.dense({
        name: `hidden_${layer + 1}`,
        units,
        activation: 'swish',
        kernelInitializer: initializer(layer),
        ...(layer === 0 ? { inputShape } : {}),
      }),
    );
  model.add(
    tfl.layers.dense({
      name: 'outputs',
      units: targets.length / rows,
      kernelInitializer: initializer(hidden.length),
    }),
  );
  return model;
}

interface Tensors {
  readonly features: tf.Tensor2D;
  readonly targets: tf.Tensor2D;
  readonly weights: tf.Tensor2D;
}

function tensorsOf({ rows, features, targets, weights }: Examples): Tensors {
  const table = (values: Float32Array) => tf.tensor2d(values, [rows, values.length / rows]);
  return { features: table(features), targets: table(targets), weights: table(weights) };
}

/** Sum over the outputs, a number a row. */
const squaredErrors = (model: tfl.Sequential, { features, targets, weights }: Tensors): tf.Tensor1D => {
  const told = model.apply(features) as tf.Tensor2D;
  return tf.sum(tf.square(tf.mul(tf.sub(told, targets), weights)), 1);
};

/** In double precision: near the end of the search single precision cannot tell two steps apart. */
function meanOf(errors: tf.Tensor1D): number {
  const values = errors.dataSync();
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}

function valueAndGradient(
  model: tfl.Sequential,
  variables: tf.Variable[],
  examples: Tensors,
  point: Float64Array,
): ValueAndGradient {
  scatter(variables, point);
  let value = Number.NaN;
  const found = tf.variableGrads(() => {
    const errors = squaredErrors(model, examples);
    value = meanOf(errors);
    return tf.mean(errors);
  }, variables);
  const gradient = gather(variables.map(({ name }) => found.grads[name]));
  tf.dispose(found);
  return { value, gradient };
}

function gather(tensors: readonly tf.Tensor[]): Float64Array {
  const all = new Float64Array(tensors.reduce((size, tensor) => size + tensor.size, 0));
  let at = 0;
  for (const tensor of tensors) {
    all.set(tensor.dataSync(), at);
    at += tensor.size;
  }
  return all;
}

function scatter(variables: readonly tf.Variable[], point: Float64Array): void {
  let at = 0;
  for (const variable of variables) {
    const part = Float32Array.from(point.subarray(at, at + variable.size));
    tf.tidy(() => variable.assign(tf.tensor(part, variable.shape)));
    at += variable.size;
  }
}
