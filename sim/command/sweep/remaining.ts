/** How long the rest of a run of points takes, from the pace of those that were computed (not remembered). */

/** Remembered points come within this of the start, ms. */
const AT_ONCE_MS = 300;

export class Remaining {
  readonly #total: number;
  readonly #startMs = performance.now();
  #remembered = 0;

  constructor(total: number) {
    this.#total = total;
  }

  /** "about 4 min left", or "..." while nothing can be said. */
  text(done: number, nowMs: number): string {
    const elapsedMs = nowMs - this.#startMs;
    if (elapsedMs < AT_ONCE_MS) this.#remembered = done;
    const computed = done - this.#remembered;
    if (computed < 1) return '...';
    const leftS = ((this.#total - done) * elapsedMs) / computed / 1e3;
    if (leftS < 90) return `about ${Math.ceil(leftS)} s left`;
    return leftS < 5400
      ? `about ${Math.round(leftS / 60)} min left`
      : `about ${(leftS / 3600).toFixed(1)} h left`;
  }
}
