/** What others install, in an empty project of theirs: as a library, as a command and in a browser. */
import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RESULTS, simulate } from '../../sim/command/library.ts';
import { openChromium } from '../browser/chromium.ts';
import { serveFolder } from '../browser/static-host.ts';
import { installPackage, readManifest } from './installed-package.ts';
import { ROOT } from './source-files.ts';

const MACHINE = 'hkust-kilowatt-2025';
const QUICK = { nodes: '8', blow_steps: '6', ramp_steps: '4', courant: '1' };

let project: string;
beforeAll(() => {
  project = installPackage();
}, 300_000);
afterAll(() => rmSync(project, { recursive: true, force: true }));

const installed = (): string => join(project, 'node_modules', 'elastocool');
const inside = (...path: string[]): string => join(installed(), 'dist', 'package', ...path);

/** In the project, by a plain Node that stands outside it. */
function node(...args: string[]): SpawnSyncReturns<string> {
  const { VITEST: _, NODE_ENV: __, NODE_OPTIONS: ___, ...env } = process.env;
  return spawnSync(process.execPath, args, { cwd: project, encoding: 'utf8', env });
}
const tool = (name: string): string => join(ROOT, 'node_modules', name);
const command = (): string => inside('controller', 'package', 'elastocool.mjs');

// Several programs one after another in each: long ones on a busy machine.
describe('the package', { timeout: 180_000 }, () => {
  it('brings along no Node, no browser and no TypeScript of its own', () => {
    const house = readManifest(ROOT);
    const {
      dependencies = {},
      optionalDependencies,
      devDependencies,
      peerDependencies,
    } = readManifest(installed());
    expect(optionalDependencies).toBeUndefined();
    expect(devDependencies).toBeUndefined();
    expect(Object.keys(dependencies)).toEqual(expect.arrayContaining(['zod', 'mathjs', 'serialport']));
    // of the page, which comes built
    expect(Object.keys(dependencies)).not.toContain('preact');
    for (const [name, range] of Object.entries(dependencies))
      expect(house.dependencies?.[name], name).toBe(range);
    expect(Object.keys(dependencies).filter((name) => /^node-|chromium|tensorflow/.test(name))).toEqual([]);
    expect(peerDependencies).toHaveProperty('@tensorflow/tfjs-core');
    expect(existsSync(join(project, 'node_modules', '@tensorflow'))).toBe(false);
    const bins = readdirSync(join(project, 'node_modules', '.bin'));
    expect(bins).toContain('elastocool');
    expect(bins).not.toContain('node');
    const sources = readdirSync(inside(), { recursive: true, encoding: 'utf8' }).filter(
      (name) => /\.tsx?$/.test(name) && !/\.d\.ts$|^fixtures.examples/.test(name),
    );
    expect(sources).toEqual([]);
  });

  it('computes in the examples what the house computes, to the last digit', () => {
    const point = simulate(MACHINE, { set: { frequency: '3.5 Hz', lift: '5 K' } });
    const { stdout, stderr } = node('examples/operating-point.ts');
    expect(stderr).toBe('');
    const lines = stdout.trim().split('\n');
    expect(lines.slice(0, -1)).toEqual(
      RESULTS.map(({ key, unit, title }) => `${title}: ${point[key]} ${unit}`.trimEnd()),
    );
    const own = node('examples/own-machine.ts');
    expect(own.stderr).toBe('lift: "5 bar" cannot be read in K; allowed is -20 to 120 K.\n');
    const longer = simulate(MACHINE, { set: { length: '150 mm', lift: '10 K' } });
    expect(own.stdout.trim().split('\n').at(-1)).toBe(`10,${longer.cooling_power_W},${longer.cop_device}`);
  });

  it('is typed, for projects that let Node or a bundler find it', () => {
    writeFileSync(
      join(project, 'wrong.ts'),
      `import { simulate } from 'elastocool';\nsimulate('a', { set: { lift: 5 } });\nconsole.log(simulate('a').cooling_power);\n`,
    );
    const examples = ['operating-point.ts', 'own-machine.ts', 'page/main.ts', 'page/worker.ts'].map(
      (name) => `examples/${name}`,
    );
    const check = (ways: readonly string[], files: readonly string[]) =>
      node(
        tool('typescript/bin/tsc'),
        '--noEmit',
        '--strict',
        '--target',
        'es2023',
        '--lib',
        'es2023,dom',
        '--types',
        '',
        ...ways,
        ...files,
      ).stdout.trim();
    expect(check(['--module', 'esnext', '--moduleResolution', 'bundler'], examples)).toBe('');
    const wrong = check(['--module', 'nodenext'], [...examples, 'wrong.ts']).split('\n');
    expect(wrong).toEqual([
      expect.stringMatching(/^wrong\.ts\(2,.*'number' is not assignable to type 'string'/),
      expect.stringMatching(/^wrong\.ts\(3,.*'cooling_power' does not exist on type 'OperatingPoint'/),
    ]);
  });

  it('has the command, with its workers, its processes and its fixtures', async () => {
    const set = Object.entries(QUICK).flatMap(([key, value]) => ['--set', `${key}=${value}`]);
    const simulated = node(command(), 'simulate', 'ljubljana-2022', '--json', ...set);
    expect(simulated.stderr).toBe('');
    const expected = simulate('ljubljana-2022', { set: QUICK });
    expect(JSON.parse(simulated.stdout)).toMatchObject(expected);

    writeFileSync(
      join(project, 'study.yaml'),
      `machine: ljubljana-2022\nset: ${JSON.stringify(QUICK)}\nvary: { lift: { values: [0 K, 5 K] } }\n`,
    );
    const swept = node(command(), 'sweep', 'run', 'study.yaml', '--json', '--threads', '2');
    expect(swept.stderr).toBe('');
    expect(JSON.parse(swept.stdout)).toMatchObject({ points: 2, converged: 2 });
    const duckdb = await (await DuckDBInstance.create(':memory:')).connect();
    const file = join(project, 'study.sweep', 'study.parquet');
    const rows = (
      await duckdb.runAndReadAll(`select cooling_power_W from '${file}' order by point`)
    ).getRows();
    // to the tolerance of the study, 1e-3 K, which is 0.03 W in what it blows
    for (const [i, lift] of ['0 K', '5 K'].entries()) {
      const { cooling_power_W } = simulate('ljubljana-2022', { set: { ...QUICK, lift } });
      expect(Math.abs(Number(rows[i][0]) - cooling_power_W)).toBeLessThan(0.03);
    }

    const dictionary = node(command(), 'virtual-rig', '--dictionary');
    expect(JSON.parse(dictionary.stdout)).toMatchObject({ contract: 1, kind: 'virtual' });
    expect(existsSync(inside('dist', 'ui', 'index.html'))).toBe(true);
    expect(existsSync(inside('fixtures', 'studies', 'kilowatt-map.yaml'))).toBe(true);
  });

  it('says in one sentence what does not come along', () => {
    const { status, stderr } = node(command(), 'surrogate', 'train', 'study.parquet');
    expect(status).toBe(1);
    expect(stderr).toMatch(
      /^elastocool: this command needs packages .*: npm install @tensorflow.* again\.\n$/,
    );
  });

  it('says in one sentence what an old Node lacks', () => {
    const old = `data:text/javascript,for (const [on, name, value] of [[process.versions, 'node', '20.20.2'], [process, 'version', 'v20.20.2']]) Object.defineProperty(on, name, { value })`;
    const { status, stdout, stderr } = node('--import', old, command(), 'presets');
    expect(status).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toMatch(
      /^elastocool: this is Node v20\.20\.2; the program needs Node 22\.15 or newer, .*\n$/,
    );
  });

  it('runs in a browser, bundled, under a strict policy', async () => {
    const page = join(project, 'examples', 'page');
    const built = node(tool('vite/bin/vite.js'), 'build', page, '--logLevel', 'error');
    expect(built.stderr).toBe('');
    const browser = await openChromium();
    if (browser === undefined) return;
    const host = await serveFolder(join(page, 'dist'), '/');
    try {
      const view = await browser.newPage();
      await view.goto(host.address);
      await view.waitForFunction(() => document.querySelector('#power')?.textContent?.endsWith(' W'));
      const power = parseFloat((await view.textContent('#power')) ?? '');
      const { cooling_power_W } = simulate(MACHINE, { set: { lift: '5 K' } });
      // another JavaScript engine may round a logarithm differently
      expect(Math.abs(power / cooling_power_W - 1)).toBeLessThan(1e-9);
    } finally {
      host.close();
      await browser.close();
    }
  });
});
