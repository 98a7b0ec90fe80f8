/** Measurements from a file. */
import { readFileSync } from 'node:fs';
import { UserError } from '../index.ts';
import { type MeasurementTable, parseMeasurements } from '../study/calibration/measurement-table.ts';
import { readCsvRecords } from './csv-records.ts';

/** Throws UserError where the file cannot be read or its table cannot be used. */
export function readMeasurements(file: string, banks: readonly string[]): MeasurementTable {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    throw new UserError(`--data: ${file} cannot be read; give the path of a CSV table.`);
  }
  return parseMeasurements(readCsvRecords(text, file), file, banks);
}
