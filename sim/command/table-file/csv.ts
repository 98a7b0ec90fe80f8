/** CSV (RFC 4180): a header of names with units, a row a line, `.` as the point; an absent value is an empty field. */
import { open } from 'node:fs/promises';
import type { Batch, Table, Values } from './table.ts';

/** Returns the number of rows. */
export async function writeCsv(path: string, { columns, batches }: Table): Promise<number> {
  const file = await open(path, 'w');
  let rows = 0;
  try {
    await file.write(`${columns.map(({ name }) => quoted(name)).join(',')}\r\n`);
    for await (const batch of batches()) {
      await file.write(linesOf(batch));
      rows += batch.rows;
    }
  } finally {
    await file.close();
  }
  return rows;
}

function linesOf({ rows, values }: Batch): string {
  const lines: string[] = [];
  for (let row = 0; row < rows; row++) lines.push(values.map((column) => field(column, row)).join(','));
  return `${lines.join('\r\n')}\r\n`;
}

function field(column: Values, row: number): string {
  const value = column[row];
  if (typeof value === 'string') return quoted(value);
  if (Number.isNaN(value)) return '';
  // Nine digits give every f32 back, and no more is in it.
  return column instanceof Float32Array ? String(Number(value.toPrecision(9))) : String(value);
}

const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
