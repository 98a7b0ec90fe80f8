/** Ticks of the control loop that came too late: by a whole period. */
/** Overruns are counted over this time. */
const WINDOW_MS = 1000;

export interface Overruns {
  /** Call in every tick. */
  tick(atMs: number, lateMs: number): void;
  /** In the last second. */
  count(): number;
}

export function createOverruns(tickMs: number): Overruns {
  let timesMs: number[] = [];
  return {
    tick(atMs, lateMs) {
      timesMs = timesMs.filter((then) => then > atMs - WINDOW_MS);
      if (lateMs > tickMs) timesMs.push(atMs);
    },
    count: () => timesMs.length,
  };
}
