/**
 * HDF5: one group a table, one one-dimensional dataset a column with the attributes `unit` and `title`; what the run is
 * stands in the attributes of the root. Datasets grow by batches and are compressed.
 */
import { existsSync, rmSync } from 'node:fs';
import { type Dataset, File, type Group, ready } from 'h5wasm/node';
import type { Batch, Column, ColumnType } from '../../../sim/command/table-file/table.ts';
import type { RunTable } from './table.ts';

const TYPES = { f64: '<d', f32: '<f', u32: '<I', text: 'S' } as const satisfies Record<ColumnType, string>;
const CHUNK_ROWS = 4096;

export interface Hdf5File {
  /** Returns the number of rows. */
  add(table: RunTable): Promise<number>;
  close(): void;
}

export async function createHdf5(path: string, about: ReadonlyMap<string, string>): Promise<Hdf5File> {
  await ready;
  if (existsSync(path)) rmSync(path);
  const file = new File(path, 'w');
  for (const [name, value] of about) file.create_attribute(name, value);
  return {
    add: (table) => addTable(file.create_group(table.name), table),
    close: () => void file.close(),
  };
}

async function addTable(group: Group, { columns, batches }: RunTable): Promise<number> {
  const datasets = columns.map((column) => (column.type === 'text' ? undefined : numbers(group, column)));
  const texts = columns.map((): string[] => []);
  let rows = 0;
  for await (const batch of batches()) {
    append(datasets, batch, rows);
    for (const [i, { type }] of columns.entries())
      if (type === 'text') texts[i].push(...(batch.values[i] as string[]));
    rows += batch.rows;
  }
  // Texts are few; HDF5 cannot append to those of any length here.
  for (const [i, column] of columns.entries())
    if (column.type === 'text') describe(group.create_dataset({ name: column.name, data: texts[i] }), column);
  return rows;
}

function numbers(group: Group, column: Column): Dataset {
  const dataset = group.create_dataset({
    name: column.name,
    data: [],
    dtype: TYPES[column.type],
    shape: [0],
    maxshape: [null],
    chunks: [CHUNK_ROWS],
    compression: 'gzip',
    compression_opts: 4,
  });
  describe(dataset, column);
  return dataset;
}

function describe(dataset: Dataset, { unit, title }: Column): void {
  dataset.create_attribute('unit', unit);
  dataset.create_attribute('title', title);
}

function append(datasets: readonly (Dataset | undefined)[], { rows, values }: Batch, at: number): void {
  for (const [i, dataset] of datasets.entries()) {
    if (dataset === undefined) continue;
    dataset.resize([at + rows]);
    dataset.write_slice([[at, at + rows]], values[i]);
  }
}
