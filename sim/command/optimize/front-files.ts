/** What a search found, as files: the front as JSON, all designs as Parquet, pairs of objectives as SVG. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../../index.ts';
import { frontFigure } from '../../report/front-figure.ts';
import { bestOf, frontFile } from '../../study/optimize/front-file.ts';
import type { OptimizePlan } from '../../study/optimize/plan.ts';
import type { Search } from '../../study/optimize/search.ts';
import { shownValue, unitOf } from '../../study/sweep/names.ts';
import { type OpenStudy, studyName } from '../sweep/open-study.ts';
import { column, tableFrom, writeStudyTable } from '../sweep/result-table.ts';
import type { Column, Table, Values } from '../table-file/table.ts';

/** Returns the names of the files. Throws UserError where one cannot be written. */
export async function writeFront(
  folder: string,
  study: OpenStudy<OptimizePlan>,
  found: Search,
  withFigures: boolean,
): Promise<string[]> {
  const stem = join(folder, studyName(study));
  const json = `${stem}.front.json`;
  write(json, `${JSON.stringify(frontFile(study.plan, found), null, 1)}\n`);
  const parquet = `${stem}.parquet`;
  await writeStudyTable(parquet, study, tableOf(study.plan, found));
  const figures = withFigures && bestOf(found).length > 0 ? figuresOf(study.plan, found) : [];
  const drawn = figures.map(({ name, svg }) => {
    write(`${stem}${name}.svg`, svg);
    return `${stem}${name}.svg`;
  });
  return [json, parquet, ...drawn];
}

function write(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw new UserError(`${file} cannot be written (${(error as Error).message}); name another --out.`);
  }
}

function figuresOf({ aims, title }: OptimizePlan, found: Search): { name: string; svg: string }[] {
  const front = bestOf(found);
  const others = found.judged.filter((one) => one.isFeasible && !front.includes(one));
  const pairs = aims.flatMap((_, x) => aims.flatMap((__, y) => (x < y ? [[x, y] as const] : [])));
  return pairs.map(([x, y]) => {
    const axis = (k: number) => ({ label: `${aims[k].title} (${aims[k].sense})`, unit: aims[k].unit ?? '' });
    const at = (all: typeof front) =>
      all.map(({ objectives }): [number, number] => [objectives[x], objectives[y]]);
    return {
      name: aims.length === 2 ? '' : `-${x + 1}-${y + 1}`,
      svg: frontFigure({
        title: title || `${aims[x].title} against ${aims[y].title}`,
        x: axis(x),
        y: axis(y),
        others: at(others),
        front: at(front),
        note: `${found.judged.length} designs judged, ${front.length} of them on the front.`,
      }),
    };
  });
}

/** Every design in the order in which it was asked for. */
function tableOf({ factors, aims, outputs }: OptimizePlan, found: Search): Table {
  const { judged } = found;
  const front = new Set(bestOf(found));
  const numbers = (of: (one: (typeof judged)[number]) => number | null): Float64Array =>
    Float64Array.from(judged, (one) => of(one) ?? Number.NaN);
  const flags = (of: (one: (typeof judged)[number]) => boolean): Uint32Array =>
    Uint32Array.from(judged, (one) => Number(of(one)));
  const columns: [Column, Values][] = [
    [column('design', '', 'number of the design', 'u32'), Uint32Array.from(judged, (_, i) => i)],
    ...factors.map(({ column: name, parameter }, i): [Column, Values] =>
      parameter.kind === 'choice'
        ? [column(name, '', parameter.help, 'text'), judged.map(({ design }) => String(design[i]))]
        : [
            column(name, unitOf(parameter), parameter.help, 'f64'),
            numbers(({ design }) => Number(shownValue(parameter, design[i]))),
          ],
    ),
    ...aims.map(({ sense, text, unit }, k): [Column, Values] => [
      column(`objective_${k + 1}`, unit ?? '', `${sense} ${text}`, 'f64'),
      numbers(({ objectives }) => objectives[k]),
    ]),
    ...outputs.map(({ key, unit, title }, i): [Column, Values] => [
      column(key, unit, title, 'f64'),
      numbers((one) => one.outputs[i]),
    ]),
    [
      column('held_share', '', 'share of the samples in which every constraint holds, 0 to 1', 'f64'),
      numbers(({ heldShare }) => heldShare),
    ],
    [column('feasible', '', 'whether the constraints hold, 1 or 0', 'u32'), flags((one) => one.isFeasible)],
    [
      column('front', '', 'whether no other design is better in all, 1 or 0', 'u32'),
      flags((one) => front.has(one)),
    ],
  ];
  return tableFrom(columns);
}
