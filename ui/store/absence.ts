/**
 * Stretches in which nothing was heard of the rig, known exactly at every zoom: a picture that is drawn from decimated
 * curves alone would lose the short ones.
 */
const MOST_KEPT = 2000;

export class AbsenceIndex {
  readonly #fromS: number[] = [];
  readonly #toS: number[] = [];
  /** Last time at which something was heard; NaN before the first. */
  #heardS = Number.NaN;
  #isOpen = false;

  /** Nothing is known of the time between the last row that was heard and the next one. */
  open(): void {
    this.#isOpen = !Number.isNaN(this.#heardS);
  }

  /** A row of the rig at `timeS`; closes the absence before it. */
  heard(timeS: number): void {
    if (this.#isOpen && timeS > this.#heardS) this.#add(this.#heardS, timeS);
    this.#isOpen = false;
    this.#heardS = timeS;
  }

  #add(fromS: number, toS: number): void {
    this.#fromS.push(fromS);
    this.#toS.push(toS);
    if (this.#fromS.length <= MOST_KEPT) return;
    this.#fromS.shift();
    this.#toS.shift();
  }

  /** Calls `visit` for every closed absence that touches [fromS, toS], oldest first. */
  forEachIn(fromS: number, toS: number, visit: (fromS: number, toS: number) => void): void {
    for (let i = 0; i < this.#fromS.length; i++) {
      if (this.#toS[i] >= fromS && this.#fromS[i] <= toS) visit(this.#fromS[i], this.#toS[i]);
    }
  }

  /** Since when nothing is heard, where a row said so; NaN otherwise. */
  get openSinceS(): number {
    return this.#isOpen ? this.#heardS : Number.NaN;
  }

  clear(): void {
    this.#fromS.length = 0;
    this.#toS.length = 0;
    this.#heardS = Number.NaN;
    this.#isOpen = false;
  }
}
