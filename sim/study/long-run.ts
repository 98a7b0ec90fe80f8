/**
 * Minutes to days of a machine at its place, with a thermostat that lets it run or rest.
 *
 * The full transient steps every cycle. Multirate takes what the machine does from its periodic solution at the
 * present temperatures of the loops and moves only what is slow (loops, coils, air, walls): the machine itself settles
 * within seconds and holds some 150 J/K, the place changes over minutes. test/sim/long-run.test.ts holds one against
 * the other.
 */
import type { DeviceConfig } from '../config/device-config.ts';
import { type CycleRecipe, buildCycleSchedule, commandStep } from '../cycle-schedule.ts';
import { FAN_OVERRUN_S, type Place } from '../house/place.ts';
import { Installation } from '../installation.ts';
import { Machine } from '../machine/machine.ts';
import { type MeanPowers, PeriodicMap } from './periodic-map.ts';
import { unbalancedSentence } from './steady-state.ts';

export interface LongRunSample {
  time_s: number;
  /** What the thermostat watches: room air, or the box. */
  controlled_C: number;
  cold_inlet_C: number;
  hot_inlet_C: number;
  outdoor_C: number;
  /** Means since the sample before. */
  cooling_power_W: number;
  electric_power_W: number;
  running: boolean;
}

export interface LongRun {
  /** First time the controlled temperature is at or below the set-point, s; null where it never got there. */
  time_to_setpoint_s: number | null;
  setpoint_C: number;
  final_C: number;
  /** Highest controlled temperature after the set-point was reached first (over all, if never). */
  highest_C: number;
  outdoor_final_C: number;
  /** Over the whole run. */
  cooling_energy_kJ: number;
  electric_energy_kJ: number;
  /** Share of the time in which the machine ran. */
  running_share: number;
  cycles: number;
  /** Points of the periodic map that were solved; 0 in the full transient. */
  periodic_points: number;
  warnings: string[];
  series: LongRunSample[];
}

export interface LongRunOptions {
  readonly durationS: number;
  readonly sampleEveryS: number;
  readonly method: 'multirate' | 'full';
  /** Multirate: the periodic solutions of the same machine at the same recipe, from another run; else its own. */
  readonly map?: PeriodicMap;
  /** Called about once a simulated second. */
  readonly onProgress?: (timeS: number, controlledC: number) => void;
  /** Called with every sample, to look at the place itself. */
  readonly onSample?: (sample: LongRunSample) => void;
}

/** Steps of a full transient at rest, s. */
const REST_STEP_S = 0.25;
/** Steps of the slow states, s; the loops, the fastest of them, need some 20 s. */
const SLOW_STEP_S = 1;

/** Joules since the start of a run. */
interface Books {
  coolingJ: number;
  workJ: number;
  loadingJ: number;
  pumpJ: number;
}

/** How a machine is taken through time. Both advance the place and return the seconds that passed. */
interface Motion {
  readonly books: Books;
  run(): number;
  rest(): number;
  /** What of the way here is not to be trusted. */
  warnings(): string[];
}

/** Runs the machine at `place` from its present state. Throws UserError on an impossible recipe. */
export function runLongRun(
  device: DeviceConfig,
  place: Place,
  recipe: CycleRecipe,
  options: LongRunOptions,
): LongRun {
  const { thermostat_band } = device.room;
  const map =
    options.method === 'full' ? null : (options.map ?? new PeriodicMap(device, recipe, place.outdoorK));
  const motion = map === null ? fullMotion(device, place, recipe) : slowMotion(map, place);
  const { books } = motion;
  const series: LongRunSample[] = [];
  const { work_recovery, drive_efficiency } = device.drive;
  const electricJ = () =>
    (books.loadingJ - work_recovery * (books.loadingJ - books.workJ)) / drive_efficiency +
    books.pumpJ +
    place.fanJ;

  let timeS = 0;
  let ranS = 0;
  let rested = 0;
  let running = true;
  let reachedS: number | null = null;
  let highestK = 0;
  let last = { timeS: 0, coolingJ: 0, electricJ: electricJ() };
  const sample = () => {
    const sinceS = timeS - last.timeS;
    const mean = (now: number, before: number) => (sinceS > 0 ? (now - before) / sinceS : 0);
    const taken = {
      time_s: timeS,
      controlled_C: celsius(place.controlledK),
      cold_inlet_C: celsius(place.coldLoopK),
      hot_inlet_C: celsius(place.hotLoopK),
      outdoor_C: celsius(place.outdoorK),
      cooling_power_W: mean(books.coolingJ, last.coolingJ),
      electric_power_W: mean(electricJ(), last.electricJ),
      running,
    };
    series.push(taken);
    options.onSample?.(taken);
    last = { timeS, coolingJ: books.coolingJ, electricJ: electricJ() };
  };
  sample();
  while (timeS < options.durationS - 1e-9) {
    if (place.controlledK < place.setpointK - thermostat_band / 2) running = false;
    else if (place.controlledK > place.setpointK + thermostat_band / 2) running = true;
    rested = running ? 0 : rested;
    place.fansRun = running || rested < FAN_OVERRUN_S;
    const passedS = running ? motion.run() : motion.rest();
    timeS += passedS;
    if (running) ranS += passedS;
    else rested += passedS;
    if (reachedS === null && place.controlledK <= place.setpointK) {
      reachedS = timeS;
      highestK = 0;
    }
    highestK = Math.max(highestK, place.controlledK);
    if (timeS - last.timeS >= options.sampleEveryS) sample();
    options.onProgress?.(timeS, celsius(place.controlledK));
  }
  if (timeS > last.timeS) sample();
  return {
    time_to_setpoint_s: reachedS,
    setpoint_C: celsius(place.setpointK),
    final_C: celsius(place.controlledK),
    highest_C: celsius(highestK),
    outdoor_final_C: celsius(place.outdoorK),
    cooling_energy_kJ: books.coolingJ / 1e3,
    electric_energy_kJ: electricJ() / 1e3,
    running_share: ranS / timeS,
    cycles: Math.round(ranS * recipe.frequencyHz),
    periodic_points: map?.solved ?? 0,
    warnings: motion.warnings(),
    series,
  };
}

function fullMotion(device: DeviceConfig, place: Place, recipe: CycleRecipe): Motion {
  const schedule = buildCycleSchedule(device, recipe);
  const machine = new Machine(device, recipe.frequencyHz, place.coldLoopK);
  const installation = new Installation(machine, place);
  const { books } = machine.circuit;
  return {
    books: {
      get coolingJ() {
        return books.coolingJ;
      },
      get workJ() {
        return machine.workJ;
      },
      get loadingJ() {
        return machine.loadingWorkJ;
      },
      get pumpJ() {
        return books.pumpJ;
      },
    },
    run() {
      for (let i = 0; i < schedule.steps; i++) {
        commandStep(machine, schedule, i);
        installation.step(schedule.dtS[i]);
      }
      return schedule.periodS;
    },
    rest() {
      commandStep(machine, schedule, schedule.steps - 1);
      machine.circuit.flowKgPerS.fill(0);
      installation.step(REST_STEP_S);
      return REST_STEP_S;
    },
    warnings() {
      const unbalanced = machine.unbalancedSteps();
      return unbalanced > 0 ? [unbalancedSentence(unbalanced)] : [];
    },
  };
}

function slowMotion(map: PeriodicMap, place: Place): Motion {
  const books: Books = { coolingJ: 0, workJ: 0, loadingJ: 0, pumpJ: 0 };
  const powers: MeanPowers = { coolingW: 0, heatingW: 0, workW: 0, loadingW: 0, pumpW: 0 };
  return {
    books,
    run() {
      map.at(place.coldLoopK, place.hotLoopK, place.outdoorK, powers);
      place.step(SLOW_STEP_S, 0, powers.coolingW * SLOW_STEP_S, powers.heatingW * SLOW_STEP_S);
      books.coolingJ += powers.coolingW * SLOW_STEP_S;
      books.workJ += powers.workW * SLOW_STEP_S;
      books.loadingJ += powers.loadingW * SLOW_STEP_S;
      books.pumpJ += powers.pumpW * SLOW_STEP_S;
      return SLOW_STEP_S;
    },
    rest() {
      place.step(SLOW_STEP_S, 0, 0, 0);
      return SLOW_STEP_S;
    },
    warnings() {
      if (map.unconverged === 0) return [];
      return [
        `${map.unconverged} of ${map.solved} points of the periodic map did not converge; look at them with simulate, or run the full transient`,
      ];
    },
  };
}

const celsius = (kelvin: number): number => kelvin - 273.15;
