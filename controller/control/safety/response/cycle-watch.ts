/**
 * Whole cycles of one run compared with each other. Slow changes are measured against the run's own reference, its
 * cycles after the first ones, which warm up; sudden ones against the cycles just before.
 */
import type { CycleSummary } from '../../line/readings.ts';

/** Cycles that warm up: after them the peak force of the kilowatt machine moves by less than 0.1 % a cycle (measured). */
export const WARM_UP_CYCLES = 10;
const REFERENCE_CYCLES = 10;
const RECENT_CYCLES = 5;
const BEFORE_CYCLES = 3;

/** Means over some cycles. */
export interface CycleMeans {
  readonly force_kN: number;
  readonly stroke_mm: number;
  /** Net work of a cycle. */
  readonly loop_J: number;
  /** Highest temperature of a cycle, in the mean of the cells that are measured; no number where none is. */
  readonly hottest_C: number;
}

export interface ForceStep {
  readonly before_kN: number;
  readonly after_kN: number;
}

export interface CycleView {
  /** null until enough cycles were read. */
  readonly reference: CycleMeans | null;
  readonly recent: CycleMeans | null;
  /** The last cycle against those just before it. */
  readonly step: ForceStep | null;
  /** Cycles in a row in which fluid left through one port only. */
  readonly oneWayCycles: number;
}

export const NO_CYCLES: CycleView = { reference: null, recent: null, step: null, oneWayCycles: 0 };

export interface CycleWatch {
  /** A run begins; its first cycle will have a number above this one. */
  begin(cycleNumber: number): void;
  take(summary: CycleSummary): void;
  /** A person changes what every cycle does: cycles are not compared until `begin` is called again. */
  pause(): void;
  isPaused(): boolean;
  view(): CycleView;
}

export function createCycleWatch(): CycleWatch {
  let firstCycle = 0;
  let warmingUp: CycleMeans[] = [];
  let reference: CycleMeans | null = null;
  let last: CycleMeans[] = [];
  let oneWayCycles = 0;
  let isPaused = false;

  function forget(): void {
    reference = null;
    warmingUp = [];
    last = [];
    oneWayCycles = 0;
  }

  return {
    begin(cycleNumber) {
      firstCycle = cycleNumber;
      isPaused = false;
      forget();
    },
    pause() {
      isPaused = true;
      forget();
    },
    isPaused: () => isPaused,
    take(summary) {
      if (isPaused) return;
      const cycle = asMeans(summary);
      const { cold_outlet_mean_C, hot_outlet_mean_C } = summary;
      const isOneWay = Number.isNaN(cold_outlet_mean_C) !== Number.isNaN(hot_outlet_mean_C);
      oneWayCycles = isOneWay ? oneWayCycles + 1 : 0;
      last = [...last, cycle].slice(-RECENT_CYCLES);
      if (reference !== null || summary.cycle_number <= firstCycle + WARM_UP_CYCLES) return;
      warmingUp.push(cycle);
      if (warmingUp.length === REFERENCE_CYCLES) reference = mean(warmingUp);
    },
    view() {
      const recent = last.length === RECENT_CYCLES ? mean(last) : null;
      return { reference, recent: reference === null ? null : recent, step: stepOf(last), oneWayCycles };
    },
  };
}

const asMeans = (s: CycleSummary): CycleMeans => ({
  force_kN: s.peak_force_kN,
  stroke_mm: s.peak_stroke_mm,
  loop_J: (s.mechanical_power_W * s.period_ms) / 1000,
  hottest_C: average(s.cell_max_C.filter(Number.isFinite)),
});

const average = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

function mean(cycles: readonly CycleMeans[]): CycleMeans {
  const of = (key: keyof CycleMeans): number => average(cycles.map((cycle) => cycle[key]));
  return {
    force_kN: of('force_kN'),
    stroke_mm: of('stroke_mm'),
    loop_J: of('loop_J'),
    hottest_C: of('hottest_C'),
  };
}

/** The first cycles of a run differ by themselves, so a step needs some behind it. */
function stepOf(last: readonly CycleMeans[]): ForceStep | null {
  const now = last.at(-1);
  const before = last.slice(-1 - BEFORE_CYCLES, -1);
  if (now === undefined || before.length < BEFORE_CYCLES) return null;
  return { before_kN: mean(before).force_kN, after_kN: now.force_kN };
}
