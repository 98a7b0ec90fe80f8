/** Published figures beside the model, as the table that ends every chapter of a system. */
import type { Role } from '../../config/target.ts';
import type { LiteratureRow, Verdict } from '../../study/literature/row.ts';
import type { Table, TableRow } from '../chapter.ts';

const ROLE_WORDS: Readonly<Record<Role, string>> = {
  calibration: 'calibration target',
  prediction: 'prediction',
  consistency: 'consistency check',
};

/** In words, and the colour that goes with them. */
const VERDICTS: Readonly<Record<Verdict, { words: string; color?: NonNullable<TableRow['verdict']> }>> = {
  calibrated: { words: 'met by calibration' },
  pass: { words: 'pass', color: 'pass' },
  fail: { words: 'fail', color: 'fail' },
  uninformative: { words: 'uninformative', color: 'uninformative' },
  agrees: { words: 'agrees, not scored', color: 'pass' },
  disagrees: { words: 'disagrees, not scored', color: 'fail' },
  undecided: { words: 'undecided, not scored', color: 'uninformative' },
  'not computed': { words: 'not computed' },
};

const BOUND_WORDS = { 'at least': 'at least ', 'at most': 'at most ' };

export function rowsTable(title: string, rows: readonly LiteratureRow[]): Table {
  return {
    title,
    columns: [
      { label: 'quantity' },
      { label: 'published', align: 'right' },
      { label: 'model, 90 % interval', align: 'right' },
      { label: 'role' },
      { label: 'source' },
      { label: 'verdict' },
      { label: 'how it was met, or why it is missed' },
    ],
    rows: rows.map((row): TableRow => {
      const { words, color } = VERDICTS[row.verdict];
      return {
        cells: [
          row.quantity,
          publishedWords(row),
          modelWords(row),
          ROLE_WORDS[row.role],
          `${row.source} (${row.sure})`,
          words,
          row.note,
        ],
        ...(color && { verdict: color }),
      };
    }),
    note:
      'Source grades: T read in the text or abstract of the paper, P press release, 2 third party, M recalled, D arithmetic ' +
      'from the others. Calibration targets prove nothing; consistency checks are not scored, because too little of the ' +
      'machine is published to call its answer a prediction.',
  };
}

function publishedWords({ published, published_low, published_high, bound, unit }: LiteratureRow): string {
  const known = bound === null && published_low < published_high;
  const range = known ? ` (${threeDigits(published_low)} to ${threeDigits(published_high)})` : '';
  return withUnit(`${bound === null ? '' : BOUND_WORDS[bound]}${threeDigits(published)}${range}`, unit);
}

function modelWords({ model, low, high, unit }: LiteratureRow): string | null {
  if (model === null) return null;
  const interval = low === null || high === null ? '' : ` (${threeDigits(low)} to ${threeDigits(high)})`;
  return withUnit(`${threeDigits(model)}${interval}`, unit);
}

const withUnit = (words: string, unit: string): string =>
  unit === '' || unit === '1' ? words : `${words} ${unit}`;

/** Three digits, or all of a larger whole number; with a true minus sign. */
function threeDigits(value: number): string {
  const short = Math.abs(value) >= 1000 ? Math.round(value) : Number(value.toPrecision(3));
  return String(short).replace('-', '−');
}
