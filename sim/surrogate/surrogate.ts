/**
 * A fast model of a machine: what was learned from a sweep, asked in microseconds. It runs unchanged in Node, in a worker
 * and in the browser, and refuses what is outside its domain.
 */
import { COOLING_POWER, decode, isRatio } from './encoding.ts';
import { type Fence, fenceOf } from './domain.ts';
import { compileFeatures } from './features.ts';
import type { Metadata } from './metadata.ts';
import { type DenseLayer, Network } from './network.ts';

export class Surrogate {
  readonly about: Metadata;
  readonly network: Network;
  readonly fence: Fence;
  readonly #compute: (values: ArrayLike<number>, into: Float64Array) => void;
  readonly #features: Float64Array;
  readonly #means: Float64Array;
  readonly #deviations: Float64Array;
  /** Place of the cooling power among the outputs; -1 where it is none. */
  readonly #cooling: number;

  /** Throws RangeError where layers and metadata do not fit each other. */
  constructor(about: Metadata, layers: readonly DenseLayer[]) {
    const { inputs, features, outputs, domain } = about;
    this.about = about;
    this.network = new Network(layers);
    if (layers[0].inputs !== features.length || layers[layers.length - 1].units !== outputs.length)
      throw new RangeError(
        `the network takes ${layers[0].inputs} features and gives ${layers[layers.length - 1].units} outputs; its metadata names ${features.length} and ${outputs.length}`,
      );
    const names = inputs.map(({ name }) => name);
    this.fence = fenceOf({ ...domain, inputs });
    this.#compute = compileFeatures(features, names);
    this.#features = new Float64Array(features.length);
    this.#means = Float64Array.from(features, ({ mean }) => mean);
    this.#deviations = Float64Array.from(features, ({ deviation }) => deviation);
    this.#cooling = outputs.findIndex(({ name }) => name === COOLING_POWER);
  }

  /**
   * @param values of the inputs, in their order and in the units of their names
   * @param into gets the outputs, in their order and units; NaN in all where the point is outside the domain (`fence.refusal`
   * says why), and in a COP where the machine does not cool
   * @returns whether the point is inside
   */
  evaluate(values: ArrayLike<number>, into: Float64Array): boolean {
    if (!this.fence.holds(values)) {
      into.fill(Number.NaN);
      return false;
    }
    this.decode(this.network.run(this.features(values)), into);
    return true;
  }

  /** From what the network gives to the outputs, as `evaluate` tells them. */
  decode(learned: ArrayLike<number>, into: Float64Array): void {
    const { outputs } = this.about;
    const cooling =
      this.#cooling < 0 ? Number.NaN : decode(outputs[this.#cooling], learned[this.#cooling], Number.NaN);
    for (let k = 0; k < outputs.length; k++)
      into[k] =
        isRatio(outputs[k].name) && cooling <= 0 ? Number.NaN : decode(outputs[k], learned[k], cooling);
  }

  /** What the network is given; overwritten by the next call. */
  features(values: ArrayLike<number>): Float64Array {
    this.#compute(values, this.#features);
    for (let k = 0; k < this.#features.length; k++)
      this.#features[k] = (this.#features[k] - this.#means[k]) / this.#deviations[k];
    return this.#features;
  }
}
