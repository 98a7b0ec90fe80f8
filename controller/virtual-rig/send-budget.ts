/** What the device's sender still holds, at the speed of the line: a frame that does not fit whole is not begun. */
import type { Clock } from '../protocol/byte-port.ts';

/** Start bit, eight data bits, stop bit. */
const BITS_PER_BYTE = 10;

export class SendBudget {
  private readonly clock: Clock;
  private readonly bytesPerMs: number;
  private readonly capacity: number;
  private used = 0;
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
    this.used = Math.max(0, this.used - (nowMs - this.lastMs) * this.bytesPerMs);
    this.lastMs = nowMs;
    return Math.floor(this.capacity - this.used);
  }

  /** False where so many do not fit; nothing is taken then. */
  take(bytes: number): boolean {
    if (bytes > this.free) return false;
    this.used += bytes;
    return true;
  }
}
