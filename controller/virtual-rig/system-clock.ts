/** The machine's own monotonic clock. */
import type { Clock } from '../protocol/byte-port.ts';

export const systemClock: Clock = {
  nowMs: () => performance.now(),
  after(delayMs, action) {
    const timer = setTimeout(action, delayMs);
    return () => clearTimeout(timer);
  },
};
