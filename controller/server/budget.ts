/** How much somebody may do: `burst` at once, `perS` in the long run. */
export class Budget {
  readonly #burst: number;
  readonly #perMs: number;
  readonly #nowMs: () => number;
  #left: number;
  #countedMs: number;

  constructor(burst: number, perS: number, nowMs: () => number) {
    this.#burst = burst;
    this.#perMs = perS / 1000;
    this.#nowMs = nowMs;
    this.#left = burst;
    this.#countedMs = nowMs();
  }

  /** Spends one; false where nothing is left. */
  spend(): boolean {
    if (this.isSpent()) return false;
    this.#left--;
    return true;
  }

  isSpent(): boolean {
    const nowMs = this.#nowMs();
    this.#left = Math.min(this.#burst, this.#left + (nowMs - this.#countedMs) * this.#perMs);
    this.#countedMs = nowMs;
    return this.#left < 1;
  }
}
