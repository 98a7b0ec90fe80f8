/**
 * A network of dense layers, evaluated one input at a time in plain JavaScript: at batch 1 a tensor library spends most
 * of its time on the call. Held against TensorFlow.js by a test.
 */

export type Activation = 'swish' | 'tanh' | 'linear';

export interface DenseLayer {
  readonly inputs: number;
  readonly units: number;
  readonly activation: Activation;
  /** As TensorFlow.js lays it: the weights of the first input to all units, then of the second. */
  readonly kernel: Float32Array;
  readonly bias: Float32Array;
}

export class Network {
  readonly layers: readonly DenseLayer[];
  readonly #sums: readonly Float64Array[];

  /** Throws RangeError where the layers do not fit each other. */
  constructor(layers: readonly DenseLayer[]) {
    for (const [k, { inputs, units, kernel, bias }] of layers.entries()) {
      if (kernel.length !== inputs * units || bias.length !== units || units === 0)
        throw new RangeError(`layer ${k + 1} has not the weights of ${inputs} inputs and ${units} units`);
      if (k > 0 && layers[k - 1].units !== inputs)
        throw new RangeError(
          `layer ${k + 1} takes ${inputs} inputs, the one before gives ${layers[k - 1].units}`,
        );
    }
    this.layers = layers;
    this.#sums = layers.map(({ units }) => new Float64Array(units));
  }

  /** @returns the last layer's values; overwritten by the next call */
  run(input: Float64Array): Float64Array {
    let from = input;
    for (let k = 0; k < this.layers.length; k++) {
      const { inputs, units, activation, kernel, bias } = this.layers[k];
      const sums = this.#sums[k];
      for (let j = 0; j < units; j++) sums[j] = bias[j];
      for (let i = 0, at = 0; i < inputs; i++) {
        const value = from[i];
        for (let j = 0; j < units; j++, at++) sums[j] += value * kernel[at];
      }
      if (activation === 'swish') for (let j = 0; j < units; j++) sums[j] /= 1 + Math.exp(-sums[j]);
      else if (activation === 'tanh') for (let j = 0; j < units; j++) sums[j] = Math.tanh(sums[j]);
      from = sums;
    }
    return from;
  }
}
