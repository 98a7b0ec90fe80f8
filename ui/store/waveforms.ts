/**
 * Whole numbered cycles in phase bins. Rows go into a ring like any other series; a cycle that was not read leaves a
 * gap. A second, small ring knows where each cycle stands.
 */
import type { Frame } from '../../controller/wire/frame.ts';
import { CHANNELS } from '../../controller/wire/channels.ts';
import { pickColumns, type ChannelTable } from './columns.ts';
import { clockWentBack, Ring } from './ring.ts';

export const WAVEFORM_COLUMNS = CHANNELS.waveform.map((channel) => channel.name);
export const STRAIN = WAVEFORM_COLUMNS.indexOf('strain_percent');
export const STRESS = WAVEFORM_COLUMNS.indexOf('stress_MPa');
export const COLD_OUTLET = WAVEFORM_COLUMNS.indexOf('cold_outlet_C');
export const HOT_OUTLET = WAVEFORM_COLUMNS.indexOf('hot_outlet_C');
export const FIRST_CELL = WAVEFORM_COLUMNS.indexOf('cell_1_C');

/** Nearly ten minutes at 3.5 Hz, in as many rows as the 128 bins of the present firmware need. */
const CYCLES_KEPT = 2048;
const ROWS_KEPT = CYCLES_KEPT * 128;

/** One cycle among the rows of `WaveformStore.rows`. */
export interface WholeCycle {
  readonly number: number;
  readonly startS: number;
  readonly periodS: number;
  readonly bins: number;
  /** Its first row, counted over all rows ever pushed. */
  readonly firstRow: number;
}

/** The next cycle by number may still start later: the machine rested in between. */
const follows = (previous: WholeCycle, next: Frame, binS: number): boolean =>
  next.cycle === previous.number + 1 && next.startS - previous.startS - previous.periodS < 1.5 * binS;

export class WaveformStore {
  readonly rows = new Ring(ROWS_KEPT, WAVEFORM_COLUMNS.length);
  readonly #index: WholeCycle[] = [];
  #pick: readonly number[] = WAVEFORM_COLUMNS.map((_, i) => i);

  configure(channels: ChannelTable): void {
    this.#pick = pickColumns(channels, WAVEFORM_COLUMNS);
  }

  /** False where the cycle is not newer than the last one, or holds nothing. */
  take(frame: Frame): boolean {
    if (clockWentBack(this.rows, frame.startS)) this.clear();
    const previous = this.#index.at(-1);
    if (frame.rows < 2 || (previous !== undefined && frame.startS <= previous.startS)) return false;
    const binS = frame.offsetS[1] - frame.offsetS[0];
    if (previous !== undefined && !follows(previous, frame, binS)) this.rows.pushGap(this.rows.lastTimeS);
    const firstRow = this.rows.total;
    for (let row = 0; row < frame.rows; row++) {
      this.rows.push(frame.startS + frame.offsetS[row], frame.columns, this.#pick, row);
    }
    const periodS = binS * frame.rows;
    this.#index.push({ number: frame.cycle, startS: frame.startS, periodS, bins: frame.rows, firstRow });
    if (this.#index.length > CYCLES_KEPT) this.#index.shift();
    return true;
  }

  get count(): number {
    return this.#index.length;
  }

  /** The newest cycle is 0, the one read before it 1, and so on; undefined where it is no longer kept. */
  recent(back: number): WholeCycle | undefined {
    const entry = this.#index.at(-1 - back);
    if (entry === undefined) return undefined;
    return entry.firstRow < this.rows.total - this.rows.length ? undefined : entry;
  }

  /** A value of a cycle, `bin` counted from its start. */
  value(cycle: WholeCycle, column: number, bin: number): number {
    return this.rows.value(column, cycle.firstRow - (this.rows.total - this.rows.length) + bin);
  }

  /** Calls `visit` for every cycle that touches [fromS, toS], newest first. */
  forEachIn(
    fromS: number,
    toS: number,
    visit: (startS: number, periodS: number, number: number) => void,
  ): void {
    for (let i = this.#index.length - 1; i >= 0; i--) {
      const { startS, periodS, number } = this.#index[i];
      if (startS + periodS < fromS) return;
      if (startS <= toS) visit(startS, periodS, number);
    }
  }

  clear(): void {
    this.rows.clear();
    this.#index.length = 0;
  }
}
