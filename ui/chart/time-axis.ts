/**
 * Which stretch of device time is shown, as a value, and what a person may do to it. Following, the right edge is the
 * rig's clock; else it stands at `untilS` and the picture stands with it while data goes on being taken in.
 */
export interface TimeAxis {
  /** Length in s; infinite shows everything that is kept. */
  readonly spanS: number;
  /** Right edge in s of device time; null while it follows. */
  readonly untilS: number | null;
}

/** A stretch of device time in s. */
export interface Stretch {
  readonly fromS: number;
  readonly toS: number;
}

/** Ten samples of a 1 kHz stream; and two days, twice what is kept. */
export const SPAN_S = { least: 0.01, most: 172_800 } as const;

const clampSpan = (spanS: number): number => Math.min(SPAN_S.most, Math.max(SPAN_S.least, spanS));

const standing = ({ fromS, toS }: Stretch): TimeAxis => ({ spanS: clampSpan(toS - fromS), untilS: toS });

/** Stops at what is shown now. */
export const paused = (shown: Stretch): TimeAxis => standing(shown);

export const following = (spanS: number): TimeAxis => ({ spanS, untilS: null });

/**
 * The span times `factor` about the place `share` of the window (0 left, 1 right). While it follows, the right edge is
 * what stays: zooming is no reason to leave the present.
 */
export function zoomed(axis: TimeAxis, shown: Stretch, factor: number, share: number): TimeAxis {
  const spanS = shown.toS - shown.fromS;
  const newSpanS = clampSpan(spanS * factor);
  if (axis.untilS === null) return following(newSpanS);
  const aboutS = shown.fromS + share * spanS;
  return { spanS: newSpanS, untilS: aboutS + (1 - share) * newSpanS };
}

/** Moved by a share of the window, positive towards later, as far as there is something `kept` in sight. */
export function panned(shown: Stretch, shares: number, kept: Stretch): TimeAxis {
  const spanS = shown.toS - shown.fromS;
  const wanted = shown.toS + shares * spanS;
  const least = Math.min(kept.fromS + 0.1 * spanS, shown.toS);
  const most = Math.max(kept.toS, shown.toS);
  return { spanS, untilS: Math.min(most, Math.max(least, wanted)) };
}

/** Exactly from one time to another, in either order; too short a stretch is widened about its middle. */
export function boxed(oneS: number, otherS: number): TimeAxis {
  const spanS = clampSpan(Math.abs(otherS - oneS));
  return { spanS, untilS: (oneS + otherS) / 2 + spanS / 2 };
}

const KEPT = 50;

/** What was shown before, newest last, so that every zoom can be taken back. */
export class AxisHistory {
  readonly #past: TimeAxis[] = [];
  #lastAtMs = Number.NEGATIVE_INFINITY;
  #led: TimeAxis | null = null;

  /** Steps of one gesture (a turn of the wheel, a drag) come closer than this, each from where the last led. */
  static readonly ONE_GESTURE_MS = 600;

  get depth(): number {
    return this.#past.length;
  }

  /** `next` is about to take the place of `before`. A link that was followed in between ends a gesture. */
  leave(before: TimeAxis, next: TimeAxis, nowMs: number): void {
    const goesOn = before.spanS === this.#led?.spanS && before.untilS === this.#led.untilS;
    const isSameGesture = goesOn && nowMs - this.#lastAtMs < AxisHistory.ONE_GESTURE_MS;
    this.#lastAtMs = nowMs;
    this.#led = next;
    if (isSameGesture && this.#past.length > 0) return;
    this.#past.push(before);
    if (this.#past.length > KEPT) this.#past.shift();
  }

  /** Undefined where nothing is left to take back. */
  back(): TimeAxis | undefined {
    this.#lastAtMs = Number.NEGATIVE_INFINITY;
    return this.#past.pop();
  }
}
