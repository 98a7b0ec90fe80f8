/**
 * What a page that reloads gets to see: the last ten minutes of tick, cycle and model rows, the last waveforms and
 * pictures, the last events. Asked by sequence number, answered in frames that merge many rows.
 */
import { CHANNELS, type GroupName, isWholeCycle } from '../wire/channels.ts';
import { decodeFrame } from '../wire/frame.ts';
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
}

export const HISTORY_LIMITS: HistoryLimits = {
  tickRows: 30_000,
  cycleRows: 6_000,
  waveforms: 64,
  pictures: 16,
  events: 200,
};

export class History {
  readonly #rows: Record<'tick' | 'cycle' | 'model', RowRing>;
  readonly #whole: Record<'waveform' | 'picture', Piece[]> = { waveform: [], picture: [] };
  readonly #events: EventMessage[] = [];
  readonly #limits: HistoryLimits;

  constructor(limits: HistoryLimits = HISTORY_LIMITS) {
    this.#limits = limits;
    this.#rows = {
      tick: new RowRing('tick', CHANNELS.tick.length, limits.tickRows),
      cycle: new RowRing('cycle', CHANNELS.cycle.length, limits.cycleRows),
      model: new RowRing('model', CHANNELS.model.length, limits.cycleRows),
    };
  }

  /** Keeps a frame; returns a sentence where the bytes are not one. */
  addFrame(group: GroupName, sequence: number, bytes: Uint8Array): string | undefined {
    if (isWholeCycle(group)) {
      const pieces = this.#whole[group];
      pieces.push({ bytes, sequence });
      if (pieces.length > this.#limits[`${group}s`]) pieces.shift();
      return undefined;
    }
    const frame = decodeFrame(bytes);
    if (typeof frame === 'string') return frame;
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
}
