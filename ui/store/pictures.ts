/** Pictures of cycles that the model beside the rig drew, newest last; each holds the profile of one cell. */
import { CHANNELS, PICTURE_STRETCHES } from '../../controller/wire/channels.ts';
import type { Frame } from '../../controller/wire/frame.ts';
import { type ChannelTable, pickColumns } from './columns.ts';

export const PICTURE_COLUMNS = CHANNELS.picture.map(({ name }) => name);

/** Column of a channel of a picture; throws on a misspelt name, at load. */
export function pictureColumn(name: string): number {
  const column = PICTURE_COLUMNS.indexOf(name);
  if (column < 0) throw new RangeError(`the channel table has no picture channel ${name}`);
  return column;
}

export const STRETCHES: readonly number[] = Array.from({ length: PICTURE_STRETCHES }, (_, i) => i);
const CELL = pictureColumn('cell');
/** Two rounds through the cells of the machine, some 10 kB each. */
const KEPT = 24;

export interface Picture {
  readonly number: number;
  readonly startS: number;
  readonly periodS: number;
  readonly bins: number;
  /** The cell whose profile it is, from 0. */
  readonly cell: number;
  /** In the order of `PICTURE_COLUMNS`; undefined what the controller does not send. */
  readonly columns: readonly (Float32Array | undefined)[];
}

export class PictureStore {
  /** Counts pictures ever taken: what is drawn of them is old where it differs. */
  total = 0;
  readonly #kept: Picture[] = [];
  #pick: readonly number[] = [...PICTURE_COLUMNS.keys()];

  configure(channels: ChannelTable): void {
    this.#pick = pickColumns(channels, PICTURE_COLUMNS);
  }

  /** A clock that went back is that of a rig which was started anew. */
  take(frame: Frame): void {
    if (frame.rows < 2) return;
    const newest = this.#kept.at(-1);
    if (newest !== undefined && frame.startS < newest.startS) this.clear();
    const columns = this.#pick.map((column) => (column < 0 ? undefined : frame.columns[column]));
    this.#kept.push({
      number: frame.cycle,
      startS: frame.startS,
      periodS: (frame.offsetS[1] - frame.offsetS[0]) * frame.rows,
      bins: frame.rows,
      cell: (columns[CELL]?.[0] ?? Number.NaN) - 1,
      columns,
    });
    if (this.#kept.length > KEPT) this.#kept.shift();
    this.total++;
  }

  /** The newest is 0, the one before it 1; undefined where it is no longer kept. */
  recent(back: number): Picture | undefined {
    return this.#kept.at(-1 - back);
  }

  /** The newest one with the profile of this cell. */
  ofCell(cell: number): Picture | undefined {
    return this.#kept.findLast((picture) => picture.cell === cell);
  }

  clear(): void {
    this.#kept.length = 0;
    this.total++;
  }
}

/** NaN where it is absent. */
export const pictured = (picture: Picture, column: number, bin: number): number =>
  picture.columns[column]?.[bin] ?? Number.NaN;
