/**
 * How many evaluations of a surrogate go into one simulation. The network has the size that `surrogate train` gives it
 * where nothing else is asked for, and the inputs and outputs of fixtures/studies/kilowatt-surrogate.yaml; its weights are
 * random, since its speed does not depend on them.
 */
import { solveOperatingPoint } from '../../sim/index.ts';
import { loadPreset } from '../../sim/command/preset-file.ts';
import { uniformSource } from '../../sim/study/sampling/random.ts';
import { domainOf } from '../../sim/surrogate/domain.ts';
import { featuresOf } from '../../sim/surrogate/features.ts';
import type { DenseLayer } from '../../sim/surrogate/network.ts';
import { Surrogate } from '../../sim/surrogate/surrogate.ts';
import { leastSeconds, processorSeconds } from './timing.ts';

const INPUTS = [
  { name: 'frequency_Hz', unit: 'Hz', low: 0.5, high: 3.5 },
  { name: 'blow_flow_kg_per_s', unit: 'kg/s', low: 0.05, high: 0.25 },
  { name: 'strain', unit: '', low: 0.02, high: 0.05 },
  { name: 'lift_K', unit: 'K', low: 0, high: 30 },
  { name: 'mean_temperature_C', unit: 'degC', low: 20, high: 32 },
];
const OUTPUTS = ['cooling_power_W', 'cop_material', 'cop_device', 'cop_system', 'a', 'b', 'c', 'd', 'e'];
const HIDDEN = [64, 64];
const uniform = uniformSource(1);
const points = Array.from({ length: 6000 }, () =>
  INPUTS.map(({ low, high }) => low + uniform() * (high - low)),
);

function someSurrogate(): Surrogate {
  const features = featuresOf(INPUTS, 'physical').map((one) => ({ ...one, mean: 0, deviation: 1 }));
  const sizes = [features.length, ...HIDDEN, OUTPUTS.length];
  const random = (length: number) => Float32Array.from({ length }, () => uniform() - 0.5);
  const layers = sizes.slice(1).map(
    (units, k): DenseLayer => ({
      inputs: sizes[k],
      units,
      activation: k < HIDDEN.length ? 'swish' : 'linear',
      kernel: random(sizes[k] * units),
      bias: random(units),
    }),
  );
  const { kept, reach } = domainOf(points, INPUTS);
  return new Surrogate(
    {
      format: 'elastocool-surrogate-1',
      machine: '',
      claim: '',
      study: '',
      study_hash: '',
      engine: '',
      inputs: INPUTS,
      features,
      outputs: OUTPUTS.map((name) => ({
        name,
        unit: '',
        way: name.startsWith('cop_') ? 'quotient' : 'plain',
        scale: 1,
        floor: 1,
      })),
      domain: { kept: [...kept], reach },
      training: { rows: 0, seed: 0, steps: 0, feature_set: 'physical', backend: '' },
      held_out: { rows: 0, refused_percent: 0, outputs: [] },
    },
    layers,
  );
}

export interface SurrogateSpeed {
  /** Processor time of an evaluation asked for alone, its answer in an array of its own, s. */
  readonly oneS: number;
  /** The same of one in a batch of a thousand. */
  readonly batchS: number;
  /** Of one operating point of the kilowatt machine, the compiler warm. */
  readonly simulationS: number;
}

export function surrogateSpeed(): SurrogateSpeed {
  const surrogate = someSurrogate();
  const alone = 20_000;
  const batches = 20;
  const batch = points.slice(0, 1000);
  const table = new Float64Array(batch.length * OUTPUTS.length);
  const { device } = loadPreset('hkust-kilowatt-2025', new Map());
  const [one, many, simulation] = leastSeconds(6, [
    () =>
      processorSeconds(() => {
        for (let k = 0; k < alone; k++)
          surrogate.evaluate(points[k % points.length], new Float64Array(OUTPUTS.length));
      }),
    () =>
      processorSeconds(() => {
        for (let k = 0; k < batches; k++)
          for (let row = 0; row < batch.length; row++)
            surrogate.evaluate(batch[row], table.subarray(row * OUTPUTS.length, (row + 1) * OUTPUTS.length));
      }),
    () => processorSeconds(() => void solveOperatingPoint(device)),
  ]);
  return { oneS: one / alone, batchS: many / batches / batch.length, simulationS: simulation };
}
