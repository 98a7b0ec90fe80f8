/** The records of a CSV text, each with its line. */
import { CsvError, parse } from 'csv-parse/sync';
import { UserError } from '../index.ts';
import type { CsvRow } from '../study/calibration/csv-rows.ts';

/**
 * Cells are separated by commas; empty lines and lines that begin with # are skipped, and so is a byte order mark.
 * Throws UserError with file and line.
 */
export function readCsvRecords(text: string, fileName: string): CsvRow[] {
  try {
    const read = parse(text, {
      bom: true,
      comment: '#',
      comment_no_infix: true,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
    }) as unknown as { record: string[]; info: { lines: number } }[];
    return read.map(({ record, info }) => ({ line: info.lines, cells: record }));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new UserError(
      `${fileName}:${String(error['lines'])}: cannot be read as CSV; look for a quotation mark that opens or closes inside a cell.`,
    );
  }
}
