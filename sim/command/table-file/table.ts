/** A table on its way into a file, a batch of rows at a time: not every table fits into memory. */

export type ColumnType = 'f64' | 'f32' | 'u32' | 'text';

export interface Column {
  readonly name: string;
  /** The empty string for pure numbers and texts. */
  readonly unit: string;
  readonly title: string;
  readonly type: ColumnType;
}

/** One array a column, of the column's type; all of the same length. A number that is not there is NaN. */
export type Values = Float64Array | Float32Array | Uint32Array | string[];

export interface Batch {
  readonly rows: number;
  readonly values: readonly Values[];
}

export interface Table {
  readonly columns: readonly Column[];
  readonly batches: () => AsyncIterable<Batch> | Iterable<Batch>;
}
