/** Plays a record in time: at any pace, from any place, with pauses. What it plays and when is all it knows. */
import type { Clock } from '../protocol/byte-port.ts';
import type { Recorded } from '../wire/record/record-reader.ts';
import type { OpenRun } from './open-run.ts';

/** How often what has become due is played. */
const STEP_MS = 20;
/** After a jump the charts show what was before: so much of it, in the time of the record. */
const BEFORE_MS = 600_000;

export interface PlayerHandlers {
  /** What has become due, in order. */
  readonly play: (recorded: Recorded) => void;
  /** The place changes: what was played before is not what comes before the next. What is played until `jumped` is history. */
  readonly jumping: () => void;
  readonly jumped: () => void;
}

export interface Place {
  /** After the beginning of the record, s. */
  readonly at_s: number;
  readonly duration_s: number;
  readonly speed: number;
  readonly isPaused: boolean;
}

export class Player {
  readonly #run: OpenRun;
  readonly #clock: Clock;
  readonly #handlers: PlayerHandlers;
  #speed: number;
  #isPaused = false;
  /** Time of the record at `#sinceMs` of the clock. */
  #anchorMs: number;
  #sinceMs: number;
  /** Counts jumps: what reads on for an earlier place ends. */
  #jump = 0;

  constructor(run: OpenRun, clock: Clock, speed: number, handlers: PlayerHandlers) {
    this.#run = run;
    this.#clock = clock;
    this.#handlers = handlers;
    this.#speed = speed;
    this.#anchorMs = run.fromMs;
    this.#sinceMs = clock.nowMs();
  }

  place(): Place {
    const { fromMs, toMs } = this.#run;
    return {
      at_s: (this.#nowMs() - fromMs) / 1000,
      duration_s: (toMs - fromMs) / 1000,
      speed: this.#speed,
      isPaused: this.#isPaused || this.#nowMs() >= toMs,
    };
  }

  /** Goes on, from the beginning where the end was reached. Rejects where the record is damaged. */
  play(): Promise<void> | undefined {
    if (this.#nowMs() >= this.#run.toMs) {
      this.#isPaused = false;
      return this.seek(0);
    }
    this.#hold();
    this.#isPaused = false;
    return undefined;
  }

  pause(): void {
    this.#hold();
    this.#isPaused = true;
  }

  setSpeed(speed: number): void {
    this.#hold();
    this.#speed = speed;
  }

  /** Resolves when the end is reached or another jump was made; rejects with a sentence where the record is damaged. */
  async seek(at_s: number): Promise<void> {
    const jump = ++this.#jump;
    const { fromMs, toMs } = this.#run;
    const targetMs = Math.min(toMs, fromMs + 1000 * at_s);
    this.#handlers.jumping();
    await this.#pass(jump, Math.max(fromMs, targetMs - BEFORE_MS), targetMs);
    if (jump !== this.#jump) return;
    this.#handlers.jumped();
    this.#anchorMs = targetMs;
    this.#sinceMs = this.#clock.nowMs();
    await this.#follow(jump, targetMs);
  }

  /** History: at once. */
  async #pass(jump: number, fromMs: number, toMs: number): Promise<void> {
    if (toMs <= fromMs) return;
    for await (const recorded of this.#run.read(undefined, { fromMs, toMs })) {
      if (jump !== this.#jump) return;
      this.#handlers.play(recorded);
    }
  }

  async #follow(jump: number, fromMs: number): Promise<void> {
    for await (const recorded of this.#run.read(undefined, { fromMs })) {
      while (jump === this.#jump && recorded.atMs > this.#nowMs()) await this.#step();
      if (jump !== this.#jump) return;
      this.#handlers.play(recorded);
    }
  }

  #step(): Promise<void> {
    return new Promise((resolve) => void this.#clock.after(STEP_MS, resolve));
  }

  /** Time of the record now. */
  #nowMs(): number {
    if (this.#isPaused) return this.#anchorMs;
    const passedMs = (this.#clock.nowMs() - this.#sinceMs) * this.#speed;
    return Math.min(this.#run.toMs, this.#anchorMs + passedMs);
  }

  #hold(): void {
    this.#anchorMs = this.#nowMs();
    this.#sinceMs = this.#clock.nowMs();
  }
}
