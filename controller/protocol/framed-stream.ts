/** Rows of a stream frame by channel, in order; what is missing between two frames is counted, never filled in. */
import { scaled } from './framed-fields.ts';
import type { Field } from './framed-dictionary.ts';
import { ByteReader, readValue, sizeOf } from './framed-values.ts';
import { isNewer, type Message } from './framed-wire.ts';

export interface Rows {
  /** One array of shape [rows] a channel, in the order of the subscription, in the channel's unit. */
  readonly columns: readonly Float64Array[];
  /** Device time of each row, µs. */
  readonly deviceUs: Float64Array;
  /** Rows between the one before and the first of these that never came: lost on the line or dropped by the device. */
  readonly missing: number;
}

export interface StreamStatistics {
  frames: number;
  rows: number;
  /** Frames that the device sent and that did not arrive whole. */
  lostFrames: number;
  /** Rows that did not come: those of lost frames, and those the device could not send. */
  missingRows: number;
  /** Of these, rows that the device says it could not send. */
  overrunRows: number;
  /** Frames of another subscription, older than the last, or not of the right length. */
  unusedFrames: number;
}

export class StreamReader {
  readonly statistics: StreamStatistics = {
    frames: 0,
    rows: 0,
    lostFrames: 0,
    missingRows: 0,
    overrunRows: 0,
    unusedFrames: 0,
  };
  private readonly fields: readonly Field[];
  private readonly subscription: number;
  private readonly periodUs: number;
  private readonly rowBytes: number;
  private readonly onRows: (rows: Rows) => void;
  private sequence: number | null = null;
  private nextRow = 0;
  private overruns = 0;

  /** @param periodUs time between two rows */
  constructor(
    fields: readonly Field[],
    subscription: number,
    periodUs: number,
    onRows: (rows: Rows) => void,
  ) {
    this.fields = fields;
    this.subscription = subscription;
    this.periodUs = periodUs;
    this.onRows = onRows;
    this.rowBytes = fields.reduce((sum, { type }) => sum + sizeOf(type), 0);
  }

  take({ sequence, body }: Message): void {
    const reader = new ByteReader(body);
    const subscription = reader.value('u8');
    const rows = reader.value('u8');
    const overruns = reader.value('u16');
    const firstRow = reader.value('u32');
    const startUs = reader.u64();
    const data = reader.rest();
    const isLate = this.sequence !== null && !isNewer(sequence, this.sequence);
    const fits = !reader.isShort && data.length === rows * this.rowBytes;
    if (subscription !== this.subscription || isLate || !fits) {
      this.statistics.unusedFrames++;
      return;
    }
    const missing = this.account(sequence, overruns, firstRow, rows);
    const deviceUs = Float64Array.from({ length: rows }, (_, i) => startUs + i * this.periodUs);
    this.onRows({ columns: this.columns(data, rows), deviceUs, missing });
  }

  private account(sequence: number, overruns: number, firstRow: number, rows: number): number {
    const { statistics } = this;
    // A stream starts with frame 0 and row 0: what came before the first frame heard is missing as well.
    const missing = (firstRow - this.nextRow) >>> 0;
    statistics.frames++;
    statistics.rows += rows;
    statistics.lostFrames += (sequence - (this.sequence ?? -1) - 1) & 0xffff;
    statistics.missingRows += missing;
    statistics.overrunRows += (overruns - this.overruns) & 0xffff;
    this.sequence = sequence;
    this.overruns = overruns;
    this.nextRow = (firstRow + rows) >>> 0;
    return missing;
  }

  private columns(data: Uint8Array, rows: number): Float64Array[] {
    const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
    let at = 0;
    return this.fields.map((field) => {
      const column = new Float64Array(rows);
      for (let row = 0; row < rows; row++)
        column[row] = scaled(field, readValue(view, at + row * this.rowBytes, field.type));
      at += sizeOf(field.type);
      return column;
    });
  }
}
