/**
 * The rows of a CSV table with a header, checked for what spreadsheets do to them. Whoever has the text reads its
 * records (sim/command/csv-records.ts): the types of the library that does it would bring Node into the physics.
 */
import { UserError } from '../../config/quantity.ts';

export interface CsvTable {
  readonly fileName: string;
  readonly header: readonly string[];
  /** "file:line" of the header. */
  readonly where: string;
  readonly rows: readonly CsvRow[];
}
export interface CsvRow {
  readonly line: number;
  readonly cells: readonly string[];
}

/** Of records, header first. Throws UserError with file and line. */
export function tableOf(records: readonly CsvRow[], fileName: string): CsvTable {
  const [head, ...rows] = records;
  if (head === undefined) throw new UserError(`${fileName}: is empty; its first line must name the columns.`);
  const where = `${fileName}:${head.line}`;
  const { cells: header } = head;
  const separator = [';', '\t'].find((mark) => header.join().split(mark).length > header.length);
  if (separator !== undefined)
    throw new UserError(
      `${where}: the header is separated by ${separator === ';' ? 'semicolons' : 'tabs'}; save the table with commas between columns and points in numbers.`,
    );
  const numeric = header.find((name) => name !== '' && Number.isFinite(Number(name)));
  if (numeric !== undefined)
    throw new UserError(
      `${where}: ${numeric} is not the name of a column; the first line must name the columns.`,
    );
  if (header.includes(''))
    throw new UserError(`${where}: column ${header.indexOf('') + 1} has no name; name it or remove it.`);
  const twice = header.find((name, i) => header.indexOf(name) !== i);
  if (twice !== undefined)
    throw new UserError(`${where}: column ${twice} stands there twice; remove or rename one.`);
  for (const { line, cells } of rows)
    if (cells.length !== header.length)
      throw new UserError(
        `${fileName}:${line}: ${cells.length} cells, but the header names ${header.length} columns; write every cell, and numbers with a decimal point (12.5, not 12,5).`,
      );
  return { fileName, header, where, rows };
}

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

/** Throws UserError where the cell is empty or no number. */
export function checkNumber(cell: string, column: string, where: string): void {
  if (cell === '')
    throw new UserError(
      `${where}: column ${column} is empty; every row needs every value: fill it in, or remove the row.`,
    );
  if (/^[+-]?\d+,\d+$/.test(cell))
    throw new UserError(
      `${where}: column ${column}: "${cell}" has a decimal comma; write ${cell.replace(',', '.')}.`,
    );
  if (!NUMBER.test(cell))
    throw new UserError(
      `${where}: column ${column}: "${cell}" is not a number; write one like 12.5 or 3e-4 without unit, or remove the row.`,
    );
}
