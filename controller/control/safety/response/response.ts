/** What the rows of `response-rows.ts` look at: how the machine answered, beyond its last reading. */
import type { CycleSummary, Status } from '../../line/readings.ts';
import { type CycleView, createCycleWatch, NO_CYCLES } from './cycle-watch.ts';
import { createFrozenWatch, type Frozen } from './frozen-watch.ts';
import type { LoopShape } from './loop-shape.ts';
import { createReplyWatch } from './reply-watch.ts';

export interface ResponseView extends CycleView {
  readonly waitedTicks: number;
  readonly wrongReplies: number;
  readonly frozen: Frozen | null;
  /** Of the last cycle whose curves were read, in this run. */
  readonly shape: LoopShape | null;
}

/** A machine of which nothing is known yet. */
export const NO_RESPONSE: ResponseView = {
  ...NO_CYCLES,
  waitedTicks: 0,
  wrongReplies: 0,
  frozen: null,
  shape: null,
};

export function createResponse() {
  const replies = createReplyWatch();
  const sensors = createFrozenWatch();
  const cycles = createCycleWatch();
  let firstCycle = 0;
  let shape: LoopShape | null = null;

  return {
    waited: (atMs: number): void => replies.waited(atMs),
    wrong: (atMs: number): void => replies.wrong(atMs),
    /** EXECUTE is entered. */
    begin(cycleNumber: number): void {
      firstCycle = cycleNumber;
      shape = null;
      sensors.forget();
      cycles.begin(cycleNumber);
    },
    /** EXECUTE is left. */
    end: (): void => sensors.forget(),
    /** A reading in EXECUTE. */
    reading: (status: Status): void => sensors.take(status),
    cycle: (summary: CycleSummary): void => cycles.take(summary),
    shape(of: LoopShape): void {
      // The first cycle may have been cut short by whatever came before it.
      if (of.cycle_number > firstCycle + 1) shape = of;
    },
    view: (nowMs: number): ResponseView => ({
      ...cycles.view(),
      waitedTicks: replies.waitedTicks(nowMs),
      wrongReplies: replies.wrongReplies(nowMs),
      frozen: sensors.frozen(),
      shape,
    }),
  };
}
