/** A surrogate from the two files of a TensorFlow.js layers model, model.json and weights.bin, without TensorFlow.js. */
import { z } from 'zod';
import { Metadata } from './metadata.ts';
import type { DenseLayer } from './network.ts';
import { Surrogate } from './surrogate.ts';
import { UserError } from '../config/quantity.ts';

const Layer = z.object({
  class_name: z.string(),
  config: z.object({ activation: z.enum(['swish', 'tanh', 'linear']).default('linear') }),
});

const ModelFile = z.object({
  format: z.literal('layers-model'),
  modelTopology: z.object({ config: z.object({ layers: z.array(Layer) }) }),
  weightsManifest: z
    .array(
      z.object({
        paths: z.array(z.string()).length(1),
        weights: z.array(
          z.object({ name: z.string(), shape: z.array(z.int()), dtype: z.literal('float32') }),
        ),
      }),
    )
    .length(1),
  userDefinedMetadata: Metadata,
});

/**
 * @param name of the file, for sentences
 * @param json its text
 * @param weights bytes of the weights file beside it
 * Throws UserError where it is no surrogate of this program, or is torn.
 */
export function readSurrogate(name: string, json: string, weights: ArrayBuffer): Surrogate {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    throw new UserError(`${name}: is no JSON; name the model.json that surrogate train wrote.`);
  }
  const read = ModelFile.safeParse(value);
  if (!read.success) {
    const [{ path, message }] = read.error.issues;
    throw new UserError(
      `${name}: is no surrogate of this program (${path.join('.')}: ${message}); train it again with surrogate train.`,
    );
  }
  const { modelTopology, weightsManifest, userDefinedMetadata } = read.data;
  const dense = modelTopology.config.layers.filter(({ class_name }) => class_name === 'Dense');
  const specs = weightsManifest[0].weights;
  const wanted = 4 * specs.reduce((sum, { shape }) => sum + sizeOf(shape), 0);
  if (specs.length !== 2 * dense.length || weights.byteLength !== wanted)
    throw new UserError(
      `${name}: its weights are not all there (${weights.byteLength} of ${wanted} bytes); copy both files again.`,
    );
  let at = 0;
  const take = (size: number): Float32Array => {
    const part = new Float32Array(weights.slice(at, at + 4 * size));
    at += 4 * size;
    return part;
  };
  const layers = dense.map(({ config: { activation } }, k): DenseLayer => {
    const [inputs, units] = specs[2 * k].shape;
    return { inputs, units, activation, kernel: take(inputs * units), bias: take(units) };
  });
  return new Surrogate(userDefinedMetadata, layers);
}

const sizeOf = (shape: readonly number[]): number => shape.reduce((size, side) => size * side, 1);
