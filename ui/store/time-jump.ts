/**
 * Notices from two clocks that this page did not run for a while, or that the computer's clock was set. One of them
 * never goes back and on some systems stands while the computer sleeps (`performance.now()`), the other is what the
 * computer takes for the time of day.
 */
export type JumpKind = 'asleep' | 'ahead' | 'back';

export interface Jump {
  /** `ahead`: the computer slept with its steady clock standing, or its clock was set; the two cannot be told apart. */
  readonly kind: JumpKind;
  readonly byMs: number;
  /** Time of day at which it was noticed, ms since 1970. */
  readonly atMs: number;
}

/** Browsers slow the timers of a hidden page down to one a minute; half as much again is not slowness any more. */
const ASLEEP_MS = 90_000;
/** Clocks are steered by far less than this between two looks. */
const SET_MS = 3000;

export class JumpWatch {
  #steadyMs = Number.NaN;
  #wallMs = Number.NaN;

  /** To be called once a second or so; null where nothing happened since the last call, and on the first. */
  look(steadyMs: number, wallMs: number): Jump | null {
    const passedMs = steadyMs - this.#steadyMs;
    const shownMs = wallMs - this.#wallMs;
    this.#steadyMs = steadyMs;
    this.#wallMs = wallMs;
    if (passedMs > ASLEEP_MS) return { kind: 'asleep', byMs: passedMs, atMs: wallMs };
    const byMs = shownMs - passedMs;
    if (byMs > SET_MS) return { kind: 'ahead', byMs, atMs: wallMs };
    return byMs < -SET_MS ? { kind: 'back', byMs: -byMs, atMs: wallMs } : null;
  }
}
