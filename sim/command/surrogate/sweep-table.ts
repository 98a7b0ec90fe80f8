/** A sweep read back from its Parquet file: what was varied, what came out. */
import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } from 'hyparquet';
import { UserError } from '../../index.ts';
import { RESULTS } from '../../study/sweep/results.ts';

export interface SweepColumn {
  readonly name: string;
  readonly unit: string;
  /** Of all rows that converged; NaN where absent. */
  readonly values: Float64Array;
}

export interface SweepTable {
  readonly file: string;
  /** Of numbers: what was varied and what came out, in the order of the file. */
  readonly columns: readonly SweepColumn[];
  /** Those that were varied. */
  readonly inputs: readonly SweepColumn[];
  readonly outputs: readonly SweepColumn[];
  readonly rows: number;
  /** Rows left out: not converged, refused, failed. */
  readonly leftOut: number;
  /** What the file says of itself: machine, claim, study_hash, engine. */
  readonly about: ReadonlyMap<string, string>;
}

/** Neither varied nor computed. */
const OTHERS: ReadonlySet<string> = new Set(['point', 'status', 'why', 'constraints_met']);

/** Throws UserError where the file cannot be read or is no sweep. */
export async function readSweepTable(file: string): Promise<SweepTable> {
  const { about, records } = await open(file);
  if (!about.has('study_hash') || !about.has('machine'))
    throw new UserError(`${file}: is no result of a sweep; give the .parquet file that sweep run wrote.`);
  const good = records.filter(({ status }) => status === 'converged');
  if (good.length === 0) throw new UserError(`${file}: none of its ${records.length} points converged.`);
  const names = Object.keys(good[0]).filter((name) => !OTHERS.has(name));
  const results = new Set<string>(RESULTS.map(({ key }) => key));
  const columns = names.map((name) => columnOf(file, name, good, about));
  return {
    file,
    columns,
    inputs: columns.filter(({ name, values }) => !results.has(name) && values.some((v) => v !== values[0])),
    outputs: columns.filter(({ name }) => results.has(name)),
    rows: good.length,
    leftOut: records.length - good.length,
    about,
  };
}

type Cells = Readonly<Record<string, unknown>>;

async function open(file: string): Promise<{ about: Map<string, string>; records: Cells[] }> {
  try {
    const bytes = await asyncBufferFromFile(file);
    const { key_value_metadata = [] } = await parquetMetadataAsync(bytes);
    return {
      about: new Map(key_value_metadata.map(({ key, value }) => [key, value ?? ''])),
      records: (await parquetReadObjects({ file: bytes })) as Cells[],
    };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new UserError(
      code === 'ENOENT'
        ? `${file}: there is no such file.`
        : `${file}: cannot be read as Parquet (${error instanceof Error ? error.message : String(error)}).`,
    );
  }
}

function columnOf(
  file: string,
  name: string,
  records: readonly Cells[],
  about: ReadonlyMap<string, string>,
): SweepColumn {
  if (typeof records[0][name] === 'string')
    throw new UserError(
      `${file}: ${name} is a choice of words, which a surrogate does not learn; make a study and a surrogate for each.`,
    );
  return {
    name,
    unit: about.get(`unit.${name}`) ?? '',
    values: Float64Array.from(records, (cells) => Number(cells[name] ?? Number.NaN)),
  };
}
