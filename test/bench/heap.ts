/** How much a piece of work puts on the heap. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/**
 * Bytes that `work` allocates, and bytes of those that a garbage collection leaves behind. `work` must be warm: code that
 * is still being compiled allocates for itself. Fails quietly (too low) where so much is allocated that the engine
 * collects within the run: some megabytes.
 */
export function heapBytes(work: () => void): { allocated: number; kept: number } {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const usedBytes = () => process.memoryUsage().heapUsed;
  // the first measurement allocates what measuring needs
  let measured = { allocated: 0, kept: 0 };
  for (let round = 0; round < 2; round++) {
    collect();
    const before = usedBytes();
    work();
    const after = usedBytes();
    collect();
    measured = { allocated: after - before, kept: usedBytes() - before };
  }
  return measured;
}
