/** A machine, what was measured on it, and which of its parameters are free: how far the one is from the other. */
import type { Preset } from '../../config/device-config.ts';
import { UserError } from '../../config/quantity.ts';
import type { Changes } from '../../config/parameters/parameter.ts';
import { vary } from '../../config/vary.ts';
import { houseRecipe } from '../../house-plant.ts';
import { solveOperatingPoint } from '../operating-point.ts';
import { PeriodicMap } from '../periodic-map.ts';
import { type RoomSample, runRoom } from '../room-run.ts';
import type { LoadMachine, MachineRef } from '../study.ts';
import type { Residuals } from './least-squares.ts';

/** SI. */
export interface FitParameter {
  /** "group.key" or "bank.group.key" */
  readonly name: string;
  readonly low: number;
  readonly high: number;
}

/** Plain JSON. */
export interface CalibrationProblem {
  readonly machine: MachineRef;
  readonly parameters: readonly FitParameter[];
  /** null for steady operating points. */
  readonly place: 'house' | 'edge-box' | null;
  /** What differs between operating points, a row each; empty for a run. */
  readonly inputs: readonly Changes[];
  /** Times of a run, s; empty for operating points. */
  readonly times_s: readonly number[];
  /** Results, in the unit of their name. */
  readonly outputs: readonly string[];
  /** Shape [rows][outputs]. */
  readonly values: readonly (readonly number[])[];
  /** Standard deviations, or scales in proportion to them; shape [rows][outputs]. */
  readonly deviations: readonly (readonly number[])[];
}

/** K; a steady state found worse than this is none. */
const WORST_STEADY_STATE_K = 0.05;
const TOLERANCE_K = 1e-4;
/** s; a run is looked at this often at least. */
const SAMPLE_S = 10;

/** The parameters by name at `u`, each 0 to 1 over its range. */
export function changesAt({ parameters }: CalibrationProblem, u: readonly number[]): Changes {
  return Object.fromEntries(
    // written so that 1 is `high` to the last digit
    parameters.map(({ name, low, high }, k) => [name, low * (1 - u[k]) + high * u[k]]),
  );
}

/**
 * (model − measured) / standard deviation, row by row.
 * @param load gives the machine of the problem
 */
export function residualsOf(problem: CalibrationProblem, load: LoadMachine): Residuals {
  const preset = load(problem.machine);
  const { values, deviations } = problem;
  const map = sharedMap(problem, preset);
  return (u) => {
    const model = modelAt(problem, preset, u, map);
    return model && model.flatMap((row, i) => row.map((v, k) => (v - values[i][k]) / deviations[i][k]));
  };
}

/** What the model says in place of the measured values, shape [rows][outputs]; null where it says nothing. */
export function modelAt(
  problem: CalibrationProblem,
  preset: Preset,
  u: readonly number[],
  map?: PeriodicMap,
): number[][] | null {
  const model = orNull(() => {
    const machine = vary(preset, changesAt(problem, u));
    return problem.place === null ? points(problem, machine) : run(problem, machine, map);
  });
  return model?.every((row) => row.every(Number.isFinite)) ? model : null;
}

/** Periodic solutions that serve all runs, where only what stands around the machine is fitted. */
function sharedMap({ place, parameters }: CalibrationProblem, { device }: Preset): PeriodicMap | undefined {
  const isAround = ({ name }: FitParameter) => AROUND.test(name) && !OF_RECIPE.has(name);
  if (place === null || !parameters.every(isAround)) return undefined;
  return (
    orNull(() => new PeriodicMap(device, houseRecipe(device), device.room.outdoor_temperature)) ?? undefined
  );
}

const AROUND = /^(room|exchangers|edge_box)\./;
const OF_RECIPE: ReadonlySet<string> = new Set(['room.frequency', 'room.blow_flow']);

/** A machine that cannot be built or brought to a steady state is no mistake here, only a step too far. */
export function orNull<T>(work: () => T): T | null {
  try {
    return work();
  } catch (error) {
    if (error instanceof UserError || error instanceof RangeError) return null;
    throw error;
  }
}

function points({ inputs, outputs }: CalibrationProblem, machine: Preset): number[][] {
  const known = new Map<string, number[]>();
  return inputs.map((changes) => {
    const key = JSON.stringify(changes);
    const before = known.get(key);
    if (before) return before;
    const found = pointAt(machine, changes, outputs);
    known.set(key, found);
    return found;
  });
}

/** Results of one operating point; NaN for one that is not defined there, or where no steady state was found. */
export function pointAt(machine: Preset, changes: Changes, outputs: readonly string[]): number[] {
  const { device } = vary(machine, changes);
  const point = solveOperatingPoint(device, { toleranceK: TOLERANCE_K });
  if (!(point.steady_state_error_K < WORST_STEADY_STATE_K)) return outputs.map(() => Number.NaN);
  const results = point as unknown as Readonly<Record<string, number | null>>;
  return outputs.map((key) => results[key] ?? Number.NaN);
}

function run(
  { place, times_s, outputs }: CalibrationProblem,
  machine: Preset,
  map: PeriodicMap | undefined,
): number[][] {
  const { series } = runRoom(machine, {
    place: place ?? 'house',
    durationS: times_s[times_s.length - 1],
    sampleEveryS: SAMPLE_S,
    method: 'multirate',
    ...(map ? { map } : {}),
  });
  return times_s.map((time) => {
    const next = Math.max(
      1,
      series.findIndex((sample) => sample.time_s >= time - 1e-9),
    );
    return outputs.map((key) => between(series[next - 1], series[next], time, key as keyof RoomSample));
  });
}

function between(a: RoomSample, b: RoomSample, time: number, key: keyof RoomSample): number {
  const share = (time - a.time_s) / (b.time_s - a.time_s);
  return Number(a[key]) * (1 - share) + Number(b[key]) * share;
}
