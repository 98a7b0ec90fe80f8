/** The last samples before a fault and the first after it, kept until the next fault: what the device saw of it. */
import type { Field } from '../protocol/framed-dictionary.ts';
import { rawWithin } from '../protocol/framed-fields.ts';
import { ByteWriter } from '../protocol/framed-values.ts';
import type { Blob } from '../protocol/framed-blob.ts';
import { SAMPLE_PERIOD_US } from './rig-dictionary.ts';

/** A quarter of the rows show what followed. */
const SHARE_AFTER = 0.25;

export class BlackBox {
  private readonly rows: number;
  private readonly fields: readonly Field[];
  private readonly width: number;
  private readonly ring: Float32Array;
  private written = 0;
  private lastUs = 0;
  /** Rows still to come before the ring is frozen; null while no fault is in it. */
  private left: number | null = null;
  private fault = { word: 0, first: 0xff, atUs: 0 };
  private count = 0;
  private kept: Blob | null = null;

  /** @param fields the channels of a row */
  constructor(rows: number, fields: readonly Field[]) {
    this.rows = rows;
    this.fields = fields;
    this.width = fields.length;
    this.ring = new Float32Array(rows * fields.length);
  }

  /** A fault at this device time; `first` is the number of its bit. Further ones before it is frozen change nothing. */
  trip(word: number, first: number, atUs: number): void {
    if (this.left !== null) return;
    this.fault = { word, first, atUs };
    this.left = Math.round(SHARE_AFTER * this.rows);
  }

  /** Of `values` the first channels are kept. */
  add(timeUs: number, values: Float64Array): void {
    this.ring.set(values.subarray(0, this.width), (this.written++ % this.rows) * this.width);
    this.lastUs = timeUs;
    if (this.left === null || --this.left > 0) return;
    this.left = null;
    this.kept = { number: ++this.count, bytes: this.frozen() };
  }

  /** Null before the first fault. */
  newest(): Blob | null {
    return this.kept;
  }

  private frozen(): Uint8Array {
    const rows = Math.min(this.written, this.rows);
    const writer = new ByteWriter()
      .value('u16', this.fault.word)
      .value('u8', this.fault.first)
      .value('u8', 0)
      .u64(this.fault.atUs)
      .u64(this.lastUs - (rows - 1) * SAMPLE_PERIOD_US)
      .value('u32', SAMPLE_PERIOD_US)
      .value('u16', rows);
    for (let row = this.written - rows; row < this.written; row++) {
      const at = (row % this.rows) * this.width;
      this.fields.forEach((field, i) => writer.value(field.type, rawWithin(field, this.ring[at + i])));
    }
    return writer.done();
  }
}
