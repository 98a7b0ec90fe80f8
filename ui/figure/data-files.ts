/** A table as a file: CSV after RFC 4180, Parquet with units, titles and what else is known in its metadata. */
import type { DataTable } from './data-table.ts';

const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** Channels are single precision: nine digits give every one of them back. Times keep a tenth of a microsecond. */
const DIGITS = { channel: 9, time: 1e7 } as const;
const TIMES: ReadonlySet<string> = new Set(['device_time_s', 'wall_time_s']);

const timeText = (seconds: number): string => String(Math.round(seconds * DIGITS.time) / DIGITS.time);

/** An absent value is an empty field. */
function field(value: number, isTime: boolean): string {
  if (Number.isNaN(value)) return '';
  return isTime ? timeText(value) : String(Number(value.toPrecision(DIGITS.channel)));
}

export function toCsv({ columns, rows }: DataTable): string {
  const lines = [columns.map(({ name }) => quoted(name)).join(',')];
  for (let row = 0; row < rows; row++)
    lines.push(columns.map(({ name, values }) => field(values[row], TIMES.has(name))).join(','));
  return `${lines.join('\r\n')}\r\n`;
}

/** `about`: facts of the whole, for the file's metadata. */
export async function toParquet(
  { columns }: DataTable,
  about: Readonly<Record<string, string>>,
): Promise<ArrayBuffer> {
  const { parquetWriteBuffer } = await import('hyparquet-writer');
  const facts = columns.flatMap(({ name, unit, title }) => [
    [`unit.${name}`, unit],
    [`title.${name}`, title],
  ]);
  return parquetWriteBuffer({
    columnData: columns.map(({ name, values }) => ({ name, type: 'DOUBLE', data: values, nullable: false })),
    kvMetadata: [...Object.entries(about), ...facts].map(([key, value]) => ({ key, value })),
  });
}
