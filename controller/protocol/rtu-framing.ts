/**
 * RTU frames on a line that may carry anything: address, PDU, CRC low byte first, 4 to 256 bytes. Frames are found by
 * expected length and checksum, never by silence, because USB adapters and TCP move silences about.
 */
import { crc16 } from './crc16.ts';

export const LONGEST_FRAME = 256;
/** Answers of a `LengthAt`. */
export const NOT_A_FRAME = 0;
export const NEED_MORE = -1;

/** Length in bytes, checksum included, of the frame that would start at `start`, or NOT_A_FRAME or NEED_MORE. */
export type LengthAt = (bytes: Uint8Array, start: number, end: number) => number;

/** Address and PDU with their checksum. */
export function wrapFrame(unit: number, pdu: Uint8Array): Uint8Array {
  const frame = new Uint8Array(pdu.length + 3);
  frame[0] = unit;
  frame.set(pdu, 1);
  const crc = crc16(frame, 0, pdu.length + 1);
  frame[pdu.length + 1] = crc & 0xff;
  frame[pdu.length + 2] = crc >> 8;
  return frame;
}

/**
 * Finds frames in a stream, in a fixed 512 bytes. The earliest possible frame start wins; bytes that begin no frame
 * are dropped, so garbage costs time in proportion to its length and never memory.
 */
export class FrameScanner {
  /** Bytes dropped because they belonged to no frame. */
  discarded = 0;
  private readonly buffer = new Uint8Array(2 * LONGEST_FRAME);
  private head = 0;
  private tail = 0;

  /** Bytes held: the beginning of a frame, perhaps. */
  get held(): number {
    return this.tail - this.head;
  }

  /** Takes up to LONGEST_FRAME bytes; call `next` until it returns null before the following `push`. */
  push(bytes: Uint8Array): void {
    this.buffer.copyWithin(0, this.head, this.tail);
    this.tail -= this.head;
    this.head = 0;
    this.buffer.set(bytes, this.tail);
    this.tail += bytes.length;
  }

  /** The next whole frame with a right checksum (a copy, checksum included), or null when more bytes are needed. */
  next(lengthAt: LengthAt): Uint8Array | null {
    while (this.head < this.tail) {
      const length = lengthAt(this.buffer, this.head, this.tail);
      if (length === NEED_MORE || this.head + length > this.tail) return null;
      if (length !== NOT_A_FRAME && this.checksumHolds(length)) {
        const frame = this.buffer.slice(this.head, this.head + length);
        this.head += length;
        return frame;
      }
      this.skipByte();
    }
    return null;
  }

  /** Gives up the held beginning of a frame; what follows its first byte is looked at again by `next`. */
  skipByte(): void {
    if (this.head === this.tail) return;
    this.head++;
    this.discarded++;
  }

  /** Drops everything held. */
  clear(): void {
    this.discarded += this.held;
    this.head = this.tail = 0;
  }

  private checksumHolds(length: number): boolean {
    const at = this.head + length - 2;
    return crc16(this.buffer, this.head, at) === (this.buffer[at] | (this.buffer[at + 1] << 8));
  }
}

/** Cuts a chunk of any size into pieces that `FrameScanner.push` takes. */
export function* pieces(chunk: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < chunk.length; at += LONGEST_FRAME) yield chunk.subarray(at, at + LONGEST_FRAME);
}
