/** The watchdog of a device, as devices have it: shipped disabled, fed by any request, tripped once. */
import type { Clock } from '../../protocol/byte-port.ts';

export class DeadMan {
  private readonly clock: Clock;
  private readonly trip: () => void;
  private timeoutMs = 0;
  private cancel: () => void = () => {};

  constructor(clock: Clock, trip: () => void) {
    this.clock = clock;
    this.trip = trip;
  }

  /** 0 disables it. */
  set(timeoutMs: number): void {
    this.timeoutMs = timeoutMs;
    this.feed();
  }

  feed(): void {
    this.cancel();
    if (this.timeoutMs > 0) this.cancel = this.clock.after(this.timeoutMs, this.trip);
  }
}
