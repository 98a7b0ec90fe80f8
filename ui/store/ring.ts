/**
 * A time series in a ring of typed arrays: one array of times and one an each column, allocated once. Rows are
 * addressed by age, 0 the oldest kept; `total` counts every row ever pushed, so it serves as a version number.
 */
export class Ring {
  readonly columns: readonly Float32Array[];
  readonly times: Float64Array;
  length = 0;
  total = 0;
  readonly #mask: number;

  /** `capacity` must be a power of two: the wrap is then one bitwise and. */
  constructor(capacity: number, columnCount: number) {
    if ((capacity & (capacity - 1)) !== 0) throw new RangeError(`capacity ${capacity} is not a power of two`);
    this.#mask = capacity - 1;
    this.times = new Float64Array(capacity);
    this.columns = Array.from({ length: columnCount }, () => new Float32Array(capacity));
  }

  get lastTimeS(): number {
    return this.length === 0 ? Number.NaN : this.times[this.slot(this.length - 1)];
  }

  get firstTimeS(): number {
    return this.length === 0 ? Number.NaN : this.times[this.slot(0)];
  }

  /** Where in the arrays the row of this age stands. */
  slot(age: number): number {
    return (this.total - this.length + age) & this.#mask;
  }

  value(column: number, age: number): number {
    return this.columns[column][this.slot(age)];
  }

  /** Appends row `row` of `source`; `pick[c]` is the source column of column c, -1 where the source has none. */
  push(timeS: number, source: readonly Float32Array[], pick: readonly number[], row: number): void {
    const at = this.total & this.#mask;
    this.times[at] = timeS;
    for (let c = 0; c < this.columns.length; c++) {
      this.columns[c][at] = pick[c] < 0 ? Number.NaN : source[pick[c]][row];
    }
    this.#grow();
  }

  /** Appends a row of absences, so that no curve bridges what is missing here. */
  pushGap(timeS: number): void {
    const at = this.total & this.#mask;
    this.times[at] = timeS;
    for (const column of this.columns) column[at] = Number.NaN;
    this.#grow();
  }

  #grow(): void {
    this.total++;
    if (this.length <= this.#mask) this.length++;
  }

  clear(): void {
    this.length = 0;
  }

  /** Age of the first row at or after `timeS`; `length` where there is none. */
  firstAtOrAfter(timeS: number): number {
    let low = 0;
    let high = this.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.times[this.slot(middle)] < timeS) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** True where a row is so much older than the newest that the rig must have been restarted in between. */
export const clockWentBack = (ring: Ring, timeS: number): boolean => timeS < ring.lastTimeS - 1;
