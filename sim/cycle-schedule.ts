/**
 * What the actuators do over one cycle, as a table of steps:
 *
 *   loading │ (delay) hot blow │ (rest) unloading │ (delay) cold blow │ (rest)
 *
 * Steps land exactly on every phase switch (start and end of each stroke, of each blow, of each valve movement), so
 * no part of a cycle is ever skipped or counted twice.
 */
import type { DeviceConfig } from './config/device-config.ts';
import { UserError } from './config/quantity.ts';

/** What an operator may change from cycle to cycle. */
export interface CycleRecipe {
  /** Cycles a second, Hz. */
  frequencyHz: number;
  /** Nominal strain of the load train at full stroke, 1. */
  strain: number;
  /** Flow through all cells during a blow, kg/s. */
  blowFlowKgPerS: number;
  /** Share of the period of each of the two blows, 0.05 to 0.48. */
  blowDuty: number;
}

/** One cycle in `steps` steps; every array has shape [steps]. Phase 0 is the start of loading. */
export interface CycleSchedule {
  readonly periodS: number;
  readonly steps: number;
  readonly dtS: Float64Array;
  /** Phase at the end of each step, the last one exactly 1. */
  readonly phaseEnd: Float64Array;
  /** Commanded shortening of the load train at the end of each step, m. */
  readonly shorteningM: Float64Array;
  /** Mean flow during each step, kg/s; + hot blow, - cold blow. */
  readonly flowKgPerS: Float64Array;
}

/** Throws UserError where strokes and blows do not fit into one period. */
export function buildCycleSchedule(config: DeviceConfig, recipe: CycleRecipe): CycleSchedule {
  const period = 1 / recipe.frequencyHz;
  const ramp = config.drive.ramp_share * period;
  const delay = config.circuit.blow_delay * period;
  const blow = recipe.blowDuty * period;
  const half = period / 2;
  const valve = Math.min(config.circuit.valve_switch_time, blow / 2);
  if (ramp + delay + blow > half * (1 + 1e-12)) {
    throw new UserError(
      `blow_duty: ${recipe.blowDuty} does not fit; ramp_share ${config.drive.ramp_share} + blow_delay ` +
        `${config.circuit.blow_delay} + blow_duty must be at most 0.5.`,
    );
  }
  const start = ramp + delay;
  const marks = [0, ramp, start, start + valve, start + blow - valve, start + blow, half];
  const switches = [...marks, ...marks.slice(1).map((t) => half + t)];
  const full = config.tube.cells * config.tube.length * recipe.strain + config.drive.clearance;
  const flowStep = blow / config.numerics.blow_steps;
  const dt: number[] = [];
  const end: number[] = [];
  for (let k = 1; k < switches.length; k++) {
    const [from, to] = [switches[k - 1], switches[k]];
    const length = to - from;
    if (length <= 1e-12 * period) continue;
    const isRamp = from % half < ramp * (1 - 1e-9);
    const flowing = blowShare((from + to) / 2, half, start, blow, valve) !== 0;
    const longest = isRamp ? ramp / config.numerics.ramp_steps : flowing ? flowStep : half / 8;
    const count = Math.max(1, Math.ceil(length / longest - 1e-9));
    for (let i = 1; i <= count; i++) {
      dt.push(length / count);
      end.push(i === count ? to : from + (length * i) / count);
    }
  }
  const steps = dt.length;
  const schedule = {
    periodS: period,
    steps,
    dtS: Float64Array.from(dt),
    phaseEnd: new Float64Array(steps),
    shorteningM: new Float64Array(steps),
    flowKgPerS: new Float64Array(steps),
  };
  for (let i = 0; i < steps; i++) {
    schedule.phaseEnd[i] = i === steps - 1 ? 1 : end[i] / period;
    schedule.shorteningM[i] = full * strokeShare(end[i], half, ramp);
    const middle = end[i] - dt[i] / 2;
    const sign = middle < half ? 1 : -1;
    schedule.flowKgPerS[i] = sign * recipe.blowFlowKgPerS * blowShare(middle, half, start, blow, valve);
  }
  return schedule;
}

/** Share of the full stroke at time t: a smooth (half-cosine) rise, a rest, the same way back. */
function strokeShare(t: number, half: number, ramp: number): number {
  const inHalf = t <= half ? t : t - half;
  const moved = inHalf >= ramp ? 1 : 0.5 - 0.5 * Math.cos((Math.PI * inHalf) / ramp);
  return t <= half ? moved : 1 - moved;
}

/** Valve opening at time t: a trapezoid whose flanks are the switching time. */
function blowShare(t: number, half: number, start: number, blow: number, valve: number): number {
  const since = (t < half ? t : t - half) - start;
  if (since <= 0 || since >= blow) return 0;
  return valve === 0 ? 1 : Math.min(1, since / valve, (blow - since) / valve);
}
