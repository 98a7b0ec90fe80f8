/** What the device's sender still holds, at the speed of the line: a frame that does not fit whole is not begun. */
import type { Clock } from '../protocol/byte-port.ts';

/** More than this of what a busy computer held back is dropped, ms: replies wait behind it, and a host gives up on them. */
const MOST_LATE_MS = 100;
/** Start bit, eight data bits, stop bit. */
const BITS_PER_BYTE = 10;

export class SendBudget {
  private readonly clock: Clock;
  private readonly bytesPerMs: number;
  private readonly capacity: number;
  private used = 0;
  /** What fits besides, because this computer was late. */
  private credit = 0;
  private lastMs: number;

  /** @param capacity bytes that the sender holds */
  constructor(clock: Clock, baudRate: number, capacity: number) {
    this.clock = clock;
    this.bytesPerMs = baudRate / BITS_PER_BYTE / 1000;
    this.capacity = capacity;
    this.lastMs = clock.nowMs();
  }

  /** Bytes that fit. */
  get free(): number {
    const nowMs = this.clock.nowMs();
    const sent = (nowMs - this.lastMs) * this.bytesPerMs;
    this.used = Math.max(0, this.used - sent);
    this.credit = Math.max(0, this.credit - sent);
    this.lastMs = nowMs;
    return Math.floor(this.capacity + this.credit - this.used);
  }

  /**
   * What comes next was made so long ago: a device that did not have to share a computer would have sent it then, while
   * this line was idle.
   */
  late(ms: number): void {
    this.credit = Math.max(this.credit, Math.min(ms, MOST_LATE_MS) * this.bytesPerMs);
  }

  /** False where so many do not fit; nothing is taken then. */
  take(bytes: number): boolean {
    if (bytes > this.free) return false;
    this.used += bytes;
    return true;
  }
}
