/** `elastocool optimize` and `sensitivity` as a user runs them: real machines on all cores, killed and begun again. */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, describe, expect, it } from 'vitest';
import type { FrontFile } from '../../sim/study/optimize/front-file.ts';

const PROGRAM = fileURLToPath(new URL('../../controller/command/elastocool.mjs', import.meta.url));
const FOLDER = mkdtempSync(join(tmpdir(), 'design-'));
afterAll(() => rmSync(FOLDER, { recursive: true }));

const elastocool = (...args: string[]) =>
  spawnSync(process.execPath, [PROGRAM, ...args], { encoding: 'utf8' });
const study = (name: string, text: string): string => {
  const file = join(FOLDER, `${name}.yaml`);
  writeFileSync(
    file,
    `machine: ljubljana-2022\nset: { nodes: 8, blow_steps: 6, ramp_steps: 4, courant: 1 }\n${text}`,
  );
  return file;
};
const linesIn = (folder: string): string[] => {
  const name = readdirSync(folder).find((one) => one.endsWith('.jsonl')) ?? '';
  return readFileSync(join(folder, name), 'utf8').split('\n').filter(Boolean);
};

/** Each test starts the program with its workers, some on a busy computer. */
const PATIENCE_MS = 180_000;

const DESIGN = study(
  'design',
  `
vary:
  frequency: { from: 0.05 Hz, to: 0.5 Hz }
  blow_flow: { from: 2 g/s, to: 40 g/s }
objectives:
  - maximize: cooling_power_W
  - { minimize: mechanical_power_W + pump_power_W, title: power taken }
constraints: [peak_stress_MPa < 900]
optimize: { evaluations: 24, population: 6, seed: 3 }
`,
);

describe('elastocool optimize', { timeout: PATIENCE_MS }, () => {
  const whole = join(FOLDER, 'whole');
  const frontOf = (folder: string): FrontFile =>
    JSON.parse(readFileSync(join(folder, 'design.front.json'), 'utf8')) as FrontFile;

  it('writes a front that no design of its table beats', async () => {
    const { stdout, stderr, status } = elastocool('optimize', DESIGN, '--out', whole, '--figure', '--json');
    expect(stderr).toBe('');
    expect(status).toBe(0);
    const told = JSON.parse(stdout) as { designs: number; front: number; files: string[] };
    expect(told.designs).toBe(24);
    expect(told.files.map((file) => file.replace(/.*design/, ''))).toEqual([
      '.front.json',
      '.parquet',
      '.svg',
    ]);
    const front = frontOf(whole);
    expect(front.designs).toHaveLength(told.front);
    expect(front.designs.length).toBeGreaterThan(1);
    const volumes = front.generations.map(({ hypervolume }) => hypervolume);
    expect(volumes[volumes.length - 1]).toBeGreaterThan(volumes[0]);

    const connection = await (await DuckDBInstance.create()).connect();
    const read = async (sql: string) => {
      const result = await connection.runAndReadAll(
        sql.replace('TABLE', `'${join(whole, 'design.parquet')}'`),
      );
      return result.getRowObjects();
    };
    const better = `select count(*) n from TABLE a, '${join(whole, 'design.parquet')}' b where a.front = 1 and b.feasible = 1
      and b.objective_1 > a.objective_1 and b.objective_2 < a.objective_2`;
    expect(Number((await read(better))[0].n)).toBe(0);
    const rows = await read('select * from TABLE where front = 1 order by objective_1 desc');
    expect(rows.map((row) => row.objective_2)).toEqual(front.designs.map(({ objectives }) => objectives[1]));
    for (const row of rows) expect(row.objective_1).toBe(row.cooling_power_W);
    connection.closeSync();
  });

  it('gives designs that simulate as they say', () => {
    const [best] = frontOf(whole).designs;
    const set = Object.entries(best.set).flatMap(([key, value]) => ['--set', `${key}=${value}`]);
    const point = JSON.parse(elastocool('simulate', 'ljubljana-2022', ...set, '--json').stdout) as {
      cooling_power_W: number;
    };
    // the design in twelve digits, and a steady state to 1 mK both times
    expect(Math.abs(point.cooling_power_W / best.objectives[0] - 1)).toBeLessThan(1e-3);
  });

  it('goes on after kill -9, computes nothing twice and finds the same front', async () => {
    const killed = join(FOLDER, 'killed');
    const child = spawn(process.execPath, [PROGRAM, 'optimize', DESIGN, '--out', killed, '--threads', '1'], {
      stdio: 'ignore',
    });
    const ended = new Promise((resolve) => child.once('exit', resolve));
    while (!hasLines(killed, 8)) await new Promise((resolve) => setTimeout(resolve, 5));
    child.kill('SIGKILL');
    await ended;
    const before = linesIn(killed);
    expect(before.length).toBeLessThan(24);
    expect(elastocool('optimize', DESIGN, '--out', killed).status).toBe(0);
    const after = linesIn(killed);
    expect(after.slice(0, before.length - 1)).toEqual(before.slice(0, -1));
    const keys = after.flatMap((line) => /^\["(\w+)",.*\]$/.exec(line)?.[1] ?? []);
    expect(new Set(keys).size).toBe(keys.length);
    expect(keys).toHaveLength(linesIn(whole).length);
    expect(frontOf(killed)).toEqual(frontOf(whole));
  });

  it('ends with status 75 and one sentence where a signal stops it', async () => {
    const folder = join(FOLDER, 'stopped');
    const child = spawn(process.execPath, [PROGRAM, 'optimize', DESIGN, '--out', folder, '--threads', '1']);
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
    const ended = new Promise((resolve) => child.once('close', resolve));
    while (!hasLines(folder, 4)) await new Promise((resolve) => setTimeout(resolve, 5));
    child.kill('SIGTERM');
    expect(await ended).toBe(75);
    expect(said).toBe(
      'elastocool: stopped by SIGTERM; what was computed is kept, the same command goes on.\n',
    );
    expect(linesIn(folder).length).toBeLessThan(24);
  });

  it('says so where no design meets the constraints', () => {
    const file = study(
      'none',
      `
vary: { frequency: { from: 0.05 Hz, to: 0.5 Hz } }
objectives: [{ maximize: cooling_power_W }]
constraints: [peak_stress_MPa < 1]
optimize: { evaluations: 8, population: 4 }
`,
    );
    const { stdout, status } = elastocool('optimize', file);
    expect(status).toBe(1);
    expect(stdout).toMatch(/0 meet the constraints, 0 on the front\. Widen the ranges/);
  });
});

function hasLines(folder: string, count: number): boolean {
  try {
    return linesIn(folder).length >= count;
  } catch {
    return false;
  }
}

const SENSITIVITY = study(
  'sensitivity',
  `
vary:
  frequency: { from: 0.05 Hz, to: 0.5 Hz }
  drive_efficiency: { from: 0.5, to: 0.9 }
sample: { points: 16 }
outputs: [cooling_power_W, sma_mass_g]
`,
);

describe('elastocool sensitivity', { timeout: PATIENCE_MS }, () => {
  it('tells parameters that matter from one that does not', () => {
    const figure = join(FOLDER, 'bars.svg');
    const { stdout, stderr, status } = elastocool('sensitivity', SENSITIVITY, '--json', '--figure', figure);
    expect(stderr).toBe('');
    expect(status).toBe(0);
    const { results } = JSON.parse(stdout) as {
      results: { rows: number; parameters: { total: { value: number } }[] | null }[];
    };
    const [power, mass] = results;
    expect(power.rows).toBe(16);
    // how well the drive turns current into work does not change the cold
    expect(power.parameters?.map(({ total }) => Math.round(total.value))).toEqual([1, 0]);
    expect(power.parameters?.[1].total.value).toBeLessThan(1e-6);
    expect(mass.parameters).toBeNull();
    expect(readFileSync(figure, 'utf8')).toContain('drive_efficiency');
  });

  it('tells the same of shards, and computes none of their points again', () => {
    const out = join(FOLDER, 'shards');
    const shard = (part: string) =>
      elastocool('sensitivity', SENSITIVITY, '--out', out, '--shard', part, '--json').stdout;
    expect(['1/3', '2/3', '3/3'].map((part) => JSON.parse(shard(part)) as unknown)).toEqual([
      { points: 22 },
      { points: 21 },
      { points: 21 },
    ]);
    const told = elastocool('sensitivity', SENSITIVITY, '--out', out, '--json').stdout;
    expect(told).toBe(elastocool('sensitivity', SENSITIVITY, '--json').stdout);
    const lines = readdirSync(out).flatMap(
      (name) => readFileSync(join(out, name), 'utf8').match(/^.+$/gm) ?? [],
    );
    expect(lines).toHaveLength(64);
  });
});
