/**
 * The model drives: from the means over whole cycles an observer says how the house stands, a plan how much to cool, and
 * the outlook which recipe does that for the least electricity. It proposes; rates, interlocks and the device are above
 * it. Where it cannot say anything it says null, and the PID goes on.
 */
import { type CycleMean, createCycleAverager } from '../cycle-mean.ts';
import type { Allowed, HullPoint } from './cheapest.ts';
import { cheapestHull, cheapestRecipe, electricOnHull, priceOf } from './cheapest.ts';
import { STATE } from './house-model.ts';
import { type Observer, createObserver } from './observer.ts';
import { type MachineOutlook, type Moved, type Ports, coolingOf } from './outlook.ts';
import { type Planner, createPlanner } from './plan.ts';
import type { MpcSection } from './settings.ts';

export interface PredictiveReading {
  readonly device_s: number;
  readonly cycle_number: number;
  readonly phase: number;
  readonly room_C: number;
  readonly cold_C: number;
  readonly outdoor_C: number;
  readonly lift_K: number;
  readonly setpoint_C: number;
  /** What the machine runs, read back; null where it rests. */
  readonly running: Moved | null;
}

export interface Predictive {
  /** Call with every reading. */
  look(reading: PredictiveReading): void;
  /** What should run; null where the PID must see to it. */
  recipe(): Moved | null;
  /** The house wants no more than the least that the machine can. */
  isAtLeast(): boolean;
  expect(outlook: MachineOutlook): void;
  /** The last decision took too long; where it made a plan, once is enough for a pause. */
  tookTooLong(took_ms: number): void;
  /** The device did not take what should run; asked again at once, it would be asked until the run ends. */
  refused(problem: string): void;
  /** The machine began to run or to rest. */
  restart(): void;
  /** How it stands, in one sentence. */
  sentence(): string;
}

/** After a plan that took too long, or one that was refused, the PID decides for so long, device time. */
const PAUSE_S = 300;
/** A plan older than so many samples is none. */
const MOST_AGE_SAMPLES = 4;
/** A strain is changed where that saves this share of the electricity. */
const WORTH_A_STRAIN = 0.05;
/** Watts for one of the outlook: no machine is taken for better or worse than this. */
const YIELD = { least: 0.3, most: 3 };
/** Of the limits of the rig file; the rest is for what the model has wrong. */
const MARGIN = 0.9;

export function createPredictive(
  section: MpcSection,
  limits: Allowed,
  tell: (sentence: string) => void,
): Predictive {
  const allowed = { stress_MPa: MARGIN * limits.stress_MPa, pressure_bar: MARGIN * limits.pressure_bar };
  const room = createCycleAverager(section.sample_s);
  const cold = createCycleAverager(section.sample_s);
  let model: {
    readonly outlook: MachineOutlook;
    readonly observer: Observer;
    readonly plan: Planner;
  } | null = null;
  let recipe: Moved | null = null;
  let strain: Weighing | null = null;
  let planned_s = Number.NEGATIVE_INFINITY;
  let pausedUntil_s = Number.NEGATIVE_INFINITY;
  let now_s = 0;
  let isAtLeast = false;
  let why = 'no outlook of the machine has come from the model beside the rig yet.';

  function none(reason: string): void {
    recipe = null;
    why = reason;
  }

  function handOver(reason: string): void {
    pausedUntil_s = now_s + PAUSE_S;
    none(reason);
    tell(`The model hands over to the PID for ${PAUSE_S} s: ${reason}`);
  }

  function take(reading: PredictiveReading, mean: CycleMean, cold_C: number): void {
    if (model === null) return;
    const { outlook, observer } = model;
    const { running, outdoor_C, lift_K } = reading;
    const ports = { cold_C, lift_K };
    const cooling_W = running === null ? 0 : coolingOf(outlook, running, ports);
    observer.watch({
      room_C: mean.mean_C,
      cold_C,
      outdoor_C,
      period_s: mean.period_s,
      cooling_W: Number.isFinite(cooling_W) ? cooling_W : 0,
      isRunning: running !== null,
    });
    // A reading that is none changes no plan; an old plan ends by itself.
    if (![mean.mean_C, cold_C, outdoor_C, lift_K].every(Number.isFinite)) return;
    if (reading.device_s < pausedUntil_s || running === null) return;
    strain ??= weighing(outlook, running.strain_percent, reading.device_s);
    decide(model, strain, reading, ports, cooling_W, 1 / running.frequency_Hz);
  }

  function decide(
    { outlook, observer, plan }: NonNullable<typeof model>,
    weighed: Weighing,
    { setpoint_C, outdoor_C, device_s }: PredictiveReading,
    ports: Ports,
    cooling_W: number,
    cycle_s: number,
  ): void {
    const hulls = outlook.strain_percent.map((percent) => cheapestHull(outlook, percent, ports, allowed));
    const hull = hulls[weighed.at];
    const state = observer.state();
    if (hull.length === 0 || state === null)
      return none(`no allowed recipe cools at a lift of ${ports.lift_K.toFixed(1)} K.`);
    const [least_W, most_W] = [hull[0].cooling_W, hull[hull.length - 1].cooling_W];
    const yielded = Math.min(YIELD.most, Math.max(YIELD.least, 1 + state[STATE.excess]));
    const wanted_W = plan({
      state,
      setpoint_C,
      outdoor_C,
      yield: yielded,
      cooling_W: Math.min(most_W, Math.max(least_W, cooling_W)),
      delay_s: cycle_s,
      least_W,
      most_W,
      rate_W_per_s: rateOf(hull, section.rate_Hz_per_s),
      price: priceOf(hull),
    });
    if (wanted_W === null) return none('the plan has no solution.');
    recipe = cheapestRecipe(outlook, hull, ports, wanted_W);
    strain = weigh(weighed, hulls, wanted_W, device_s);
    isAtLeast = wanted_W <= least_W + 1e-3 * (most_W - least_W);
    planned_s = device_s;
    why = `the plan takes ${(yielded * wanted_W).toFixed(0)} W out of the house.`;
  }

  /**
   * The next plan goes by another strain where one would have been worth it since the last look: a wish of one moment says
   * little of those to come. A strain that could not have cooled so much is not worth it at any price.
   */
  function weigh(
    { at, since_s, costs }: Weighing,
    hulls: readonly (readonly HullPoint[])[],
    wanted_W: number,
    device_s: number,
  ): Weighing {
    const summed = costs.map((cost, k) => cost + electricOnHull(hulls[k], wanted_W));
    if (device_s - since_s < section.strain_hold_s) return { at, since_s, costs: summed };
    const best = summed.indexOf(Math.min(...summed));
    const next = summed[best] < (1 - WORTH_A_STRAIN) * summed[at] ? best : at;
    return { at: next, since_s: device_s, costs: costs.map(() => 0) };
  }

  return {
    look(reading) {
      now_s = reading.device_s;
      const { device_s, cycle_number, phase, running } = reading;
      const at = { device_s, cycle_number, phase, frequency_Hz: running?.frequency_Hz ?? 0 };
      const mean = room.add({ ...at, value_C: reading.room_C });
      const coldMean = cold.add({ ...at, value_C: reading.cold_C });
      if (mean !== null) take(reading, mean, coldMean?.mean_C ?? Number.NaN);
      if (recipe !== null && now_s - planned_s > MOST_AGE_SAMPLES * section.sample_s + 30)
        none('there are no readings to plan from.');
    },
    recipe: () => (now_s < pausedUntil_s ? null : recipe),
    isAtLeast: () => isAtLeast,
    expect(outlook) {
      model = {
        outlook,
        observer: createObserver(outlook.house),
        plan: createPlanner(outlook.house, section),
      };
      strain = null;
      none('the observer has not seen the house yet.');
    },
    tookTooLong(took_ms) {
      if (recipe === null || planned_s !== now_s) return;
      handOver(`a plan took ${took_ms.toFixed(0)} ms, allowed are ${section.most_solve_ms} ms.`);
    },
    refused(problem) {
      if (recipe === null) return;
      // It goes on from the strain that the device runs.
      strain = null;
      handOver(`the device refused its recipe. ${problem}`);
    },
    restart() {
      strain = null;
      room.restart();
      cold.restart();
    },
    sentence: () => (recipe === null ? `The PID decides for the model: ${why}` : `The model decides: ${why}`),
  };
}

/** Which strain of the outlook is in use, and what each of them would have cost since. */
interface Weighing {
  readonly at: number;
  readonly since_s: number;
  readonly costs: readonly number[];
}

/** From the strain of the outlook that is nearest to the one that runs. */
function weighing({ strain_percent }: MachineOutlook, running_percent: number, since_s: number): Weighing {
  const off = strain_percent.map((percent) => Math.abs(percent - running_percent));
  return { at: off.indexOf(Math.min(...off)), since_s, costs: strain_percent.map(() => 0) };
}

/** How fast the cooling can move along the hull when the frequency moves as fast as allowed. */
function rateOf(hull: readonly HullPoint[], rate_Hz_per_s: number): number {
  const [first, last] = [hull[0], hull[hull.length - 1]];
  const span_Hz = Math.abs(last.recipe.frequency_Hz - first.recipe.frequency_Hz);
  return span_Hz > 0 ? (rate_Hz_per_s * (last.cooling_W - first.cooling_W)) / span_Hz : 1e6;
}
