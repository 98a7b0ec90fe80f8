/** One subscription: rows into frames of the contract, as many as the line takes; what it does not take is counted. */
import type { Clock } from '../protocol/byte-port.ts';
import type { Dictionary } from '../protocol/framed-dictionary.ts';
import { rawWithin } from '../protocol/framed-fields.ts';
import { ByteWriter, sizeOf, writeValue } from '../protocol/framed-values.ts';
import { CRC_BYTES, HEADER_BYTES } from '../protocol/framed-wire.ts';
import type { FrameSender } from './frame-sender.ts';

/** subscription, rows, overruns, first row, time */
const STREAM_HEADER_BYTES = 1 + 1 + 2 + 4 + 8;
/** Delimiters and stuffing. */
const FRAMING_BYTES = 8;
const MOST_ROWS = 255;
/** A host that was silent for so long is not streamed to, ms. */
const SILENCE_MS = 3000;

export interface StreamerOptions {
  readonly clock: Clock;
  readonly dictionary: Dictionary;
  readonly sender: FrameSender;
  /** Longest message. */
  readonly mostBytes: number;
  /** The frame with this body. */
  readonly encode: (sequence: number, body: Uint8Array) => Uint8Array;
}

export class FramedStreamer {
  private readonly clock: Clock;
  private readonly dictionary: Dictionary;
  private readonly sender: FrameSender;
  private readonly mostBytes: number;
  private readonly encode: StreamerOptions['encode'];
  private channels: readonly number[] = [];
  private decimation = 1;
  private subscription = 0;
  private sequence = 0;
  private rowBytes = 0;
  private mostRows = 1;
  private data = new Uint8Array(0);
  private rows = 0;
  private nextRow = 0;
  private firstRow = 0;
  private firstUs = 0;
  /** When the first and the last row were sampled, or should have been. */
  private firstMs = 0;
  private lastMs = 0;
  private overruns = 0;
  private heardMs = 0;

  constructor({ clock, dictionary, sender, mostBytes, encode }: StreamerOptions) {
    this.clock = clock;
    this.dictionary = dictionary;
    this.sender = sender;
    this.mostBytes = mostBytes;
    this.encode = encode;
  }

  /** @returns the number of the subscription, or null where the channels cannot be streamed; none ends it */
  subscribe(decimation: number, channels: readonly number[]): number | null {
    const known = this.dictionary.channels;
    if (channels.some((index) => index >= known.length) || (channels.length > 0 && !(decimation >= 1)))
      return null;
    const rowBytes = channels.reduce((sum, index) => sum + sizeOf(known[index].type), 0);
    const room = this.mostBytes - HEADER_BYTES - STREAM_HEADER_BYTES - CRC_BYTES;
    if (rowBytes > room) return null;
    this.channels = channels;
    this.decimation = decimation;
    this.rowBytes = rowBytes;
    this.mostRows = Math.min(MOST_ROWS, Math.floor(room / Math.max(1, rowBytes)));
    this.data = new Uint8Array(this.mostRows * rowBytes);
    this.rows = this.nextRow = this.sequence = this.overruns = 0;
    this.subscription = (this.subscription + 1) & 0xff;
    return this.subscription;
  }

  /** A valid request came. */
  heard(): void {
    this.heardMs = this.clock.nowMs();
  }

  /**
   * One sample of all channels, `sample` counting base periods. `lateMs`: how long ago it was, in wall time.
   */
  add(sample: number, timeUs: number, values: ArrayLike<number>, lateMs: number): void {
    if (this.channels.length === 0 || sample % this.decimation !== 0) return;
    if (this.clock.nowMs() - this.heardMs > SILENCE_MS) {
      this.channels = [];
      return;
    }
    const row = this.nextRow++;
    const atMs = this.clock.nowMs() - lateMs;
    this.flush(atMs);
    if (this.rows === this.mostRows) {
      this.overruns = (this.overruns + 1) & 0xffff;
      return;
    }
    if (this.rows === 0) {
      this.firstRow = row;
      this.firstUs = timeUs;
      this.firstMs = atMs;
    }
    this.lastMs = atMs;
    this.write(values);
  }

  /** Sends what is full, or has waited long enough at `atMs`, where the line takes it. */
  flush(atMs: number): void {
    const isFull = this.rows === this.mostRows;
    const dueMs = this.firstMs + this.dictionary.batch_ms;
    if (this.rows === 0 || !(isFull || atMs >= dueMs)) return;
    const bytes = HEADER_BYTES + STREAM_HEADER_BYTES + this.rows * this.rowBytes + CRC_BYTES + FRAMING_BYTES;
    if (!this.sender.hasRoom(bytes)) return;
    const body = new ByteWriter()
      .value('u8', this.subscription)
      .value('u8', this.rows)
      .value('u16', this.overruns)
      .value('u32', this.firstRow)
      .u64(this.firstUs)
      .raw(this.data.subarray(0, this.rows * this.rowBytes))
      .done();
    this.rows = 0;
    this.sender.stream(this.encode(this.sequence, body), isFull ? this.lastMs : dueMs);
    this.sequence = (this.sequence + 1) & 0xffff;
  }

  private write(values: ArrayLike<number>): void {
    const view = new DataView(this.data.buffer, this.rows * this.rowBytes);
    let at = 0;
    for (const index of this.channels) {
      const field = this.dictionary.channels[index];
      writeValue(view, at, field.type, rawWithin(field, values[index]));
      at += sizeOf(field.type);
    }
    this.rows++;
  }
}
