/**
 * `import { simulate } from 'elastocool'`: the physics for programs of others, in Node and in a browser. Values come in
 * with their unit ("3.5 Hz"), results carry it in their name (`cooling_power_W`). Nothing is read, written or remembered.
 */
import type { Preset } from '../config/device-config.ts';
import { machineByKey, machineKeys } from '../config/machine-shelf.ts';
import {
  type CycleTrace,
  type OperatingPoint,
  UserError,
  parsePreset,
  solveOperatingPoint,
  traceCycle,
} from '../index.ts';
import type { SteadyStateOptions } from '../study/steady-state.ts';
import { MACHINE_FILES } from './machine-files.ts';

export { DEFINITIONS } from '../study/operating-point.ts';
export { RESULTS, type Result } from '../study/sweep/results.ts';
export type { BankProfile, CycleTrace } from '../study/cycle-trace.ts';
export { UserError };
export type { OperatingPoint };

/** What is known of a machine that comes along. */
export interface MachineCard {
  /** What `simulate` takes, e.g. "hkust-kilowatt-2025". */
  readonly key: string;
  readonly title: string;
  /** What the numbers of this machine may be used for, one sentence. */
  readonly claim: string;
}

/**
 * A machine that comes along, by its key, or one of your own as the text of its preset file; that may extend one that comes
 * along: `extends: hkust-kilowatt-2025.yaml`.
 */
export type MachineChoice = string | { readonly yaml: string };

export interface SimulateOptions {
  /**
   * Changed parameters, each with its unit, as for `elastocool simulate --set`: `{ frequency: '3.5 Hz', lift: '5 K' }`. Bounds
   * and meaning of each: fixtures/presets/preset.schema.json.
   */
  readonly set?: Readonly<Record<string, string>>;
  /** K, above 0 to 1: how near the cyclic steady state must be; 1e-6 where not given. */
  readonly tolerance_K?: number;
  /** A whole number from 1: after so many cycles it ends, `converged` false; 200 where not given. */
  readonly max_cycles?: number;
  /** Called after every cycle with its number and how far the state still moved, K. */
  readonly onCycle?: (cycle: number, residual_K: number) => void;
}

/** The machines that come along. */
export const machines = (): MachineCard[] =>
  machineKeys(MACHINE_FILES).map((key) => {
    const { title, claim } = machineByKey(MACHINE_FILES, key, new Map());
    return { key, title, claim };
  });

/**
 * Runs a machine between two constant inlet temperatures to cyclic steady state and measures a cycle there. What each
 * number means stands in `DEFINITIONS`, its unit and title in `RESULTS`; `null` is "not defined here". Look at `converged` and
 * `warnings`.
 * @throws UserError one sentence: there is no such machine, a parameter is not known, a value has no unit or is out of bounds,
 *   the recipe is impossible
 */
export function simulate(machine: MachineChoice, options: SimulateOptions = {}): OperatingPoint {
  return solveOperatingPoint(chosen(machine, options).device, steadyState(options));
}

/**
 * The same, and the cycle itself: stress, strain, flows and outlet temperatures at the end of each step, temperatures along
 * the alloy at the end of each blow.
 * @throws UserError as `simulate`
 */
export function trace(machine: MachineChoice, options: SimulateOptions = {}): CycleTrace {
  return traceCycle(chosen(machine, options).device, steadyState(options));
}

function chosen(machine: MachineChoice, { set = {} }: SimulateOptions): Preset {
  const changes = new Map(Object.entries(set));
  // who writes plain JavaScript is told what a type would say
  for (const [key, value] of Object.entries<unknown>(set))
    if (typeof value !== 'string')
      throw new UserError(`${key}: ${String(value)} given; write a text with its unit, e.g. '3.5 Hz'.`);
  if (typeof machine === 'string') return machineByKey(MACHINE_FILES, machine, changes);
  return parsePreset(machine.yaml, 'presets/yours.yaml', {
    overrides: changes,
    read: (path) => MACHINE_FILES.get(path),
  });
}

function steadyState({ tolerance_K, max_cycles, onCycle }: SimulateOptions): SteadyStateOptions {
  if (tolerance_K !== undefined && !(tolerance_K > 0 && tolerance_K <= 1))
    throw new UserError(`tolerance_K: ${tolerance_K} given; above 0 and at most 1 is allowed.`);
  if (max_cycles !== undefined && !(Number.isInteger(max_cycles) && max_cycles >= 1))
    throw new UserError(`max_cycles: ${max_cycles} given; a whole number from 1 on is allowed.`);
  return {
    ...(tolerance_K === undefined ? {} : { toleranceK: tolerance_K }),
    ...(max_cycles === undefined ? {} : { maxCycles: max_cycles }),
    ...(onCycle === undefined ? {} : { onCycle }),
  };
}
