/** Ticks of the control loop that came too late or found the exchange before still under way. */
export const TICK_MS = 20;
/** Overruns are counted over this time. */
const WINDOW_MS = 1000;

export interface Overruns {
  /** Call in every tick. `isBeating`: its exchange could be started. */
  tick(atMs: number, lateMs: number, isBeating: boolean): void;
  /** In the last second. */
  count(): number;
}

export function createOverruns(): Overruns {
  let timesMs: number[] = [];
  return {
    tick(atMs, lateMs, isBeating) {
      timesMs = timesMs.filter((then) => then > atMs - WINDOW_MS);
      if (!isBeating || lateMs > TICK_MS) timesMs.push(atMs);
    },
    count: () => timesMs.length,
  };
}
