/** The plain part of surrogates: what the network is given, how outputs are learned, where it may be asked. */
import { describe, expect, it } from 'vitest';
import { lbfgs } from '../../sim/numerics/lbfgs.ts';
import { uniformSource } from '../../sim/study/sampling/random.ts';
import { domainOf, fenceOf } from '../../sim/surrogate/domain.ts';
import { decode, encode, encodingOf, errorPercent, weightsOf } from '../../sim/surrogate/encoding.ts';
import { compileFeatures, featuresOf } from '../../sim/surrogate/features.ts';
import type { Metadata } from '../../sim/surrogate/metadata.ts';
import { Network } from '../../sim/surrogate/network.ts';
import { scoreOf } from '../../sim/surrogate/score.ts';
import { Surrogate } from '../../sim/surrogate/surrogate.ts';

describe('L-BFGS', () => {
  const rosenbrock = (point: Float64Array) => {
    const [x, y] = point;
    return {
      value: (1 - x) ** 2 + 100 * (y - x * x) ** 2,
      gradient: Float64Array.of(-2 * (1 - x) - 400 * x * (y - x * x), 200 * (y - x * x)),
    };
  };

  it('finds the end of a bent valley', async () => {
    let last = 0;
    const start = Float64Array.of(-1.2, 1);
    const found = await lbfgs(rosenbrock, start, 100, { onStep: (step) => (last = step) > 0 });
    expect(found[0]).toBeCloseTo(1, 6);
    expect(found[1]).toBeCloseTo(1, 6);
    // plain descent needs thousands of steps here
    expect(last).toBeLessThan(60);
    expect([...start]).toEqual([-1.2, 1]);
  });

  it('never goes up, and ends when told to', async () => {
    const values: number[] = [];
    await lbfgs(rosenbrock, Float64Array.of(-1.2, 1), 100, {
      onStep: (step, value) => values.push(value) > 0 && step < 7,
    });
    expect(values).toHaveLength(7);
    expect(values.every((value, k) => k === 0 || value < values[k - 1])).toBe(true);
  });
});

describe('features', () => {
  const inputs = [
    { name: 'frequency_Hz', low: 0.5, high: 3.5 },
    { name: 'blow_flow_kg_per_s', low: 0.05, high: 0.25 },
    { name: 'lift_K', low: 0, high: 30 },
  ];
  const of = (set: 'raw' | 'physical', values: number[]) => {
    const features = featuresOf(inputs, set);
    const into = new Float64Array(features.length);
    compileFeatures(
      features,
      inputs.map(({ name }) => name),
    )(values, into);
    return Object.fromEntries(features.map(({ name }, k) => [name, into[k]]));
  };

  it('are the inputs themselves, raw', () => {
    expect(of('raw', [2, 0.1, 7])).toEqual({ frequency_Hz: 2, blow_flow_kg_per_s: 0.1, lift_K: 7 });
  });

  it('are also what the inputs change of the numbers of similarity, physical', () => {
    const all = of('physical', [2, 0.1, 7]);
    expect(all.utilization).toBeCloseTo(0.1 / 2, 12);
    expect(all.NTU).toBeCloseTo(1 / 0.1, 12);
    expect(all.Fourier).toBeCloseTo(1 / 2, 12);
    expect(all['ln frequency_Hz']).toBeCloseTo(Math.log(2), 12);
    // a lift may be 0
    expect(all).not.toHaveProperty('ln lift_K');
    expect(all.lift_K).toBe(7);
  });
});

describe('encodings', () => {
  const cooling = [-900, -20, 30, 400, 1000];
  const power = encodingOf({ name: 'cooling_power_W', unit: 'W', values: cooling }, cooling);
  const cop = encodingOf({ name: 'cop_device', unit: '', values: cooling.map((q) => q / 250) }, cooling);
  const pump = encodingOf({ name: 'pump_power_W', unit: 'W', values: [1, 2, 4, 8, 16] }, cooling);

  it('take the way that fits the output', () => {
    expect([power.way, cop.way, pump.way]).toEqual(['plain', 'quotient', 'ln']);
    // a tenth of 30 to 1000 W: where it heats does not count
    expect(power.floor).toBeCloseTo(97, 9);
    expect(cop.scale).toBeCloseTo(250, 9);
  });

  it('come back as they were', () => {
    for (const q of cooling) {
      expect(decode(power, encode(power, q, Number.NaN), Number.NaN)).toBeCloseTo(q, 9);
      expect(decode(cop, encode(cop, q / 250, q), q)).toBeCloseTo(q / 250, 9);
    }
    expect(decode(pump, encode(pump, 4, Number.NaN), Number.NaN)).toBeCloseTo(4, 9);
  });

  it('weigh a residual as the error that is reported', () => {
    for (const [encoding, truth] of [
      [power, 800],
      [power, -900],
      [power, 5],
      [pump, 8],
    ] as const) {
      const near = truth + 1e-4 * encoding.floor;
      const residual = encode(encoding, near, Number.NaN) - encode(encoding, truth, Number.NaN);
      const error = errorPercent(encoding, near, truth) / 100;
      const [weight] = weightsOf([encoding], [truth]);
      expect(Math.abs(residual) * weight, `${encoding.name} ${truth}`).toBeCloseTo(error, 6);
    }
  });

  it('weigh the power as the COP that comes of it, where that is the stricter', () => {
    // 30 W by 10 W: the floor of the power is 97 W, that of the COP 0.388 of 10 W, less than the 30 W
    const [weight] = weightsOf([power, cop], [30, 3]);
    const residual = encode(power, 30.01, Number.NaN) - encode(power, 30, Number.NaN);
    expect(residual * weight).toBeCloseTo(errorPercent(cop, 30.01 / 10, 3) / 100, 9);
    // where it heats there is no COP
    expect(weightsOf([power, cop], [-30, -3])[0]).toBe(weightsOf([power], [-30])[0]);
  });

  it('count an error against the value, or the floor', () => {
    expect(errorPercent(power, 990, 1000)).toBeCloseTo(1, 9);
    expect(errorPercent(power, 0.97, 0)).toBeCloseTo(1, 9);
  });
});

describe('the domain', () => {
  const uniform = uniformSource(3);
  const inputs = [
    { name: 'frequency_Hz', low: 0, high: 10 },
    { name: 'strain', low: 0, high: 0.1 },
  ];
  // a disc in the middle is empty
  const rows = Array.from({ length: 3000 }, () => [10 * uniform(), 0.1 * uniform()]).filter(
    ([f, s]) => Math.hypot(f / 10 - 0.5, s / 0.1 - 0.5) > 0.25,
  );
  const domain = domainOf(rows, inputs);
  const fence = fenceOf(domain);

  it('holds every point it was made of', () => {
    expect(rows.length).toBeGreaterThan(2000);
    expect(rows.every((row) => fence.holds(row) && fence.refusal(row) === null)).toBe(true);
  });

  it('refuses what is outside of the box, with a sentence', () => {
    expect(fence.holds([11, 0.05])).toBe(false);
    expect(fence.refusal([11, 0.05])).toMatch(/^frequency_Hz 11 is outside 0 to 10/);
    expect(fence.refusal([1, Number.NaN])).toMatch(/^strain NaN is outside/);
  });

  it('refuses a hole within', () => {
    expect(domain.reach).toBeLessThan(0.2);
    expect(fence.holds([5, 0.05])).toBe(false);
    expect(fence.refusal([5, 0.05])).toMatch(/^no training point is near \(frequency_Hz 5, strain 0.05\)/);
  });

  it('holds the ends of the ranges', () => {
    const corners = [
      [0, 0],
      [0, 0.1],
      [10, 0],
      [10, 0.1],
    ];
    const whole = fenceOf(domainOf([...rows, ...corners], inputs));
    expect(corners.every((corner) => whole.holds(corner))).toBe(true);
  });
});

const SWISH_OF_1 = 1 / (1 + Math.exp(-1));

describe('the plain network', () => {
  it('gives what can be worked out by hand', () => {
    const network = new Network([
      // x − y + 1 and 2x, then swish
      {
        inputs: 2,
        units: 2,
        activation: 'swish',
        kernel: Float32Array.of(1, 2, -1, 0),
        bias: Float32Array.of(1, 0),
      },
      { inputs: 2, units: 1, activation: 'linear', kernel: Float32Array.of(3, 5), bias: Float32Array.of(-1) },
    ]);
    expect(network.run(Float64Array.of(0, 0))[0]).toBeCloseTo(3 * SWISH_OF_1 - 1, 12);
    const [two, four] = [2, 4].map((z) => z / (1 + Math.exp(-z)));
    expect(network.run(Float64Array.of(2, 1))[0]).toBeCloseTo(3 * two + 5 * four - 1, 12);
  });

  it('refuses layers that do not fit', () => {
    const layer = (inputs: number, units: number) => ({
      inputs,
      units,
      activation: 'tanh' as const,
      kernel: new Float32Array(inputs * units),
      bias: new Float32Array(units),
    });
    expect(() => new Network([layer(2, 3), layer(4, 1)])).toThrow(/layer 2 takes 4 inputs/);
    expect(() => new Network([{ ...layer(2, 3), bias: new Float32Array(2) }])).toThrow(/layer 1/);
  });
});

describe('a score', () => {
  // tells 100 W whatever the input, and a COP of that by 50 W
  const about: Metadata = {
    format: 'elastocool-surrogate-1',
    machine: 'm',
    claim: '',
    study: '',
    study_hash: '',
    engine: '',
    inputs: [{ name: 'lift_K', unit: 'K', low: 0, high: 10 }],
    features: [{ name: 'lift_K', powers: { lift_K: 1 }, logarithm: false, mean: 0, deviation: 1 }],
    outputs: [
      { name: 'cooling_power_W', unit: 'W', way: 'plain', scale: 100, floor: 10 },
      { name: 'cop_device', unit: '', way: 'quotient', scale: 50, floor: 0.1 },
    ],
    domain: { kept: [0.5], reach: 1 },
    training: { rows: 1, seed: 1, steps: 1, feature_set: 'raw', backend: 'wasm' },
    held_out: { rows: 0, refused_percent: 0, outputs: [] },
  };
  const surrogate = new Surrogate(about, [
    { inputs: 1, units: 2, activation: 'linear', kernel: new Float32Array(2), bias: Float32Array.of(1, 0) },
  ]);

  it('tells medians, refusals and the worst case, a COP only where the machine cools', () => {
    const rows = {
      inputs: [[1], [2], [3], [4], [99]],
      outputs: [
        [100, 2],
        [110, 2],
        [80, 1.6],
        [-5, -0.1],
        [100, 2],
      ],
    };
    const score = scoreOf(surrogate, rows);
    expect(score.refused_percent).toBe(20);
    const [power, cop] = score.outputs;
    expect(power.rows).toBe(4);
    expect(power.worst[0]).toMatchObject({ truth: -5, at: { lift_K: 4 } });
    expect(power.worst[0].error_percent).toBeCloseTo(1050, 9);
    expect(power.median_error_percent).toBeCloseTo(25, 9);
    expect(cop.rows).toBe(3);
    expect(cop.p99_error_percent).toBeCloseTo(25, 9);
  });

  it('tells nothing outside, and no COP where it does not cool', () => {
    const told = new Float64Array(2);
    expect(surrogate.evaluate([11], told)).toBe(false);
    expect([...told]).toEqual([Number.NaN, Number.NaN]);
    const heating = new Surrogate(about, [
      {
        inputs: 1,
        units: 2,
        activation: 'linear',
        kernel: new Float32Array(2),
        bias: Float32Array.of(-1, 0),
      },
    ]);
    expect(heating.evaluate([1], told)).toBe(true);
    expect([...told]).toEqual([-100, Number.NaN]);
  });
});
