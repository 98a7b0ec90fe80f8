/** Ticks of the control loop that came too late. */
export const TICK_MS = 20;
/** Overruns are counted over this time. */
const WINDOW_MS = 1000;

export interface Overruns {
  /** Call in every tick. */
  tick(atMs: number, lateMs: number): void;
  /** In the last second. */
  count(): number;
}

export function createOverruns(): Overruns {
  let timesMs: number[] = [];
  return {
    tick(atMs, lateMs) {
      timesMs = timesMs.filter((then) => then > atMs - WINDOW_MS);
      if (lateMs > TICK_MS) timesMs.push(atMs);
    },
    count: () => timesMs.length,
  };
}
