/** What the rows of `response-rows.ts` look at: how the machine answered, beyond its last reading. */
import type { CycleSummary, Status } from '../../line/readings.ts';
import { type CycleView, createCycleWatch, NO_CYCLES } from './cycle-watch.ts';
import { createFrozenWatch, type Frozen } from './frozen-watch.ts';
import type { LoopShape } from './loop-shape.ts';
import { createReplyWatch } from './reply-watch.ts';

export interface ResponseView extends CycleView {
  /** Why the last heartbeat had no answer; null where it had one. */
  readonly missed: string | null;
  readonly waitedTicks: number;
  readonly wrongReplies: number;
  readonly frozen: Frozen | null;
  /** Of the last cycle whose curves were read, in this run. */
  readonly shape: LoopShape | null;
}

/** A machine of which nothing is known yet. */
export const NO_RESPONSE: ResponseView = {
  ...NO_CYCLES,
  missed: null,
  waitedTicks: 0,
  wrongReplies: 0,
  frozen: null,
  shape: null,
};

/** A heartbeat without a valid answer. */
export interface Missed {
  readonly atMs: number;
  readonly sentence: string;
  readonly isWrong: boolean;
}

export function createResponse() {
  const replies = createReplyWatch();
  const sensors = createFrozenWatch();
  const cycles = createCycleWatch();
  let missed: string | null = null;
  let isRunning = false;
  let firstCycle = 0;
  let summary: CycleSummary | null = null;
  let shape: LoopShape | null = null;

  return {
    waited: (atMs: number): void => replies.waited(atMs),
    missed(heartbeat: Missed): void {
      missed = heartbeat.sentence;
      if (heartbeat.isWrong) replies.wrong(heartbeat.atMs);
    },
    disconnected(): void {
      missed = null;
    },
    /** EXECUTE is entered; returns the cycles that the device had counted before. */
    begin(status: Status | null): number {
      isRunning = true;
      firstCycle = status?.cycle_number ?? 0;
      shape = null;
      sensors.forget();
      cycles.begin(firstCycle);
      return firstCycle;
    },
    /** A person changes the recipe: what follows differs from what came before, and should. */
    recipeChanges: (): void => cycles.pause(),
    /** The other one is in effect. */
    recipeStands(status: Status | null): void {
      if (cycles.isPaused()) cycles.begin(status?.cycle_number ?? firstCycle);
    },
    /** EXECUTE is left. */
    end(): void {
      isRunning = false;
      summary = null;
      sensors.forget();
    },
    reading(status: Status): void {
      missed = null;
      if (isRunning) sensors.take(status);
    },
    cycle(of: CycleSummary): void {
      if (!isRunning || of.cycle_number <= firstCycle) return;
      summary = of;
      cycles.take(of);
    },
    shape(of: LoopShape): void {
      // The first cycle may have been cut short by whatever came before it.
      if (isRunning && of.cycle_number > firstCycle + 1) shape = of;
    },
    /** Latest whole cycle of this run; null where none runs. */
    summary: (): CycleSummary | null => summary,
    /** Cycles of this run, by the device's counter. */
    cyclesRun: (status: Status | null): number => (status === null ? 0 : status.cycle_number - firstCycle),
    view: (nowMs: number): ResponseView => ({
      ...cycles.view(),
      missed,
      waitedTicks: replies.waitedTicks(nowMs),
      wrongReplies: replies.wrongReplies(nowMs),
      frozen: sensors.frozen(),
      shape,
    }),
  };
}
