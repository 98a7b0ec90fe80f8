/**
 * A study: a named pure function from JSON to JSON that runs on any worker. The same input gives the same output, so
 * that what has been computed once is remembered. A report asks for studies through a StudyRunner and never knows
 * where they ran.
 */
import type { Preset } from '../config/device-config.ts';
import type { Changes } from '../config/parameters/parameter.ts';

/** A machine by the key of its preset and what differs from it. */
export interface MachineRef {
  readonly preset: string;
  readonly changes?: Changes;
}

/** Gives the preset of a reference; throws UserError where there is no such preset. */
export type LoadMachine = (machine: MachineRef) => Preset;

/** `Input` and `Output` are plain JSON: numbers (NaN and infinity excepted: use null), words, arrays, records. */
export interface Study<Input, Output> {
  /** Unique; "room" or "kilowatt-frequency". */
  readonly name: string;
  readonly run: (input: Input, load: LoadMachine) => Output;
}

export interface StudyRunner {
  /** Runs `study` on each input; outputs stand in the order of the inputs. */
  run<Input, Output>(study: Study<Input, Output>, inputs: readonly Input[]): Promise<Output[]>;
  readonly load: LoadMachine;
}

/** A machine drawn from the priors of its parameters, conditioned on its calibration targets. */
export interface Member {
  /** What differs from the preset. */
  readonly changes: Changes;
  /** Its share of all members, 0 to 1. */
  readonly weight: number;
}
