/**
 * What a page that reloads gets to see: the last ten minutes of tick, cycle and model rows, the last waveforms and
 * pictures, the last events; ten minutes of the device's stream and a day of its summary. Asked by sequence number,
 * answered in frames that merge many rows.
 *
 * With 64 channels of stream the most that is kept is 600,000 rows of 272 bytes and 86,400 of 736: 227 MB, which the
 * system gives page by page as rows come in.
 */
import { type ChannelTables, type GroupName, isWholeCycle, tablesOf } from '../wire/channels.ts';
import type { Frame } from '../wire/frame.ts';
import type { EventMessage } from '../wire/messages.ts';
import { RowRing, type Piece } from './row-ring.ts';

export interface HistoryLimits {
  /** 50 ticks a second for ten minutes. */
  readonly tickRows: number;
  /** Cycles read in ten minutes, with room for an accelerated rig. */
  readonly cycleRows: number;
  readonly waveforms: number;
  /** One of each cell, and some before it. */
  readonly pictures: number;
  readonly events: number;
  /** 1000 rows a second for ten minutes. */
  readonly streamRows: number;
  /** A row a second for a day, by the clock of the device. */
  readonly summaryRows: number;
}

export const HISTORY_LIMITS: HistoryLimits = {
  tickRows: 30_000,
  cycleRows: 6_000,
  waveforms: 64,
  pictures: 16,
  events: 200,
  streamRows: 600_000,
  summaryRows: 86_400,
};

type RowGroup = Exclude<GroupName, 'waveform' | 'picture'>;

export class History {
  readonly #rows: Record<RowGroup, RowRing>;
  readonly #whole: Record<'waveform' | 'picture', Piece[]> = { waveform: [], picture: [] };
  readonly #events: EventMessage[] = [];
  readonly #limits: HistoryLimits;
  #tables: ChannelTables = tablesOf([]);

  constructor(limits: HistoryLimits = HISTORY_LIMITS) {
    this.#limits = limits;
    this.#rows = {
      tick: this.#ring('tick'),
      cycle: this.#ring('cycle'),
      model: this.#ring('model'),
      stream: this.#ring('stream'),
      summary: this.#ring('summary'),
    };
  }

  /** Channels of each group. */
  get tables(): ChannelTables {
    return this.#tables;
  }

  /** A device streams these channels; where they are others than before, what is kept of them begins anew. */
  configure(tables: ChannelTables): void {
    if (JSON.stringify(tables.stream) === JSON.stringify(this.#tables.stream)) return;
    this.#tables = tables;
    for (const group of ['stream', 'summary'] as const) this.#rows[group] = this.#ring(group);
  }

  #ring(group: RowGroup): RowRing {
    const { cycleRows, tickRows, streamRows, summaryRows } = this.#limits;
    const rows = {
      tick: tickRows,
      cycle: cycleRows,
      model: cycleRows,
      stream: streamRows,
      summary: summaryRows,
    };
    return new RowRing(group, this.#tables[group].length, rows[group]);
  }

  /** Keeps a frame; returns a sentence where it is not of the shape of its group. */
  addFrame(group: GroupName, sequence: number, bytes: Uint8Array, frame: Frame): string | undefined {
    if (isWholeCycle(group)) {
      const pieces = this.#whole[group];
      pieces.push({ bytes, first: sequence, sequence });
      if (pieces.length > this.#limits[`${group}s`]) pieces.shift();
      return undefined;
    }
    return this.#rows[group].push(frame);
  }

  clear(): void {
    for (const ring of Object.values(this.#rows)) ring.clear();
    for (const pieces of Object.values(this.#whole)) pieces.length = 0;
    this.#events.length = 0;
  }

  addEvent(event: EventMessage): void {
    this.#events.push(event);
    if (this.#events.length > this.#limits.events) this.#events.shift();
  }

  eventsBefore(sequence: number): EventMessage[] {
    return this.#events.filter((event) => event.sequence < sequence);
  }

  /** Last sequence number kept of a group; -1 while there is none. */
  latest(group: GroupName): number {
    if (isWholeCycle(group)) return this.#whole[group].at(-1)?.sequence ?? -1;
    return this.#rows[group].latest;
  }

  /** The oldest rows after `sequence` in one frame of at most `maxRows`; undefined where there are none. */
  after(group: GroupName, sequence: number, maxRows: number): Piece | undefined {
    if (isWholeCycle(group)) return this.#whole[group].find((piece) => piece.sequence > sequence);
    return this.#rows[group].after(sequence, maxRows);
  }

  /** The newest rows before `sequence` in one frame of at most `maxRows`; undefined where there are none. */
  before(group: 'stream' | 'summary', sequence: number, maxRows: number): Piece | undefined {
    return this.#rows[group].before(sequence, maxRows);
  }
}
