/**
 * What the actuators do over one cycle, as a table of steps. Each train is loaded and unloaded once, its strokes half a
 * period apart; each blow opens at its own time after a stroke:
 *
 *   loading │ (delay) hot blow │ (rest) unloading │ (delay) cold blow │ (rest)
 *
 * Steps land exactly on every phase switch (start and end of each stroke, of each blow, of each valve movement), so
 * no part of a cycle is ever skipped or counted twice.
 */
import type { BlowConfig, DeviceConfig } from './config/device-config.ts';
import { UserError } from './config/quantity.ts';
import type { Machine } from './machine/machine.ts';

/** What an operator may change from cycle to cycle. */
export interface CycleRecipe {
  /** Cycles a second, Hz. */
  frequencyHz: number;
  /** Nominal strain of the load trains at full stroke, 1. */
  strain: number;
  /** Flow of a blow, kg/s. */
  blowFlowKgPerS: number;
  /** Share of the period of a blow. */
  blowDuty: number;
}

/** One cycle in `steps` steps; every array has shape [steps]. Phase 0 is the start of loading of the first train. */
export interface CycleSchedule {
  readonly periodS: number;
  readonly steps: number;
  readonly dtS: Float64Array;
  /** Phase at the end of each step, the last one exactly 1. */
  readonly phaseEnd: Float64Array;
  /** Per train: command at the end of each step, shortening in m or force in N (drive.control). */
  readonly actuator: readonly Float64Array[];
  /** Per blow: mean flow during each step, kg/s ≥ 0. */
  readonly flowKgPerS: readonly Float64Array[];
}

/** When a blow runs, in shares of the period, `opens` in [0,1). */
interface Window {
  readonly opens: number;
  readonly lasts: number;
}

/** Throws UserError where strokes and blows do not fit into one period. */
export function buildCycleSchedule(device: DeviceConfig, recipe: CycleRecipe): CycleSchedule {
  const { layout, drive, circuit, numerics } = device;
  const period = 1 / recipe.frequencyHz;
  const ramp = drive.ramp_share;
  const windows = layout.blows.map((blow) => windowOf(device, recipe, blow));
  refuseOverlaps(device, windows);
  const valves = windows.map(({ lasts }) => Math.min(circuit.valve_switch_time / period, lasts / 2));
  const loadings = layout.trains.map(({ phase }) => phase);
  const strokes = loadings.flatMap((phase) => [phase, phase + 0.5]);

  const switches = [
    ...strokes.flatMap((start) => [start, start + ramp]),
    ...windows.flatMap(({ opens, lasts }, b) =>
      [0, valves[b], lasts - valves[b], lasts].map((t) => opens + t),
    ),
  ].map(wrap);
  const marks = [0, ...switches.toSorted((a, b) => a - b), 1].filter(
    (mark, k, all) => k === 0 || mark - all[k - 1] > 1e-12,
  );
  marks[marks.length - 1] = 1;
  const ends: number[] = [];
  const shares: number[] = [];
  for (let k = 1; k < marks.length; k++) {
    const length = marks[k] - marks[k - 1];
    const middle = (marks[k] + marks[k - 1]) / 2;
    const isMoving = strokes.some((start) => wrap(middle - start) < ramp);
    const open = windows.filter(({ opens, lasts }) => wrap(middle - opens) < lasts);
    const longest = Math.min(
      1 / 16,
      ...(isMoving ? [ramp / numerics.ramp_steps] : []),
      ...open.map(({ lasts }) => lasts / numerics.blow_steps),
    );
    const count = Math.max(1, Math.ceil(length / longest - 1e-9));
    for (let i = 1; i <= count; i++) {
      ends.push(i === count ? marks[k] : marks[k - 1] + (length * i) / count);
      shares.push(length / count);
    }
  }
  const full = layout.trains.map((train) => fullCommand(device, recipe, train.banks));
  return {
    periodS: period,
    steps: ends.length,
    dtS: Float64Array.from(shares, (share) => share * period),
    phaseEnd: Float64Array.from(ends),
    actuator: loadings.map((phase, k) =>
      Float64Array.from(ends, (end) => full[k] * strokeShare(wrap(end - phase), ramp, drive.waveform)),
    ),
    flowKgPerS: layout.blows.map(({ flow }, b) =>
      Float64Array.from(ends, (end, i) => {
        const since = wrap(end - shares[i] / 2 - windows[b].opens);
        return recipe.blowFlowKgPerS * flow * valveShare(since, windows[b].lasts, valves[b]);
      }),
    ),
  };
}

/** Puts the length and the commands of step `i` on the machine. */
export function commandStep(machine: Machine, schedule: CycleSchedule, i: number): void {
  machine.stepS = schedule.dtS[i];
  for (let k = 0; k < schedule.actuator.length; k++) machine.actuator[k] = schedule.actuator[k][i];
  for (let b = 0; b < schedule.flowKgPerS.length; b++)
    machine.circuit.flowKgPerS[b] = schedule.flowKgPerS[b][i];
}

/** Mass a blow moves in a cycle, kg, by position in `layout.blows`. */
export function blownKg(schedule: CycleSchedule, blow: number): number {
  return schedule.flowKgPerS[blow].reduce((sum, flow, i) => sum + flow * schedule.dtS[i], 0);
}

function windowOf(device: DeviceConfig, recipe: CycleRecipe, blow: BlowConfig): Window {
  const { drive, circuit, layout } = device;
  const stroke = layout.trains[blow.train].phase + (blow.after === 'loading' ? 0 : 0.5);
  if (
    blow.opens === null &&
    drive.ramp_share + circuit.blow_delay + (blow.lasts ?? recipe.blowDuty) > 0.5 * (1 + 1e-12)
  ) {
    throw new UserError(
      `blow_duty: ${recipe.blowDuty} does not fit; ramp_share ${drive.ramp_share} + blow_delay ` +
        `${circuit.blow_delay} + blow_duty must be at most 0.5.`,
    );
  }
  return {
    opens: wrap(stroke + (blow.opens ?? drive.ramp_share + circuit.blow_delay)),
    lasts: blow.lasts ?? recipe.blowDuty,
  };
}

/** Two blows through the same bank must not be open at once. */
function refuseOverlaps({ layout }: DeviceConfig, windows: readonly Window[]): void {
  for (let a = 0; a < windows.length; a++) {
    for (let b = 0; b < windows.length; b++) {
      const shared = layout.blows[a].through.find(({ bank }) =>
        layout.blows[b].through.some((other) => other.bank === bank),
      );
      if (a === b || shared === undefined) continue;
      const gap = wrap(windows[b].opens - windows[a].opens + 1e-12) - windows[a].lasts;
      if (gap > -1e-9) continue;
      throw new UserError(
        `blow ${layout.blows[a].name} lasts ${windows[a].lasts} of the period and is still open when ` +
          `${layout.blows[b].name} opens to the same bank: shorten it or let the other open later.`,
      );
    }
  }
}

function fullCommand({ layout, drive }: DeviceConfig, recipe: CycleRecipe, banks: readonly number[]): number {
  if (drive.control === 'force') return drive.peak_force;
  const length = banks.reduce((sum, k) => sum + layout.banks[k].cell.cells * layout.banks[k].cell.length, 0);
  return length * recipe.strain + drive.clearance;
}

/** Into [0,1). */
const wrap = (phase: number): number => {
  const wrapped = phase - Math.floor(phase);
  // 1 − 1e-16 is the end of the last cycle's rounding, not of this cycle
  return wrapped > 1 - 1e-12 ? 0 : wrapped;
};

/** Share of the full stroke at a phase: a rise over `ramp`, a rest, the same way back. */
function strokeShare(phase: number, ramp: number, waveform: DeviceConfig['drive']['waveform']): number {
  // the half-way switch belongs to the first half, the end of the cycle to the second: both are at rest there
  const isFirst = phase <= 0.5 + 1e-12;
  const since = isFirst ? phase : phase - 0.5;
  const x = Math.min(1, since / ramp);
  const moved =
    waveform === 'ramp'
      ? x
      : waveform === 'cycloid'
        ? x - Math.sin(2 * Math.PI * x) / (2 * Math.PI)
        : 0.5 - 0.5 * Math.cos(Math.PI * x);
  return isFirst ? moved : 1 - moved;
}

/** Valve opening at a time since its opening, in shares of the period: a trapezoid whose flanks are the switching time. */
function valveShare(since: number, lasts: number, valve: number): number {
  if (since <= 0 || since >= lasts) return 0;
  return valve === 0 ? 1 : Math.min(1, since / valve, (lasts - since) / valve);
}
