/** Finds frames in a stream of bytes that may carry anything, in a fixed buffer. */

/** Answers of a `LengthAt`. */
export const NOT_A_FRAME = 0;
export const NEED_MORE = -1;

/** Length in bytes of the frame that would start at `start`, or NOT_A_FRAME or NEED_MORE. */
export type LengthAt = (bytes: Uint8Array, start: number, end: number) => number;

/** Largest piece that a scanner takes at once, bytes. */
const PIECE = 256;

/**
 * The earliest possible frame start wins; bytes that begin no frame are dropped, so garbage costs time in proportion
 * to its length and never memory.
 */
export class FrameScanner<Frame> {
  /** Bytes dropped because they belonged to no frame. */
  discarded = 0;
  private readonly buffer: Uint8Array;
  private readonly open: (frame: Uint8Array) => Frame | null;
  private head = 0;
  private tail = 0;

  /**
   * @param longest longest frame, bytes
   * @param open what a frame of the right length holds, or null where its checksum does not fit; it must copy
   */
  constructor(longest: number, open: (frame: Uint8Array) => Frame | null) {
    this.buffer = new Uint8Array(longest + PIECE);
    this.open = open;
  }

  /** Bytes held: the beginning of a frame, perhaps. */
  get held(): number {
    return this.tail - this.head;
  }

  /** Takes one of `pieces`; call `next` until it returns null before the following `push`. */
  push(bytes: Uint8Array): void {
    this.buffer.copyWithin(0, this.head, this.tail);
    this.tail -= this.head;
    this.head = 0;
    this.buffer.set(bytes, this.tail);
    this.tail += bytes.length;
  }

  /** The next whole frame, or null when more bytes are needed. */
  next(lengthAt: LengthAt): Frame | null {
    while (this.head < this.tail) {
      const length = lengthAt(this.buffer, this.head, this.tail);
      if (length === NEED_MORE || this.head + length > this.tail) return null;
      const frame =
        length === NOT_A_FRAME ? null : this.open(this.buffer.subarray(this.head, this.head + length));
      if (frame !== null) {
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
}

/** Cuts a chunk of any size into pieces that `FrameScanner.push` takes. */
export function* pieces(chunk: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < chunk.length; at += PIECE) yield chunk.subarray(at, at + PIECE);
}
