/** How much a piece of work puts on the heap. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/**
 * Bytes that `work` allocates, less what measuring allocates, and bytes that a garbage collection leaves behind. `work`
 * must be warm: code that is still being compiled allocates for itself. Too low where so much is allocated that the
 * engine collects within the run: some megabytes.
 */
export function heapBytes(work: () => void): { allocated: number; kept: number } {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const usedBytes = () => process.memoryUsage().heapUsed;
  const measure = (measured: () => void) => {
    collect();
    const before = usedBytes();
    measured();
    const after = usedBytes();
    collect();
    return { allocated: after - before, kept: usedBytes() - before };
  };
  const idle = () => {};
  // the first round allocates what measuring itself keeps
  for (const warmUp of [idle, work]) measure(warmUp);
  const [nothing, something] = [measure(idle), measure(work)];
  return { allocated: something.allocated - nothing.allocated, kept: something.kept - nothing.kept };
}
