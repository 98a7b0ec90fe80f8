/** Processor time, which other programs on the machine disturb less than wall time, and the best of several runs. */

/** Processor seconds that `work` takes this time. */
export function processorSeconds(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const used = process.cpuUsage(before);
  return (used.user + used.system) / 1e6;
}

/**
 * The least seconds of each timing, in the order given. They take turns, so that a change of the machine's clock or load
 * meets all of them and ratios hold; the first round warms up and does not count.
 * @param timings each runs its work once and returns the seconds it took
 */
export function leastSeconds(rounds: number, timings: readonly (() => number)[]): number[] {
  const least = timings.map(() => Number.POSITIVE_INFINITY);
  for (let round = 0; round <= rounds; round++) {
    for (const [k, timing] of timings.entries()) {
      const seconds = timing();
      if (round > 0) least[k] = Math.min(least[k], seconds);
    }
  }
  return least;
}
