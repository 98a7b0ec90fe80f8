/** Parquet: one row group a batch; units and titles in the key-value metadata, `unit.force_kN` = `kN`. */
import { type ColumnSource, ParquetWriter, fileWriter, schemaFromColumnData } from 'hyparquet-writer';
import type { Batch, Column, ColumnType, Table } from './table.ts';

const TYPES = { f64: 'DOUBLE', f32: 'FLOAT', u32: 'INT64', text: 'STRING' } as const satisfies Record<
  ColumnType,
  ColumnSource['type']
>;

/** Returns the number of rows. */
export async function writeParquet(
  path: string,
  { columns, batches }: Table,
  about: ReadonlyMap<string, string>,
): Promise<number> {
  const empty = sourcesOf(columns, { rows: 0, values: columns.map(() => []) });
  const parquet = new ParquetWriter({
    writer: fileWriter(path),
    schema: schemaFromColumnData({ columnData: empty }),
    kvMetadata: [...about, ...columnFacts(columns)].map(([key, value]) => ({ key, value })),
    createdBy: 'elastocool',
  });
  let rows = 0;
  for await (const batch of batches()) {
    await parquet.write({ columnData: sourcesOf(columns, batch), rowGroupSize: batch.rows });
    rows += batch.rows;
  }
  await parquet.finish();
  return rows;
}

const sourcesOf = (columns: readonly Column[], { values }: Batch): ColumnSource[] =>
  columns.map(({ name, type }, i) => ({
    name,
    type: TYPES[type],
    nullable: false,
    // Parquet has no unsigned 32 bits that every reader knows.
    data: type === 'u32' ? Array.from(values[i], BigInt) : values[i],
  }));

const columnFacts = (columns: readonly Column[]): [string, string][] =>
  columns.flatMap(({ name, unit, title }): [string, string][] => [
    [`unit.${name}`, unit],
    [`title.${name}`, title],
  ]);
