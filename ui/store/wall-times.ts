/** Which wall time belonged to which device time, as far as this page was there to see it. */

/** A second between two pairs: a day of them. */
const EVERY_S = 1;
const MOST_KEPT = 86_400;
/** Between two pairs further apart than this in wall time nothing is known. */
const MOST_APART_S = 5;

export class WallTimes {
  readonly #deviceS: number[] = [];
  readonly #wallS: number[] = [];

  /** A reading of `deviceS` arrived now, at `wallS` (seconds since 1970). */
  heard(deviceS: number, wallS: number): void {
    const last = this.#deviceS.length - 1;
    if (last >= 0 && deviceS <= this.#deviceS[last]) {
      // the rig's clock began anew
      if (deviceS < this.#deviceS[last] - 1) this.clear();
      else return;
    } else if (last >= 0 && Math.abs(wallS - this.#wallS[last]) < EVERY_S) return;
    this.#deviceS.push(deviceS);
    this.#wallS.push(wallS);
    if (this.#deviceS.length <= MOST_KEPT) return;
    this.#deviceS.shift();
    this.#wallS.shift();
  }

  /** Seconds since 1970; NaN where it is not known. A second beyond the last pair still counts, at the pace of the last two. */
  at(deviceS: number): number {
    const after = this.#firstAtOrAfter(deviceS);
    const b = Math.min(Math.max(after, 1), this.#deviceS.length - 1);
    if (b < 1 || deviceS < this.#deviceS[0]) return Number.NaN;
    const [device0, device1] = [this.#deviceS[b - 1], this.#deviceS[b]];
    const [wall0, wall1] = [this.#wallS[b - 1], this.#wallS[b]];
    const wall = wall0 + ((deviceS - device0) * (wall1 - wall0)) / (device1 - device0);
    // The wall clock may have been set in between: then nothing is known either.
    const isKnown = wall1 > wall0 && wall1 - wall0 <= MOST_APART_S && wall <= wall1 + MOST_APART_S;
    return isKnown ? wall : Number.NaN;
  }

  #firstAtOrAfter(deviceS: number): number {
    let low = 0;
    let high = this.#deviceS.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#deviceS[middle] < deviceS) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  clear(): void {
    this.#deviceS.length = 0;
    this.#wallS.length = 0;
  }
}
