/** When a line that all slaves share is free for the next frame. Times are of the injected clock, ms. */
export class LineSilence {
  private readonly interFrameMs: number;
  private heardMs = Number.NEGATIVE_INFINITY;
  private sentMs: number;
  private freeMs = Number.NEGATIVE_INFINITY;
  private guard = { sinceMs: 0, ms: 0 };

  constructor(interFrameMs: number, nowMs: number) {
    this.interFrameMs = interFrameMs;
    this.sentMs = nowMs;
  }

  /** The last byte of any device; minus infinity before the first. */
  get lastHeardMs(): number {
    return this.heardMs;
  }

  hear(nowMs: number): void {
    this.heardMs = nowMs;
  }

  /** Our own frame is on the line until `untilMs`. */
  send(untilMs: number): void {
    this.sentMs = untilMs;
  }

  /** Nobody may send before `untilMs`. */
  reserve(untilMs: number): void {
    this.freeMs = Math.max(this.freeMs, untilMs);
  }

  /** Silence for `ms` from `sinceMs` on, restarted by any byte, because a late reply may be under way. */
  keepGuard(ms: number, sinceMs: number): void {
    if (Math.max(this.heardMs, sinceMs) + ms > this.guardEndMs) this.guard = { sinceMs, ms };
  }

  /** The guard was kept. */
  endGuard(): void {
    this.guard = { sinceMs: 0, ms: 0 };
  }

  /** Our last frame is behind us. */
  get afterSendingMs(): number {
    return this.sentMs + this.interFrameMs;
  }

  /** Nobody is heard, the guard apart. */
  get pauseMs(): number {
    return Math.max(this.heardMs + this.interFrameMs, this.freeMs, this.afterSendingMs);
  }

  /** Free for a frame that is not urgent. */
  get clearMs(): number {
    return Math.max(this.pauseMs, this.guardEndMs);
  }

  private get guardEndMs(): number {
    const { sinceMs, ms } = this.guard;
    return ms > 0 ? Math.max(this.heardMs, sinceMs) + ms : Number.NEGATIVE_INFINITY;
  }
}
