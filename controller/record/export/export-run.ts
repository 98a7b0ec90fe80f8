/** Writes a run into files that any program reads: a folder named like the run, a file a table (one file for HDF5). */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeCsv } from '../../../sim/command/table-file/csv.ts';
import { writeParquet } from '../../../sim/command/table-file/parquet.ts';
import type { Note } from '../../wire/record/run-list.ts';
import type { OpenRun } from '../open-run.ts';
import { createHdf5 } from './hdf5.ts';
import { type RunTable, TABLES, type TableName, tableOf } from './table.ts';

export const FORMATS = ['csv', 'parquet', 'hdf5'] as const;
export type Format = (typeof FORMATS)[number];

export interface Exported {
  readonly file: string;
  readonly table: TableName;
  readonly rows: number;
}

/** `names`: all tables where none is named. Throws where the record is damaged or the disk refuses. */
export async function exportRun(
  run: OpenRun,
  notes: readonly Note[],
  format: Format,
  out: string,
  names: readonly TableName[] = TABLES,
): Promise<Exported[]> {
  const folder = join(out, run.id);
  await mkdir(folder, { recursive: true });
  const tables = names.flatMap((name) => tableOf(run, name) ?? []);
  const about = aboutOf(run, notes);
  await writeFile(
    join(folder, 'about.json'),
    `${JSON.stringify(describeAll(run, notes, tables), null, 2)}\n`,
  );
  for (const name of run.attachmentNames()) {
    const text = await run.attachment(name);
    if (text !== undefined) await writeFile(join(folder, name.replaceAll('/', '-')), text);
  }
  return format === 'hdf5' ? exportHdf5(folder, tables, about) : exportFiles(folder, tables, about, format);
}

async function exportFiles(
  folder: string,
  tables: readonly RunTable[],
  about: ReadonlyMap<string, string>,
  format: 'csv' | 'parquet',
): Promise<Exported[]> {
  const exported: Exported[] = [];
  for (const table of tables) {
    const file = join(folder, `${table.name}.${format}`);
    const rows = format === 'csv' ? await writeCsv(file, table) : await writeParquet(file, table, about);
    exported.push({ file, table: table.name, rows });
  }
  return exported;
}

async function exportHdf5(
  folder: string,
  tables: readonly RunTable[],
  about: ReadonlyMap<string, string>,
): Promise<Exported[]> {
  const file = join(folder, 'run.h5');
  const hdf5 = await createHdf5(file, about);
  const exported: Exported[] = [];
  try {
    for (const table of tables) exported.push({ file, table: table.name, rows: await hdf5.add(table) });
  } finally {
    hdf5.close();
  }
  return exported;
}

/** Eight at most: with more, HDF5 stores attributes in a way that not every reader knows. */
function aboutOf({ facts, end, recovery }: OpenRun, notes: readonly Note[]): Map<string, string> {
  const { id, rig, preset, version, started, operator, note } = facts;
  const ended = (end ?? recovery)?.ended ?? '';
  const texts = [note, ...notes.map(({ at, text }) => `${at} ${text}`)].filter((text) => text !== '');
  return new Map(
    Object.entries({ run: id, rig, preset, version, started, ended, operator, notes: texts.join('\n') }),
  );
}

const describeAll = (
  { facts, end, recovery }: OpenRun,
  notes: readonly Note[],
  tables: readonly RunTable[],
) => ({
  ...facts,
  end,
  recovery,
  notes,
  tables: Object.fromEntries(tables.map(({ name, columns }) => [name, columns])),
});
