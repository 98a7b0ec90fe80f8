/**
 * The device's end of the line: whole frames, one after the other, at the speed of the line in wall time. Replies
 * overtake what waits of the stream; a frame that has begun is sent to its end. A frame is at the other end when its
 * last bit is.
 *
 * A computer that is late with its timers does not make the line slower: what was ready is sent at the time at which a
 * device that shares its processor with nobody would have sent it, and arrives at once where that is past.
 */
import type { BytePort, Clock } from '../protocol/byte-port.ts';

/** Start bit, eight data bits, stop bit. */
const BITS_PER_BYTE = 10;
/** Bytes of replies and of the stream that may wait, each; a frame that does not fit whole is not taken. */
const WAITING_BYTES = 4096;

interface Waiting {
  readonly frame: Uint8Array;
  readonly readyMs: number;
}

export class FrameSender {
  private readonly port: BytePort;
  private readonly clock: Clock;
  private readonly bytesPerMs: number;
  private readonly replies: Waiting[] = [];
  private readonly rows: Waiting[] = [];
  private underWay: Uint8Array | null = null;
  /** When the line is done, or was, with what it was given. */
  private doneMs = Number.NEGATIVE_INFINITY;
  private isWoken = false;

  constructor(port: BytePort, clock: Clock, baudRate: number) {
    this.port = port;
    this.clock = clock;
    this.bytesPerMs = baudRate / BITS_PER_BYTE / 1000;
  }

  /** A reply or a notice; lost where too many wait. */
  reply(frame: Uint8Array): void {
    this.pump();
    if (bytesOf(this.replies) + frame.length > WAITING_BYTES) return;
    this.replies.push({ frame, readyMs: this.clock.nowMs() });
    this.pump();
  }

  /** A frame of the stream of so many bytes would be taken. */
  hasRoom(bytes: number): boolean {
    this.pump();
    return bytesOf(this.rows) + bytes <= WAITING_BYTES;
  }

  /** Call where `hasRoom`. `readyMs`: when the frame was whole, or should have been. */
  stream(frame: Uint8Array, readyMs: number): void {
    this.rows.push({ frame, readyMs });
    this.pump();
  }

  private readonly pump = (): void => {
    const nowMs = this.clock.nowMs();
    while (this.doneMs <= nowMs) {
      if (this.underWay !== null) this.port.write(this.underWay);
      this.underWay = this.next();
      if (this.underWay === null) return;
    }
    if (this.isWoken) return;
    this.isWoken = true;
    this.clock.after(this.doneMs - nowMs, () => {
      this.isWoken = false;
      this.pump();
    });
  };

  /** What the line is given when it is free, or was. */
  private next(): Uint8Array | null {
    const readyMs = (queue: readonly Waiting[]): number => queue[0]?.readyMs ?? Number.POSITIVE_INFINITY;
    const startMs = Math.max(this.doneMs, Math.min(readyMs(this.replies), readyMs(this.rows)));
    const frame = (readyMs(this.replies) <= startMs ? this.replies : this.rows).shift()?.frame ?? null;
    if (frame !== null) this.doneMs = startMs + frame.length / this.bytesPerMs;
    return frame;
  }
}

const bytesOf = (queue: readonly Waiting[]): number =>
  queue.reduce((sum, { frame }) => sum + frame.length, 0);
