/** What a sweep writes, read by the programs of the README of the studies; those that are not on this machine are skipped. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { simulate } from '../../sim/command/library.ts';

const path = (relative: string): string => fileURLToPath(new URL(`../../${relative}`, import.meta.url));
const README = readFileSync(path('fixtures/studies/README.md'), 'utf8');
const folder = mkdtempSync(join(tmpdir(), 'readers-'));
afterAll(() => rmSync(folder, { recursive: true }));

const QUICK = { nodes: '8', blow_steps: '6', ramp_steps: '4', courant: '1' };

beforeAll(() => {
  const study = join(folder, 'kilowatt-map.yaml');
  const text = {
    machine: 'ljubljana-2022',
    set: QUICK,
    vary: { frequency: { values: ['0.3 Hz', '0.2 Hz'] } },
  };
  writeFileSync(study, JSON.stringify(text));
  const args = [
    'controller/command/elastocool.mjs',
    'sweep',
    'run',
    study,
    '--out',
    join(folder, 'map'),
    '--csv',
  ];
  execFileSync(process.execPath, args, { cwd: path('.') });
}, 120_000);

/** The snippets of a language that read a kind of file. */
const snippet = (language: string, end: 'csv' | 'parquet'): string =>
  [...README.matchAll(/```(\w+)\n(.*?)```/gs)]
    .filter(([, of, code]) => of === language && code.includes(`kilowatt-map.${end}`))
    .map(([, , code]) => code)
    .join('\n');

const powers = ['0.3 Hz', '0.2 Hz'].map(
  (frequency) =>
    simulate('ljubljana-2022', { set: { ...QUICK, frequency }, tolerance_K: 1e-3 }).cooling_power_W,
);
const UNITS = { frequency_Hz: 'Hz', cooling_power_W: 'W', status: '' };

/** What a program said of powers and units, as JSON in its last line. */
function expectRead(said: string): void {
  const [read, units] = JSON.parse(said.trim().split('\n').at(-1) ?? '') as [
    number[],
    Record<string, string>,
  ];
  expect(read.length).toBe(2);
  // read back from text, as near as a double is written
  for (const [i, power] of powers.entries()) expect(Math.abs(read[i] / power - 1)).toBeLessThan(1e-12);
  expect(units).toMatchObject(UNITS);
}

/** One with pyarrow, say, which Debian does not have. */
const python = process.env.ELASTOCOOL_PYTHON ?? '/usr/bin/python3';
const hasPython = (modules: string): boolean => spawnSync(python, ['-c', `import ${modules}`]).status === 0;
const hasR = (name: string): boolean => spawnSync('Rscript', ['-e', `library(${name})`]).status === 0;
const inPython = (code: string): string =>
  execFileSync(
    python,
    ['-c', `${code}\nimport json; print(json.dumps([list(table.cooling_power_W), table.attrs["units"]]))`],
    {
      cwd: folder,
      encoding: 'utf8',
    },
  );
const inR = (code: string): string =>
  execFileSync(
    'Rscript',
    [
      '-e',
      `${code}\ncat(jsonlite::toJSON(list(table$cooling_power_W, as.list(units)), digits = NA, auto_unbox = TRUE))`,
    ],
    { cwd: folder, encoding: 'utf8' },
  );

describe('the file of a sweep', () => {
  it('is read by DuckDB', async () => {
    const duckdb = await (await DuckDBInstance.create(':memory:')).connect();
    const [best, facts] = snippet('sql', 'parquet')
      .replaceAll('map/', `${folder.replaceAll('\\', '/')}/map/`)
      .split(';\n');
    const rows = (await duckdb.runAndReadAll(best)).getRows();
    expect(new Map(rows as [number, number][])).toEqual(
      new Map([
        [0.3, powers[0]],
        [0.2, powers[1]],
      ]),
    );
    const about = new Map((await duckdb.runAndReadAll(facts)).getRows() as [string, string][]);
    for (const [name, unit] of Object.entries(UNITS)) expect(about.get(`unit.${name}`)).toBe(unit);
  });

  it.skipIf(!hasPython('pandas'))('is read by pandas from CSV', () =>
    expectRead(inPython(snippet('python', 'csv'))),
  );
  it.skipIf(!hasPython('pandas, pyarrow'))('is read by pandas from Parquet', () =>
    expectRead(inPython(snippet('python', 'parquet'))),
  );
  it.skipIf(!hasR('jsonlite'))('is read by R from CSV', () => expectRead(inR(snippet('r', 'csv'))));
  it.skipIf(!hasR('jsonlite') || !hasR('arrow'))('is read by R from Parquet', () =>
    expectRead(inR(snippet('r', 'parquet'))),
  );
});
