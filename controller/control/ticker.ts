/** A periodic task on absolute deadlines: lateness does not add up, and a deadline that is past is left out. */
import type { Clock } from '../protocol/byte-port.ts';
import type { Lateness } from './report/lateness.ts';

/** `task` gets how late it came, ms. Returns a function that ends it. */
export function startTicker(
  clock: Clock,
  periodMs: number,
  lateness: Lateness,
  task: (lateMs: number) => void,
): () => void {
  let deadlineMs = clock.nowMs() + periodMs;
  let cancel = clock.after(periodMs, tick);

  function tick(): void {
    const lateMs = clock.nowMs() - deadlineMs;
    const missed = Math.max(0, Math.floor(lateMs / periodMs));
    lateness.add(lateMs);
    if (missed > 0) lateness.skip(missed);
    deadlineMs += (missed + 1) * periodMs;
    cancel = clock.after(Math.ceil(Math.max(0, deadlineMs - clock.nowMs())), tick);
    task(lateMs);
  }

  return () => cancel();
}
