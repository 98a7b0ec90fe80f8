import type { Clock } from '../protocol/byte-port.ts';

/** Time that passes only when it is told to; everything due runs in order, promises between. */
interface Due {
  atMs: number;
  readonly order: number;
  readonly isInput: boolean;
  readonly action: () => void;
}

export class VirtualClock implements Clock {
  #nowMs = 5000;
  #order = 0;
  #due: Due[] = [];

  nowMs(): number {
    return this.#nowMs;
  }

  after(delayMs: number, action: () => void): () => void {
    return this.#add(delayMs, action, false);
  }

  /** For the far end of a line: bytes that arrive. */
  input(delayMs: number, action: () => void): void {
    this.#add(delayMs, action, true);
  }

  #add(delayMs: number, action: () => void, isInput: boolean): () => void {
    const entry: Due = { atMs: this.#nowMs + Math.max(0, delayMs), order: this.#order++, isInput, action };
    this.#due.push(entry);
    return () => {
      this.#due = this.#due.filter((other) => other !== entry);
    };
  }

  async advance(ms: number): Promise<void> {
    const untilMs = this.#nowMs + ms;
    await settle();
    for (let next = this.#next(untilMs); next !== undefined; next = this.#next(untilMs)) {
      this.#due = this.#due.filter((other) => other !== next);
      this.#nowMs = Math.max(this.#nowMs, next.atMs);
      next.action();
      await settle();
    }
    this.#nowMs = Math.max(this.#nowMs, untilMs);
  }

  /** This program stands still; then what fell due runs as Node runs it: timers first, then input, then what they began. */
  async stall(ms: number): Promise<void> {
    this.#nowMs += ms;
    for (const entry of this.#due) if (entry.isInput) entry.atMs = Math.max(entry.atMs, this.#nowMs);
    await this.advance(0);
  }

  #next(untilMs: number) {
    return this.#due
      .filter(({ atMs }) => atMs <= untilMs)
      .toSorted((a, b) => a.atMs - b.atMs || a.order - b.order)[0];
  }
}

/** Lets every promise that can go on do so. */
const settle = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));
