/** The machine's own monotonic clock. A delay of 0 runs after the input that is already there was delivered. */
import type { Clock } from '../protocol/byte-port.ts';

export const systemClock: Clock = {
  nowMs: () => performance.now(),
  after(delayMs, action) {
    if (delayMs <= 0) {
      const immediate = setImmediate(action);
      return () => clearImmediate(immediate);
    }
    const timer = setTimeout(action, delayMs);
    return () => clearTimeout(timer);
  },
};
