/**
 * What slows a guesser down: every wrong key from an address doubles the pause in which no key from there is looked at.
 * Sessions that are open already are not asked for a key, so nobody can lock out who is at work.
 */
import { NewestMap } from './newest-map.ts';

/** Slips of the hand: keys are pasted, and half of one is pasted easily. */
const FREE_TRIES = 3;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 60_000;
/** So long after the last pause an address begins anew. */
const FORGET_MS = 600_000;
const MOST_ADDRESSES = 1024;

interface Tries {
  readonly wrong: number;
  readonly untilMs: number;
}

export class LoginPauses {
  readonly #nowMs: () => number;
  readonly #tries = new NewestMap<Tries>(MOST_ADDRESSES);

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  /** How long this address still has to wait, ms; 0 where it may try. */
  remainingMs(address: string): number {
    return Math.max(0, (this.#tries.get(address)?.untilMs ?? 0) - this.#nowMs());
  }

  failed(address: string): void {
    const { wrong: before, untilMs } = this.#tries.get(address) ?? { wrong: 0, untilMs: 0 };
    const wrong = (this.#nowMs() - untilMs > FORGET_MS ? 0 : before) + 1;
    const pauseMs = wrong <= FREE_TRIES ? 0 : FIRST_PAUSE_MS * 2 ** Math.min(wrong - FREE_TRIES - 1, 20);
    this.#tries.set(address, { wrong, untilMs: this.#nowMs() + Math.min(pauseMs, LONGEST_PAUSE_MS) });
  }
}
