/** What the panels read from `telemetry` a few times a second. */
import { computed } from '@preact/signals';
import { acceleration, live, beat, telemetry } from './session.ts';
import { countCycles, type Coverage } from './store/coverage.ts';
import { CYCLE_NUMBER, CYCLE_PERIOD_S, tickColumn } from './store/telemetry.ts';
import { rightEdgeS, shownS, windowS } from './chart/time-window.ts';

const LINK_AGE = tickColumn('link_age_ms');

/** Age of the newest reading in ms: how old it was on arrival, and how long ago that was. */
export function dataAgeMs(): number {
  const silence = telemetry.clock.silenceMs(performance.now());
  const onArrival = telemetry.latest[LINK_AGE];
  return Number.isNaN(onArrival) ? silence : silence + onArrival;
}

/** Device time since the newest whole cycle ended, in s; NaN before the first, negative where it is of a run before. */
export function sinceCycleS(): number {
  return telemetry.cycle.length === 0 ? Number.NaN : telemetry.clock.lastS - telemetry.cycle.lastTimeS;
}

/** True while cycles keep coming; reading them may lag a little, more so when the machine is accelerated. */
export function isCycling(): boolean {
  const periodS = telemetry.lastCycle(CYCLE_PERIOD_S);
  const sinceS = sinceCycleS();
  const lag = Math.max(2, 4 * periodS) + 0.5 * acceleration.peek();
  return sinceS > -lag && sinceS < lag;
}

/** False where the numbers on the page are no longer the machine's present. */
export const fresh = computed(() => {
  beat();
  return live.value && telemetry.clock.silenceMs(performance.now()) < 1000;
});

export interface CycleNow {
  readonly number: number;
  readonly cycling: boolean;
  readonly sinceS: number;
}

export function cycleNow(): CycleNow {
  return { number: telemetry.lastCycle(CYCLE_NUMBER), cycling: isCycling(), sinceS: sinceCycleS() };
}

/** How many cycles of the window on the charts were read whole. */
export function coverageShown(): Coverage {
  const toS = rightEdgeS(performance.now());
  if (Number.isNaN(toS)) return { read: 0, total: 0 };
  return countCycles(telemetry, toS - shownS(toS), toS + windowS.peek());
}
