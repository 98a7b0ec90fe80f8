/** Published figures beside the model, as the table that ends every chapter of a system. */
import { type Role, endingOf } from '../../config/target.ts';
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

const SURE =
  'Source grades: T read in the text or abstract of the paper, P press release, 2 third party, M recalled, D arithmetic ' +
  'from the others. Calibration targets prove nothing; consistency checks are not scored, because too little of the ' +
  'machine is published to call its answer a prediction.';

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
          quantityWords(row),
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
    note: SURE,
  };
}

/** The same without the sentences, of several systems; `titleOf` the words for a system. */
export function overviewTable(
  title: string,
  rows: readonly LiteratureRow[],
  titleOf: (system: string) => string,
): Table {
  return {
    title,
    columns: [
      { label: 'system' },
      { label: 'quantity' },
      { label: 'published', align: 'right' },
      { label: 'model, 90 % interval', align: 'right' },
      { label: 'role' },
      { label: 'sure' },
      { label: 'verdict' },
    ],
    rows: rows.map((row, k): TableRow => {
      const { words, color } = VERDICTS[row.verdict];
      const isFirst = rows[k - 1]?.system !== row.system;
      return {
        cells: [
          isFirst ? titleOf(row.system) : '',
          quantityWords(row),
          publishedWords(row),
          modelWords(row),
          ROLE_WORDS[row.role],
          row.sure,
          words,
        ],
        ...(color && { verdict: color }),
      };
    }),
    note: SURE,
  };
}

/** "specific cooling power" of specific_cooling_power_W_per_g: the unit stands with the figures. */
export function quantityWords({ quantity }: Pick<LiteratureRow, 'quantity'>): string {
  const bare = endingOf(quantity) === '' ? quantity : quantity.slice(0, -endingOf(quantity).length);
  return bare
    .replaceAll('_', ' ')
    .replace(/\bcop\b/, 'COP')
    .replace(/\bsma\b/, 'alloy')
    .replace('niti', 'NiTi');
}

function publishedWords({ published, published_low, published_high, bound, unit }: LiteratureRow): string {
  const [low, high] = [threeDigits(published_low), threeDigits(published_high)];
  const range = bound === null && low !== high ? ` (${low} to ${high})` : '';
  return withUnit(`${bound === null ? '' : BOUND_WORDS[bound]}${threeDigits(published)}${range}`, unit);
}

function modelWords({ model, low, high, unit }: LiteratureRow): string | null {
  if (model === null) return null;
  const interval = low === null || high === null ? '' : ` (${threeDigits(low)} to ${threeDigits(high)})`;
  return withUnit(`${threeDigits(model)}${interval}`, unit);
}

const withUnit = (words: string, unit: string): string =>
  unit === '' || unit === '1' ? words : `${words} ${unit.replace('degC', '°C')}`;

/** Three digits, or all of a larger whole number; with a true minus sign. */
function threeDigits(value: number): string {
  const short = Math.abs(value) >= 1000 ? Math.round(value) : Number(value.toPrecision(3));
  return String(short).replace('-', '−');
}
