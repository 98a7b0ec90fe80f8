/** The points of a study as a table: numbers with their unit in the name, the study itself in the metadata. */
import { readdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../../index.ts';
import type { PointSet } from '../../study/sweep/base.ts';
import { unitOf } from '../../study/sweep/names.ts';
import { RESULTS } from '../../study/sweep/results.ts';
import type { SweepOutput } from '../../study/sweep/sweep-point.ts';
import { readResultLines } from '../result-lines.ts';
import { writeCsv } from '../table-file/csv.ts';
import { writeParquet } from '../table-file/parquet.ts';
import type { Column, Table, Values } from '../table-file/table.ts';
import { programVersion } from '../version.ts';
import { type OpenStudy, isLinesFile } from './open-study.ts';

export type SweepRows = ReadonlyMap<string, SweepOutput>;

/** Every point of this study that any task has left in the folder; none where there is no such folder. */
export function gatherRows(folder: string, study: OpenStudy<unknown>): SweepRows {
  const files = listed(folder).filter((name) => isLinesFile(name, study));
  return new Map(files.flatMap((name) => [...(readResultLines(join(folder, name)) as SweepRows)]));
}

function listed(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/**
 * Writes all points as FILE, CSV where it ends in .csv and Parquet otherwise, in the order of the design: the same rows
 * give the same bytes. Every point of the plan must be there. Throws UserError where the file cannot be written.
 */
export async function writeSweep(file: string, study: OpenStudy, rows: SweepRows): Promise<void> {
  await writeStudyTable(file, study, tableOf(study, rows));
}

/**
 * CSV where the name ends in .csv, Parquet with the study in its metadata otherwise. CSV has no room for that: FILE.about.json
 * says the same. Throws UserError likewise.
 */
export async function writeStudyTable(
  file: string,
  study: OpenStudy<Pick<PointSet, 'preset'>>,
  table: Table,
): Promise<void> {
  try {
    if (!file.endsWith('.csv')) await writeParquet(file, table, aboutOf(study));
    else {
      await writeCsv(file, table);
      const about = { ...Object.fromEntries(aboutOf(study)), columns: table.columns };
      await writeFile(file.replace(/csv$/, 'about.json'), `${JSON.stringify(about, null, 2)}\n`);
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new UserError(`${file} cannot be written (${code}); name another place with --out.`);
  }
}

function tableOf({ plan }: OpenStudy, rows: SweepRows): Table {
  const { factors, indices, outputs, constraintsMet } = plan;
  const found = indices.map((index) => rows.get(String(index)) as SweepOutput);
  const shown = indices.map((index) => plan.shown(index));
  const table: [Column, Values][] = [
    [column('point', '', 'number of the point in the design', 'u32'), Uint32Array.from(indices)],
    ...factors.map(({ column: name, parameter }, i): [Column, Values] =>
      parameter.kind === 'choice'
        ? [column(name, '', parameter.help, 'text'), shown.map((values) => String(values[i]))]
        : [
            column(name, unitOf(parameter), parameter.help, 'f64'),
            Float64Array.from(shown, (values) => Number(values[i])),
          ],
    ),
    ...outputs.map(({ key, unit, title }): [Column, Values] => {
      const at = RESULTS.findIndex((one) => one.key === key);
      return [
        column(key, unit, title, 'f64'),
        Float64Array.from(found, ({ values }) => values[at] ?? Number.NaN),
      ];
    }),
    [
      column('status', '', 'converged, not converged, refused (the machine cannot run so) or failed', 'text'),
      found.map(({ status }) => status),
    ],
    [column('why', '', 'what was wrong', 'text'), found.map(({ why }) => why)],
  ];
  if (constraintsMet !== null)
    table.push([
      column('constraints_met', '', 'whether the constraints over results hold, 1 or 0', 'u32'),
      Uint32Array.from(indices, (index, i) => Number(constraintsMet(index, found[i].values))),
    ]);
  return tableFrom(table);
}

/** Of columns that stand in memory, in one batch. */
export function tableFrom(columns: readonly (readonly [Column, Values])[]): Table {
  const values = columns.map(([, one]) => one);
  const batch = { rows: values[0].length, values };
  return { columns: columns.map(([one]) => one), batches: () => [batch] };
}

export const column = (name: string, unit: string, title: string, type: Column['type']): Column => ({
  name,
  unit,
  title,
  type,
});

/** Nothing of when or where it ran: the same study gives the same bytes. */
const aboutOf = ({
  text,
  plan,
  fingerprint,
  hash,
}: OpenStudy<Pick<PointSet, 'preset'>>): ReadonlyMap<string, string> =>
  new Map([
    ['study', text],
    ['machine', plan.preset.key],
    ['claim', plan.preset.claim],
    ['version', programVersion()],
    ['engine', fingerprint],
    ['study_hash', hash],
  ]);
