/**
 * Follows a rig by its telemetry: takes ticks and cycle summaries, lets the twin live through the same cycles, compares.
 * No clock and no process of its own, so that it can be tested and rehearsed.
 */
import type { CyclePicture } from '../../sim/index.ts';
import type { Recipe } from '../control/rig-file.ts';
import { MODELLED, type Modelled } from '../wire/channels.ts';
import { type InletRecord, type TickReading, createInletRecord } from './inlet-record.ts';
import { WATCH_START, type WatchState, watch } from './residual-watch.ts';
import type { ModelSection } from './settings.ts';
import type { Expected, Twin } from './twin.ts';

export interface MeasuredCycle {
  readonly cycle_number: number;
  readonly end_s: number;
  readonly period_s: number;
  readonly measured: Readonly<Record<Modelled, number>>;
}

export interface Comparison {
  readonly cycle_number: number;
  readonly end_s: number;
  readonly period_s: number;
  /** Cycles since the last comparison that the twin did not live through. */
  readonly skipped: number;
  readonly expected: Expected;
  /** Measured minus expected; NaN while machine and model settle. */
  readonly residual: Readonly<Record<Modelled, number>>;
  readonly state: Readonly<Record<Modelled, WatchState>>;
  readonly picture: CyclePicture | null;
}

/** An alarm of a channel began or ended. */
export interface AlarmChange {
  readonly channel: Modelled;
  readonly alarm: -1 | 0 | 1;
  readonly expected: number;
  readonly measured: number;
}

/** The twin follows at most so many cycles at once; what the machine remembers fades in a few. */
const MOST_AT_ONCE = 24;
/** A recipe whose period differs by more than this from the measured one is not yet (or no longer) the one in effect. */
const PERIOD_SHARE = 0.01;

export class Companion {
  readonly #settings: ModelSection;
  readonly #makeTwin: (recipe: Recipe, start_C: number) => Twin;
  readonly #inlets: InletRecord = createInletRecord();
  #recipe: Recipe;
  #twin: Twin | null = null;
  #last: MeasuredCycle | null = null;
  #settling = 0;
  #states = recordOf(() => WATCH_START);

  constructor(settings: ModelSection, recipe: Recipe, makeTwin: (recipe: Recipe, start_C: number) => Twin) {
    this.#settings = settings;
    this.#recipe = recipe;
    this.#makeTwin = makeTwin;
  }

  tick(reading: TickReading): void {
    this.#inlets.add(reading);
  }

  /** What the device runs, read back. */
  recipe(recipe: Recipe): void {
    if (sameRecipe(recipe, this.#recipe)) return;
    this.#recipe = recipe;
    this.#settling = this.#settings.settle_cycles;
  }

  /** Null where nothing can be said of this cycle. `changed` hears of alarms; `pictured`: see `Twin.cycle`. */
  cycle(cycle: MeasuredCycle, changed: (change: AlarmChange) => void, pictured?: number): Comparison | null {
    const inlets = this.#inlets.between(cycle.end_s - cycle.period_s, cycle.end_s);
    if (inlets === null || Math.abs(cycle.period_s * this.#recipe.frequency_Hz - 1) > PERIOD_SHARE)
      return null;
    const last = this.#last;
    this.#last = cycle;
    const due = last === null ? Number.NaN : cycle.cycle_number - last.cycle_number;
    if (this.#twin === null || !(due > 0)) {
      this.#twin = this.#makeTwin(this.#recipe, (inlets.cold_C + inlets.hot_C) / 2);
      this.#settling = this.#settings.settle_cycles;
    } else if (last !== null) this.#pause(this.#twin, cycle, last, due);
    const cycles = due > 0 ? Math.min(due, MOST_AT_ONCE) : MOST_AT_ONCE;
    for (let i = 1; i < cycles; i++) this.#twin.cycle(this.#recipe, inlets);
    const expected = this.#twin.cycle(this.#recipe, inlets, pictured);
    const isSettled = this.#settling <= 0;
    this.#settling -= due > 0 ? due : 0;
    const skipped = due > 0 ? due - cycles : 0;
    return this.#compare(cycle, expected, isSettled, skipped, changed);
  }

  /** The machine may have rested between two cycles that follow each other by number. */
  #pause(twin: Twin, cycle: MeasuredCycle, last: MeasuredCycle, due: number): void {
    const restedS = cycle.end_s - last.end_s - due * cycle.period_s;
    if (restedS < cycle.period_s) return;
    const inlets = this.#inlets.between(last.end_s, last.end_s + restedS);
    if (inlets !== null) twin.rest(restedS, inlets);
    this.#settling = this.#settings.settle_cycles;
  }

  #compare(
    { cycle_number, end_s, period_s, measured }: MeasuredCycle,
    expected: Expected,
    isSettled: boolean,
    skipped: number,
    changed: (change: AlarmChange) => void,
  ): Comparison {
    const residual = recordOf((name) => (isSettled ? measured[name] - expected[name] : Number.NaN));
    const before = this.#states;
    this.#states = recordOf((name) => this.#watch(name, before[name], residual[name]));
    for (const channel of MODELLED) {
      const { alarm } = this.#states[channel];
      if (alarm === before[channel].alarm) continue;
      changed({ channel, alarm, expected: expected[channel], measured: measured[channel] });
    }
    const picture = this.#twin?.picture ?? null;
    return { cycle_number, end_s, period_s, skipped, expected, residual, state: this.#states, picture };
  }

  #watch(name: Modelled, state: WatchState, residual: number): WatchState {
    const { threshold, smoothing, channels } = this.#settings;
    // Without a threshold of its own a channel has a trend and no alarm.
    const { noise, band } = channels[name] ?? { noise: 1, band: Infinity };
    return watch(state, { noise, band, threshold, smoothing }, residual);
  }
}

const recordOf = <T>(make: (name: Modelled) => T): Record<Modelled, T> =>
  Object.fromEntries(MODELLED.map((name) => [name, make(name)])) as Record<Modelled, T>;

const sameRecipe = (a: Recipe, b: Recipe): boolean =>
  (Object.keys(a) as (keyof Recipe)[]).every((key) => a[key] === b[key]);
