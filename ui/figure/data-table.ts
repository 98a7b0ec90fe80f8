/**
 * What a window holds of some curves, as one table: a row a device time, a column a channel, absent where a channel has
 * no sample at that time. Every sample is in it, none is made up between two.
 */
import type { LineColumn, LineSpec } from '../chart/time-chart-spec.ts';
import { Polyline } from '../store/polyline.ts';
import { conversionOf, convert, nameShown } from '../units.ts';

export interface DataColumn {
  readonly name: string;
  readonly unit: string;
  readonly title: string;
  readonly values: Float64Array;
}

export interface DataTable {
  /** Of charts over time the first is `device_time_s`, the second `wall_time_s`. */
  readonly columns: readonly DataColumn[];
  readonly rows: number;
}

/** Values that a browser holds and writes without trouble. */
export const MOST_VALUES = 10_000_000;

const EVERY_SAMPLE_S = 1e-6;
/**
 * Times are told to 0.1 ms: frames that merge ten minutes of history give them in single precision after the first row,
 * which is no finer, and what was read at one time must stand in one row.
 */
const STEPS_A_S = 1e4;

interface Traced {
  readonly column: LineColumn;
  readonly times: Float64Array;
  readonly values: Float64Array;
}

const tooMuch = (most: number): string =>
  `This window holds more than ${most.toLocaleString('en')} values, the most that a browser exports. ` +
  'Zoom in, or use `npx elastocool export`.';

/** One sentence where there is nothing or too much to export. `wallTimeOf` gives seconds since 1970, NaN where unknown. */
export function dataTable(
  lines: readonly LineSpec[],
  fromS: number,
  toS: number,
  wallTimeOf: (timeS: number) => number,
  most = MOST_VALUES,
): DataTable | string {
  const traced: Traced[] = [];
  let samples = 0;
  for (const line of distinct(lines)) {
    const one = trace(line, fromS, toS);
    samples += one.times.length;
    // told before all of it is in memory
    if (samples > most) return tooMuch(most);
    traced.push(one);
  }
  const times = unionOf(traced.map((one) => one.times));
  if (times.length === 0) return 'Nothing was measured in this window: there is nothing to export.';
  if (times.length * (traced.length + 2) > most) return tooMuch(most);
  const names = traced.map(({ column }) => nameIn(traced, column));
  return {
    rows: times.length,
    columns: [
      { name: 'device_time_s', unit: 's', title: 'device clock', values: times },
      {
        name: 'wall_time_s',
        unit: 's',
        title:
          'wall time of arrival at this page, seconds since 1970-01-01 UTC; absent where it was not open',
        values: times.map(wallTimeOf),
      },
      ...traced.map((one, i) => shownColumn(one, names[i], times)),
    ],
  };
}

/** A channel that stands on two charts is one column. */
function distinct(lines: readonly LineSpec[]): (LineSpec & { readonly column: LineColumn })[] {
  const seen = new Map<string, LineSpec & { readonly column: LineColumn }>();
  for (const line of lines) {
    const { column } = line;
    if (column !== undefined) seen.set(`${column.group ?? ''}.${column.name}`, { ...line, column });
  }
  return [...seen.values()];
}

function trace(line: LineSpec & { readonly column: LineColumn }, fromS: number, toS: number): Traced {
  const all = new Polyline();
  line.trace({ fromS, toS, bucketS: EVERY_SAMPLE_S }, all);
  // The trace goes one row beyond either edge, and shows a summary of what is older than the samples kept.
  const sinceS = Math.max(fromS, line.samplesFromS?.() ?? fromS);
  let first = 0;
  while (first < all.length && !(all.x[first] >= sinceS)) first++;
  let end = all.length;
  while (end > first && all.x[end - 1] > toS) end--;
  const times = all.x.slice(first, end).map((timeS) => Math.round(timeS * STEPS_A_S) / STEPS_A_S);
  return { column: line.column, times, values: all.y.slice(first, end) };
}

function isSame(a: Float64Array, b: Float64Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** Channels of one group share their times: each group is sorted in once. */
function unionOf(all: readonly Float64Array[]): Float64Array {
  const groups: Float64Array[] = [];
  for (const times of all) if (!groups.some((group) => isSame(group, times))) groups.push(times);
  const merged = new Float64Array(groups.reduce((sum, group) => sum + group.length, 0));
  let at = 0;
  for (const group of groups) {
    merged.set(group, at);
    at += group.length;
  }
  merged.sort();
  return merged.filter((timeS, i) => i === 0 || timeS !== merged[i - 1]);
}

/** Told apart by its group where two channels have one name. */
function nameIn(all: readonly Traced[], column: LineColumn): string {
  const name = nameShown(column.name, column.unit);
  const isShared = all.filter((one) => one.column.name === column.name).length > 1;
  return isShared ? `${column.group ?? 'chart'}.${name}` : name;
}

function shownColumn({ column, times, values }: Traced, name: string, rows: Float64Array): DataColumn {
  const shown = conversionOf(column.unit);
  const out = new Float64Array(rows.length).fill(Number.NaN);
  let row = 0;
  for (let i = 0; i < times.length; i++) {
    while (rows[row] < times[i]) row++;
    // Where two samples have one time the later one holds; an absence never hides a value.
    if (!Number.isNaN(values[i])) out[row] = convert(values[i], shown);
  }
  return { name, unit: shown.unit, title: column.title, values: out };
}
