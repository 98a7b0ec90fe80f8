/** Exports are opened by readers that were not written here: DuckDB, jsfive, csv-parse, and h5py where it is installed. */
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { parse } from 'csv-parse/sync';
import * as jsfive from 'jsfive';
import { beforeAll, describe, expect, it } from 'vitest';
import { readNotes } from '../../controller/record/catalogue.ts';
import { type Format, exportRun } from '../../controller/record/export/export-run.ts';
import { listRunIds } from '../../controller/record/run-folder.ts';
import { openRun } from '../../controller/record/open-run.ts';
import { CHANNELS } from '../../controller/wire/channels.ts';
import { newFolder } from './folders.ts';
import { MadeUpRun, valueOf } from './made-up-run.ts';

const TICKS = 300;
/** Summaries and waveforms: one with every 15th tick, the first one included. */
const CYCLES = 20;
const COLUMN = CHANNELS.tick.findIndex(({ name }) => name === 'force_kN');
const FORCES = Array.from({ length: TICKS }, (_, n) => valueOf(n, 0, COLUMN));
const SENTENCE = 'He said "stop", and then;\nnothing, 31 °C.';

let runs = '';
const out = newFolder();
let id = '';

beforeAll(async () => {
  runs = newFolder();
  const made = new MadeUpRun(runs);
  made.recorder.message({
    type: 'event',
    sequence: 0,
    at: '2026-01-01T00:00:00Z',
    severity: 'alarm',
    sentence: SENTENCE,
  });
  made.state('EXECUTE');
  made.ticks(0, TICKS - 1);
  await made.recorder.end('over');
  [id] = await listRunIds(runs);
});

async function exported(format: Format): Promise<(name: string) => string> {
  const run = await openRun(runs, id);
  if (typeof run === 'string') throw new Error(run);
  await exportRun(run, await readNotes(runs, id), format, out);
  await run.close();
  return (name) => join(out, id, name);
}

describe('an export', () => {
  it('as CSV is read by csv-parse', async () => {
    const path = await exported('csv');
    const rows = parse(readFileSync(path('tick.csv')), { columns: true }) as Record<string, string>[];
    expect(rows.map(({ force_kN }) => (force_kN === '' ? Number.NaN : Number(force_kN)))).toEqual(FORCES);
    expect(Number(rows[7].device_time_s)).toBe(0.14);
    const events = parse(readFileSync(path('events.csv')), { columns: true }) as Record<string, string>[];
    expect(events[0].sentence).toBe(SENTENCE);
    const about = JSON.parse(readFileSync(path('about.json'), 'utf8')) as {
      tables: Record<string, { name: string; unit: string }[]>;
    };
    expect(about.tables.tick.find(({ name }) => name === 'force_kN')?.unit).toBe('kN');
  });

  it('as Parquet is read by DuckDB, units in the metadata', async () => {
    const path = await exported('parquet');
    const duckdb = await (await DuckDBInstance.create(':memory:')).connect();
    const ask = async (sql: string) => (await duckdb.runAndReadAll(sql)).getRows();
    const forces = await ask(`SELECT force_kN FROM '${path('tick.parquet')}' ORDER BY frame_sequence`);
    expect(forces.map(([force]) => force)).toEqual(FORCES);
    expect(await ask(`SELECT count(*), max(frame_cycle) FROM '${path('waveform.parquet')}'`)).toEqual([
      [BigInt(CYCLES * 128), BigInt(CYCLES - 1)],
    ]);
    const metadata = await ask(
      `SELECT key::VARCHAR, value::VARCHAR FROM parquet_kv_metadata('${path('tick.parquet')}')`,
    );
    expect(Object.fromEntries(metadata)).toMatchObject({ 'unit.force_kN': 'kN', rig: 'made up', run: id });
    expect(await ask(`SELECT severity, sentence FROM '${path('events.parquet')}'`)).toEqual([
      ['alarm', SENTENCE],
    ]);
  });

  it('as HDF5 is read by jsfive', async () => {
    const path = await exported('hdf5');
    const bytes = readFileSync(path('run.h5'));
    const file = new jsfive.File(
      bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength),
      'run.h5',
    );
    const force = file.get('tick/force_kN');
    expect([...force.value]).toEqual(FORCES);
    expect(force.attrs.unit).toBe('kN');
    expect(file.attrs.rig).toBe('made up');
    expect(file.get('waveform/stress_MPa').shape).toEqual([CYCLES * 128]);
  });

  const python = '/usr/bin/python3';
  const hasH5py = spawnSync(python, ['-c', 'import h5py']).status === 0;
  it.skipIf(!hasH5py)('is read by the Python of the README (h5py)', async () => {
    await exported('csv');
    const path = await exported('hdf5');
    const readme = readFileSync(new URL('../../controller/record/README.md', import.meta.url), 'utf8');
    const snippet = /```python\n(.*?)```/s.exec(readme)?.[1] ?? '';
    const code = `${snippet.replaceAll('data/20261128-174531-84j5tj', join(out, id))}
print(json.dumps([len(force), unit, numpy.nansum(force, dtype=float), about["rig"], len(ticks["force_kN"])]))`;
    const told = execFileSync(python, ['-c', code], { encoding: 'utf8' });
    const sum = FORCES.reduce((total, force) => total + (Number.isNaN(force) ? 0 : force), 0);
    expect(JSON.parse(told.trim().split('\n').at(-1) ?? '')).toEqual([TICKS, 'kN', sum, 'made up', TICKS]);
    expect(path('run.h5')).toContain(id);
  });
});
