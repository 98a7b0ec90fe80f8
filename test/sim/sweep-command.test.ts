/** Sweeps as a stranger runs them: shards, kills and signals, and the file that comes out. */
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, describe, expect, it } from 'vitest';
import { loadPreset } from '../../sim/command/preset-file.ts';
import { solveOperatingPoint } from '../../sim/study/operating-point.ts';

const PROGRAM = fileURLToPath(new URL('../../controller/command/elastocool.mjs', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'sweep-'));
afterAll(() => rmSync(folder, { recursive: true }));
const at = (name: string) => join(folder, name);
const sweep = (...args: string[]) =>
  spawnSync(process.execPath, [PROGRAM, 'sweep', ...args], { encoding: 'utf8' });

const STUDY = at('a study.yaml');
const QUICK = { nodes: '8', blow_steps: '6', ramp_steps: '4', courant: '1' };
writeFileSync(
  STUDY,
  `machine: ljubljana-2022
set: ${JSON.stringify(QUICK)}
vary:
  lift: { values: [0 K, 5 K, 60 K] }
  blow_flow: { from: 0.004 kg/s, to: 0.012 kg/s }
sample: { method: latin-hypercube, points: 6, seed: 2 }
constraints: ["cooling_power_W > 0"]
`,
);
const WHOLE = at('whole');
const linesIn = (out: string): number =>
  existsSync(out)
    ? readdirSync(out)
        .filter((name) => name.endsWith('.jsonl'))
        .reduce((sum, name) => sum + readFileSync(join(out, name), 'utf8').split('\n').length - 1, 0)
    : 0;

/** A program a test, up to seven times: patience for a busy computer, no promise of speed. */
const PATIENCE_MS = 180_000;

describe('elastocool sweep', { timeout: PATIENCE_MS }, () => {
  const done = sweep('run', STUDY, '--out', WHOLE, '--json');
  const serial = readFileSync(join(WHOLE, 'a study.parquet'));

  it('computes what simulate computes, and says what each column is', async () => {
    expect(done.stderr).toBe('');
    expect(JSON.parse(done.stdout)).toMatchObject({ points: 18, converged: 18, refused: 0, failed: 0 });
    const duckdb = await (await DuckDBInstance.create(':memory:')).connect();
    const ask = async (sql: string) => (await duckdb.runAndReadAll(sql)).getRowObjects();
    const file = join(WHOLE, 'a study.parquet');
    const rows = await ask(`select * from '${file}' order by point`);
    expect(rows.length).toBe(18);
    const row = rows[7];
    const { device } = loadPreset(
      'ljubljana-2022',
      new Map([
        ...Object.entries(QUICK),
        ['lift', `${Number(row.lift_K)} K`],
        ['blow_flow', `${Number(row.blow_flow_kg_per_s)} kg/s`],
      ]),
    );
    // to the tolerance of the study, 1e-3 K, which is 0.03 W in what it blows (some 30 W/K)
    const power = solveOperatingPoint(device).cooling_power_W;
    expect(Math.abs(Number(row.cooling_power_W) - power)).toBeLessThan(0.03);
    for (const one of rows) expect(Number(one.constraints_met)).toBe(Number(Number(one.cooling_power_W) > 0));
    expect(new Set(rows.map((one) => Number(one.constraints_met)))).toEqual(new Set([0, 1]));
    const facts = await ask(
      `select decode(key) as key, decode(value) as value from parquet_kv_metadata('${file}')`,
    );
    const about = new Map(facts.map(({ key, value }) => [key, value]));
    expect(about.get('unit.blow_flow_kg_per_s')).toBe('kg/s');
    expect(about.get('unit.cooling_power_W')).toBe('W');
    expect(about.get('study')).toBe(readFileSync(STUDY, 'utf8'));
    expect(about.get('machine')).toBe('ljubljana-2022');
  });

  it('computes nothing twice', () => {
    const before = linesIn(WHOLE);
    expect(sweep('run', STUDY, '--out', WHOLE).status).toBe(0);
    expect(linesIn(WHOLE)).toBe(before);
  });

  it('gives the same bytes from shards, and says what is missing before', () => {
    const out = at('shards');
    for (const shard of ['1/3', '3/3']) sweep('run', STUDY, '--out', out, '--shard', shard, '--threads', '1');
    const early = sweep('merge', STUDY, '--out', out);
    expect(early.status).toBe(2);
    expect(early.stderr).toMatch(/6 of 18 points of .* are missing \(the first is 1\)/);
    sweep('run', STUDY, '--out', out, '--shard', '2/3');
    expect(sweep('merge', STUDY, '--out', out, '--csv').status).toBe(0);
    expect(readFileSync(join(out, 'a study.parquet')).equals(serial)).toBe(true);
    const [head] = readFileSync(join(out, 'a study.csv'), 'utf8').split('\r\n');
    expect(head).toMatch(/^point,lift_K,blow_flow_kg_per_s,cooling_power_W,.*,status,why,constraints_met$/);
  });

  it.each(['SIGKILL', 'SIGTERM'] as const)('goes on after %s', async (signal) => {
    const out = at(signal);
    const run = spawn(process.execPath, [PROGRAM, 'sweep', 'run', STUDY, '--out', out, '--threads', '1'], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let said = '';
    run.stderr.on('data', (data: Buffer) => (said += data.toString()));
    const ended = new Promise<number | null>((resolve) => run.once('close', resolve));
    while (linesIn(out) < 3 && run.exitCode === null) await new Promise((resolve) => setTimeout(resolve, 5));
    run.kill(signal);
    const code = await ended;
    const kept = linesIn(out);
    if (signal === 'SIGTERM') {
      expect(code).toBe(75);
      expect(said).toMatch(/stopped by SIGTERM; what was computed is kept, the same command goes on/);
    }
    expect(kept).toBeGreaterThanOrEqual(3);
    expect(existsSync(join(out, 'a study.parquet'))).toBe(false);
    // as a kill in the middle of a line leaves it
    const [lines] = readdirSync(out);
    writeFileSync(join(out, lines), `${readFileSync(join(out, lines), 'utf8')}\n["17",{"status":"conv`);
    expect(sweep('run', STUDY, '--out', out).status).toBe(0);
    expect(readFileSync(join(out, 'a study.parquet')).equals(serial)).toBe(true);
    // one torn line more, and each point once
    expect(linesIn(out)).toBe(19);
  });

  it('takes no points of another study, of another machine or of another seed', () => {
    const out = at('other');
    cpSync(WHOLE, out, { recursive: true });
    const other = at('other.yaml');
    writeFileSync(other, readFileSync(STUDY, 'utf8').replace('seed: 2', 'seed: 3'));
    expect(sweep('merge', other, '--out', out).stderr).toMatch(/18 of 18 points/);
  });

  it('says what a study would do, and what is there already', () => {
    const { stdout } = sweep('plan', STUDY, '--out', WHOLE, '--json');
    expect(JSON.parse(stdout)).toMatchObject({
      machine: 'ljubljana-2022',
      designed: 18,
      points: 18,
      computed: 18,
    });
  });

  it.each([
    [['run', STUDY, '--shard', '4/3'], /--shard 4\/3: write i\/N/],
    [['run', STUDY, '--out', join(STUDY, 'x')], /cannot be written .*--out/],
    [['merge', STUDY, '--out', '/nowhere'], /\/nowhere: there is no such folder/],
  ])('refuses %j with one sentence', (args, says) => {
    const { status, stderr } = sweep(...args);
    expect(status).toBe(2);
    expect(stderr.trim().split('\n').length).toBe(1);
    expect(stderr).toMatch(says);
  });
});
