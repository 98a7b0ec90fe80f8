/** `elastocool surrogate`, on a made-up machine that is known in closed form. */
import { spawn, spawnSync } from 'node:child_process';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startBackend } from '../../sim/command/surrogate/backend.ts';
import { openModel } from '../../sim/command/surrogate/open-model.ts';
import { scoreTable } from '../../sim/command/surrogate/score-table.ts';
import { readSweepTable } from '../../sim/command/surrogate/sweep-table.ts';
import { trainSurrogate } from '../../sim/command/surrogate/train-surrogate.ts';
import { modelFiles } from '../../sim/command/surrogate/write-model.ts';
import { writeParquet } from '../../sim/command/table-file/parquet.ts';
import type { Column } from '../../sim/command/table-file/table.ts';
import { sobolPoints } from '../../sim/study/sampling/sobol.ts';
import type { Metadata } from '../../sim/surrogate/metadata.ts';

const PROGRAM = fileURLToPath(new URL('../../controller/command/elastocool.mjs', import.meta.url));
const elastocool = (...args: string[]) =>
  spawnSync(process.execPath, [PROGRAM, ...args], { encoding: 'utf8' });
const surrogate = (...args: string[]) => elastocool('surrogate', ...args);

const folder = mkdtempSync(join(tmpdir(), 'elastocool-surrogate-'));
const at = (name: string): string => join(folder, name);
afterAll(() => rmSync(folder, { recursive: true }));

/** A power that falls with the lift and has its best flow, and the COP of it. */
function machine(f: number, flow: number, lift: number) {
  const cooling = 300 * f * (1 - Math.exp(-8 * flow)) - 2000 * flow * (lift / 30) ** 1.2;
  const work = 60 * f + 3 * lift;
  return { cooling, cop: cooling / work, pump: 900 * flow ** 2.5 };
}

const COLUMNS: readonly (readonly [string, string, Column['type']])[] = [
  ['point', '', 'u32'],
  ['frequency_Hz', 'Hz', 'f64'],
  ['blow_flow_kg_per_s', 'kg/s', 'f64'],
  ['lift_K', 'K', 'f64'],
  ['strain', '', 'f64'],
  ['cooling_power_W', 'W', 'f64'],
  ['cop_device', '', 'f64'],
  ['pump_power_W', 'W', 'f64'],
  ['cycles', '', 'f64'],
  ['status', '', 'text'],
  ['why', '', 'text'],
];

async function writeSweep(file: string, count: number, seed: number, about: Record<string, string> = {}) {
  const shares = sobolPoints(3, seed);
  const points = Array.from({ length: count }, (_, index) => {
    const [a, b, c] = shares(index);
    return [0.5 + 3 * a, 0.05 + 0.2 * b, 30 * c] as const;
  });
  const results = points.map((point) => machine(...point));
  const numbers = (of: (row: number) => number) => Float64Array.from(points, (_, row) => of(row));
  // every tenth row is none to learn from
  const isBad = (row: number) => row % 10 === 7;
  await writeParquet(
    file,
    {
      columns: COLUMNS.map(([name, unit, type]) => ({ name, unit, type, title: name })),
      batches: () => [
        {
          rows: count,
          values: [
            Uint32Array.from(points, (_, row) => row),
            numbers((row) => points[row][0]),
            numbers((row) => points[row][1]),
            numbers((row) => points[row][2]),
            numbers(() => 0.045),
            numbers((row) => (isBad(row) ? 1e9 : results[row].cooling)),
            numbers((row) => (row === 12 ? Number.NaN : results[row].cop)),
            numbers((row) => results[row].pump),
            numbers((row) => row % 5),
            points.map((_, row) => (isBad(row) ? 'not converged' : 'converged')),
            points.map((_, row) => (isBad(row) ? 'made so' : '')),
          ],
        },
      ],
    },
    new Map(
      Object.entries({ machine: 'made-up', claim: 'Made up.', study_hash: 'abc', engine: 'def', ...about }),
    ),
  );
}

interface Told {
  readonly refused_percent: number;
  readonly rows: number;
  readonly left_out: number;
  readonly training: Metadata['training'];
  readonly outputs: readonly {
    readonly name: string;
    readonly median_error_percent: number;
    readonly p99_error_percent: number;
  }[];
}
const OUTPUTS = ['cooling_power_W', 'cop_device', 'pump_power_W'];

/** Nothing tells when the training begins: a signal that comes before it just ends the program, and the next one waits longer. */
const WAITS_MS = [2000, 4000, 8000, 16_000, 32_000];

/** Stops a training with SIGTERM, said twice as by a launcher that passes a Ctrl-C on. */
async function stoppedTraining(...args: string[]) {
  for (const wait of WAITS_MS) {
    const run = spawn(process.execPath, [PROGRAM, 'surrogate', 'train', ...args]);
    let said = '';
    run.stdout.on('data', (data: Buffer) => (said += data.toString()));
    const ended = new Promise<number | null>((resolve) => run.once('close', resolve));
    await new Promise((resolve) => setTimeout(resolve, wait));
    run.kill('SIGTERM');
    run.kill('SIGTERM');
    const status = await ended;
    if (status !== null) return { status, said };
  }
  throw new Error('every signal came before the training');
}

let told: Told;
beforeAll(async () => {
  await writeSweep(at('made-up.parquet'), 700, 1);
  const args = ['--out', at('model'), '--hidden', '16,16', '--steps', '500', '--backend', 'wasm'];
  const { stdout, stderr, status } = surrogate('train', at('made-up.parquet'), ...args, '--json');
  expect(stderr).toBe('');
  expect(status).toBe(0);
  told = JSON.parse(stdout) as Told;
}, 120_000);

describe('surrogate train', () => {
  it('learns what converged and varies, and says how well', () => {
    expect(told.left_out).toBe(70);
    // one row without a COP, then 15 % held out and 10 % that judge
    expect(told.rows).toBe(Math.round(0.15 * 629));
    expect(told.training.rows).toBe(629 - Math.round(0.15 * 629) - Math.round(0.1 * 629));
    expect(told.outputs.map(({ name }) => name)).toEqual(OUTPUTS);
    for (const { name, median_error_percent, p99_error_percent } of told.outputs) {
      expect(median_error_percent, name).toBeLessThan(0.5);
      // of some hundred rows the worst, at the ends of the ranges
      expect(p99_error_percent, name).toBeLessThan(10);
    }
    expect(told.refused_percent).toBeLessThan(5);
  });

  it('gives the same files from the same seed, bit by bit, and others from another', async () => {
    const table = await readSweepTable(at('made-up.parquet'));
    await startBackend('wasm', 0);
    const filesOf = async (seed: number) => {
      const options = {
        featureSet: 'physical' as const,
        hidden: [6],
        steps: 8,
        seed,
        backend: 'wasm',
        onStep() {},
        isStopped: () => false,
      };
      const { model, about } = await trainSurrogate(table, options);
      const held_out = { rows: 0, refused_percent: 0, outputs: [] };
      const { json, weights } = await modelFiles(model, { ...about, held_out });
      return `${json} ${Buffer.from(weights).toString('hex')}`;
    };
    const first = await filesOf(1);
    expect(await filesOf(1)).toBe(first);
    expect(await filesOf(2)).not.toBe(first);
  });

  it('keeps the best model so far when a signal stops it, and says so everywhere', {
    timeout: 120_000,
  }, async () => {
    const out = at('stopped');
    const args = ['--out', out, '--hidden', '16,16', '--steps', '90000', '--backend', 'wasm', '--json'];
    const { status, said } = await stoppedTraining(at('made-up.parquet'), ...args);
    expect(status).toBe(75);
    const { training, outputs } = JSON.parse(said) as {
      training: Metadata['training'];
      outputs: object[];
    };
    expect(training.stopped?.of_steps).toBe(90_000);
    expect(training.stopped?.at_step).toBeGreaterThanOrEqual(Math.max(1, training.steps));
    const { about } = openModel(out);
    expect(about.training).toEqual(training);
    expect(outputs).toHaveLength(OUTPUTS.length);
    const sentence = `The training was stopped at step ${training.stopped?.at_step} of 90000`;
    expect(surrogate('evaluate', out).stdout).toContain(sentence);
    expect(told.training.stopped).toBeUndefined();
  });

  it('refuses a file that is none of a sweep, and too few rows', async () => {
    await expect(readSweepTable(at('none.parquet'))).rejects.toThrow('there is no such file');
    writeFileSync(at('text.parquet'), 'no Parquet at all');
    await expect(readSweepTable(at('text.parquet'))).rejects.toThrow('cannot be read as Parquet');
    await writeSweep(at('few.parquet'), 30, 1);
    const { stderr, status } = surrogate('train', at('few.parquet'));
    expect(status).toBe(2);
    expect(stderr).toMatch(/has 26 complete rows; a surrogate needs at least 40/);
  });
});

describe('surrogate evaluate', () => {
  it('is as good on another sweep, and says that the program has moved on', async () => {
    await writeSweep(at('check.parquet'), 200, 2);
    const { outputs, refused_percent } = scoreTable(
      openModel(at('model')),
      await readSweepTable(at('check.parquet')),
    );
    expect(outputs.map(({ name }) => name)).toEqual(OUTPUTS);
    for (const { name, median_error_percent } of outputs)
      expect(median_error_percent, name).toBeLessThan(0.5);
    expect(refused_percent).toBeLessThan(5);
  });

  it('prints JSON, and repeats what was held out where no data is given', () => {
    const { stdout, status } = surrogate('evaluate', at('model'), '--json');
    expect(status).toBe(0);
    const { rows, refused_percent, outputs } = told;
    expect(JSON.parse(stdout)).toEqual({ rows, refused_percent, outputs });
  });

  it('refuses another machine, and a torn model', async () => {
    await writeSweep(at('stranger.parquet'), 100, 3, { machine: 'stranger' });
    const stranger = await readSweepTable(at('stranger.parquet'));
    expect(() => scoreTable(openModel(at('model')), stranger)).toThrow(
      'is a sweep of stranger; the surrogate is of made-up',
    );
    expect(() => openModel(at('nowhere'))).toThrow('train a surrogate first');
    mkdirSync(at('torn'));
    for (const name of ['model.json', 'weights.bin']) copyFileSync(at(`model/${name}`), at(`torn/${name}`));
    truncateSync(at('torn/weights.bin'), 100);
    expect(() => openModel(at('torn'))).toThrow('its weights are not all there (100 of');
    writeFileSync(at('torn/model.json'), '{"format":"layers-model"}');
    expect(() => openModel(at('torn/model.json'))).toThrow('is no surrogate of this program');
  });
});

describe('surrogate ask', () => {
  const ask = (lift: string) =>
    surrogate(
      'ask',
      at('model'),
      '--at',
      'frequency_Hz=2',
      '--at',
      'blow_flow_kg_per_s=0.15',
      '--at',
      `lift_K=${lift}`,
      '--json',
    );

  it('answers a point as the formula does', () => {
    const inside = JSON.parse(ask('6').stdout) as Record<string, number>;
    const truth = machine(2, 0.15, 6);
    expect(Math.abs(inside.cooling_power_W / truth.cooling - 1)).toBeLessThan(0.02);
    expect(Math.abs(inside.cop_device / truth.cop - 1)).toBeLessThan(0.02);
  });

  it('refuses one outside of what it was trained on, with exit status 2', () => {
    const { status, stdout, stderr } = ask('31');
    expect(status).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/lift_K 31 is outside 0\.\d+ to (29|30)[.\d]*, what the surrogate was trained on/);
  });
});

describe('the files of a surrogate', () => {
  /** As far as single precision takes it; what is learned is of order 1. */
  const TOLERANCE = 2e-5;

  it('are a layers model that TensorFlow.js loads, and gives what the plain pass gives, on every backend', async () => {
    const ours = openModel(at('model'));
    await import('@tensorflow/tfjs-backend-cpu');
    await tf.setBackend('cpu');
    const json = JSON.parse(readFileSync(at('model/model.json'), 'utf8')) as {
      modelTopology: object;
      weightsManifest: { weights: tf.io.WeightsManifestEntry[] }[];
    };
    const model = await tfl.loadLayersModel(
      tf.io.fromMemory({
        modelTopology: json.modelTopology,
        weightSpecs: json.weightsManifest[0].weights,
        weightData: Uint8Array.from(readFileSync(at('model/weights.bin'))).buffer,
      }),
    );
    const points = [
      [1, 0.1, 5],
      [2.5, 0.2, 20],
      [3.2, 0.07, 1],
    ];
    const inputs = points.map((point) => [...ours.features(point)]);
    const plain = inputs.map((input) => [...ours.network.run(Float64Array.from(input))]);
    const { name: ofLarge } = await startBackend('auto', 100_000);
    const native = ofLarge === 'native' ? [() => startBackend('native', 0)] : [];
    for (const start of [() => tf.setBackend('cpu'), () => startBackend('wasm', 0), ...native]) {
      await start();
      const theirs = (model.predict(tf.tensor2d(inputs)) as tf.Tensor2D).arraySync();
      for (const [row, values] of theirs.entries())
        for (const [k, value] of values.entries())
          expect(Math.abs(value - plain[row][k]), `${tf.getBackend()} ${row} ${k}`).toBeLessThan(TOLERANCE);
    }
  });

  it('say why the native library is not used, where it is not', async () => {
    expect((await startBackend('auto', 100)).why).toContain('too few');
    const large = await startBackend('auto', 100_000);
    expect(large.why).toMatch(/native/);
    if (large.name === 'wasm')
      await expect(startBackend('native', 100)).rejects.toThrow(/--backend native: the/);
  });
});
