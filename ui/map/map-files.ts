/** A map as a file: its cells as a table, or the picture as it stands on the page with what it belongs to. */
import type { DataColumn, DataTable } from '../figure/data-table.ts';
import { toCsv } from '../figure/data-files.ts';
import { download } from '../figure/download.ts';
import { pictureFile } from '../figure/picture-file.ts';
import type { Figure } from '../figure/shapes.ts';
import type { MapCard, MapGrid } from '../worker/messages.ts';

/** A row a cell; outside of the domain, and where there is nothing to tell, a value is absent. */
export function mapTable({ inputs, outputs }: MapCard, grid: MapGrid): DataTable {
  const { of, x, y, inside, fill, lines } = grid;
  const cells = Array.from(inside, (_, cell) => cell);
  const column = (
    name: string,
    unit: string,
    title: string,
    valueOf: (cell: number) => number,
  ): DataColumn => ({
    name,
    unit,
    title,
    values: Float64Array.from(cells, valueOf),
  });
  const input = (place: number, valueOf: (cell: number) => number): DataColumn =>
    column(inputs[place].name, inputs[place].unit, inputs[place].name, valueOf);
  const held = inputs.flatMap((_, place) =>
    place === of.x || place === of.y ? [] : [input(place, () => of.at[place])],
  );
  const output = (place: number, values: Float64Array): DataColumn =>
    column(outputs[place].name, outputs[place].unit, outputs[place].name, (cell) => values[cell]);
  return {
    rows: cells.length,
    columns: [
      input(of.x, (cell) => x[cell % x.length]),
      input(of.y, (cell) => y[Math.floor(cell / x.length)]),
      ...held,
      output(of.fill, fill),
      ...(lines === null || of.lines === null || of.lines === of.fill ? [] : [output(of.lines, lines)]),
      column('inside_domain', '', '1 where the model was trained', (cell) => inside[cell]),
    ],
  };
}

const nameOf = ({ machine, inputs, outputs }: MapCard, { of }: MapGrid, end: string): string =>
  `${[machine, outputs[of.fill].name, 'over', inputs[of.x].name, inputs[of.y].name].join('-')}.${end}`;

export function saveTable(card: MapCard, grid: MapGrid): void {
  download(nameOf(card, grid, 'csv'), new Blob([toCsv(mapTable(card, grid))], { type: 'text/csv' }));
}

/** False where the browser could not make it. */
export async function savePicture(
  format: 'png' | 'svg',
  card: MapCard,
  grid: MapGrid,
  figure: Figure,
): Promise<boolean> {
  const blob = await pictureFile(format, figure);
  if (blob !== null) download(nameOf(card, grid, format), blob);
  return blob !== null;
}
