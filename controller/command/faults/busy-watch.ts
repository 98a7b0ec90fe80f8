/** How late the timers of this program come: a computer that holds up the judge holds up the judged as well. */
const PERIOD_MS = 10;

export interface BusyWatch {
  /** Longest delay since it was started, ms; ends the watch. */
  end(): number;
}

export function watchBusy(): BusyWatch {
  let dueMs = performance.now() + PERIOD_MS;
  let longestMs = 0;
  const timer = setInterval(() => {
    const nowMs = performance.now();
    longestMs = Math.max(longestMs, nowMs - dueMs);
    dueMs = nowMs + PERIOD_MS;
  }, PERIOD_MS);
  return {
    end() {
      clearInterval(timer);
      return longestMs;
    },
  };
}
