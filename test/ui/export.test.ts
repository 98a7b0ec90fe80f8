/** What leaves the page as data, read by a program not written here, and as a picture, as a value. */
import { pageGlobals } from './page-globals.ts';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, describe, expect, it } from 'vitest';
import type { LineSpec } from '../../ui/chart/time-chart-spec.ts';
import { strokesOf } from '../../ui/figure/chart-shapes.ts';
import { toCsv, toParquet } from '../../ui/figure/data-files.ts';
import { dataTable, type DataTable } from '../../ui/figure/data-table.ts';
import { toSvg } from '../../ui/figure/to-svg.ts';
import type { Polyline } from '../../ui/store/polyline.ts';
import { chosen } from '../../ui/units.ts';

const folder = mkdtempSync(join(tmpdir(), 'elastocool-export-'));
afterAll(() => rmSync(folder, { recursive: true }));

it('has the units of a page that was just opened', () => {
  expect(pageGlobals.location.hash).toBe('');
  expect(chosen.temperature.value).toBe('°C');
});

type Row = readonly [timeS: number, value: number];

function line(name: string, unit: string, group: string, rows: readonly Row[]): LineSpec {
  return {
    colour: () => '#000000',
    width: 1,
    column: { name, unit, title: `the ${name}`, group },
    trace: (_, out: Polyline) => {
      out.clear();
      for (const [x, y] of rows) {
        if (Number.isNaN(y)) out.liftPen(x);
        else out.add(x, y);
      }
    },
  };
}

const ROOM = line('room_C', '°C', 'tick', [
  [9, 20],
  [10, 21.5],
  [10.5, Number.NaN],
  [11, 22.25],
  [12, 30],
]);
const COLD = line('cold_outlet_C', '°C', 'tick', [
  [10, 12],
  [11, 13],
]);
const WAVE = line('cold_outlet_C', '°C', 'waveform', [[10.25, 12.125]]);

const wall = (timeS: number): number => 1_700_000_000 + timeS;

function table(lines: readonly LineSpec[]): DataTable {
  const made = dataTable(lines, 10, 11, wall);
  if (typeof made === 'string') throw new Error(made);
  return made;
}

async function ask(sql: string): Promise<Record<string, unknown>[]> {
  const instance = await DuckDBInstance.create();
  const connection = await instance.connect();
  const reader = await connection.runAndReadAll(sql);
  const rows = reader.getRowObjects();
  connection.closeSync();
  return rows;
}

describe('the table', () => {
  it('has every sample of the window, none from beyond, none made up', () => {
    const { columns, rows } = table([ROOM, COLD, WAVE]);
    expect(rows).toBe(4);
    expect(columns.map(({ name }) => name)).toEqual([
      'device_time_s',
      'wall_time_s',
      'room_C',
      'tick.cold_outlet_C',
      'waveform.cold_outlet_C',
    ]);
    expect([...columns[0].values]).toEqual([10, 10.25, 10.5, 11]);
    expect([...columns[2].values]).toEqual([21.5, Number.NaN, Number.NaN, 22.25]);
    expect([...columns[4].values]).toEqual([Number.NaN, 12.125, Number.NaN, Number.NaN]);
  });

  it('has a channel once, though it stands on two charts', () => {
    expect(table([ROOM, ROOM]).columns).toHaveLength(3);
  });

  it('is in the units that are shown, and says so in its names', () => {
    chosen.temperature.value = 'K';
    const [, , room] = table([ROOM]).columns;
    chosen.temperature.value = '°C';
    expect([room.name, room.unit]).toEqual(['room_K', 'K']);
    expect(room.values[0]).toBeCloseTo(294.65, 9);
  });

  it('is refused in a sentence where it is empty or too much for a browser', () => {
    expect(dataTable([ROOM], 500, 600, wall)).toMatch(/nothing to export/);
    // three rows of three columns
    expect(dataTable([ROOM], 10, 11, wall, 9)).not.toBeTypeOf('string');
    expect(dataTable([ROOM], 10, 11, wall, 8)).toMatch(/more than 8 values.*elastocool export/);
    expect(dataTable([ROOM], 10, 11, wall, 2)).toMatch(/more than 2 values/);
  });
});

describe('files', () => {
  it('CSV is read by DuckDB: names, numbers and absences', async () => {
    const path = join(folder, 'window.csv');
    writeFileSync(path, toCsv(table([ROOM, WAVE])));
    const rows = await ask(`SELECT * FROM read_csv('${path}')`);
    expect(rows.map((row) => [row.device_time_s, row.room_C, row.cold_outlet_C])).toEqual([
      [10, 21.5, null],
      [10.25, null, 12.125],
      [10.5, null, null],
      [11, 22.25, null],
    ]);
    expect(rows[1].wall_time_s).toBe(1_700_000_010.25);
  });

  it('Parquet is read by DuckDB, units and circumstances with it', async () => {
    const path = join(folder, 'window.parquet');
    writeFileSync(path, new Uint8Array(await toParquet(table([ROOM]), { rig: 'a rig' })));
    const rows = await ask(
      `SELECT device_time_s, room_C FROM read_parquet('${path}') WHERE NOT isnan(room_C)`,
    );
    expect(rows).toEqual([
      { device_time_s: 10, room_C: 21.5 },
      { device_time_s: 11, room_C: 22.25 },
    ]);
    const facts = await ask(
      `SELECT decode(key) AS key, decode(value) AS value FROM parquet_kv_metadata('${path}')`,
    );
    const known = Object.fromEntries(facts.map(({ key, value }) => [key, value]));
    expect(known).toMatchObject({ rig: 'a rig', 'unit.room_C': '°C', 'title.room_C': 'the room_C' });
  });
});

describe('pictures', () => {
  const own = (value: number): number => value;

  it('end a stroke at an absence and give a lone point the width of a pen', () => {
    const x = Float64Array.of(0, 1, 2, 3, 4);
    const y = Float64Array.of(5, 6, Number.NaN, 7, Number.NaN);
    expect(strokesOf({ x, y, length: 5 }, { scale: 1, offset: 0 }, own, own)).toEqual([
      [0, 5, 1, 6],
      [3, 7, 4, 7],
    ]);
  });

  it('say what a person wrote as words, never as markup', () => {
    const words = '<script>alert("1")</script> & \u0000more';
    const svg = toSvg({
      width: 100,
      height: 50,
      ground: '#ffffff',
      font: '"Segoe UI", sans-serif',
      title: words,
      shapes: [{ kind: 'words', x: 1, y: 2, words, colour: '#000000', size: 12 }],
    });
    expect(svg).not.toContain('<script');
    expect(svg).not.toContain('\u0000');
    expect(svg).toContain('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; more');
    expect(svg).toContain('font-family="&quot;Segoe UI&quot;, sans-serif"');
  });
});
