/** Cycles of a machine, and the one that repeats itself. */
import { type CycleSchedule, commandStep } from '../cycle-schedule.ts';
import type { PortTemperatures } from '../machine/circuit.ts';
import type { Machine } from '../machine/machine.ts';
import { type FixedPoint, findFixedPoint } from '../numerics/anderson.ts';

/** One plain cycle; `inspect` sees the machine after every step. */
export function runCycle(
  machine: Machine,
  schedule: CycleSchedule,
  ports: PortTemperatures,
  inspect?: (step: number) => void,
): void {
  for (let i = 0; i < schedule.steps; i++) {
    commandStep(machine, schedule, i);
    machine.step(ports);
    inspect?.(i);
  }
}

export interface SteadyStateOptions {
  /** K; both the change per cycle and the extrapolated error stay below it. */
  readonly toleranceK?: number;
  readonly maxCycles?: number;
  readonly onCycle?: (cycle: number, residualK: number) => void;
}

/** Brings the machine to its cyclic steady state by Anderson acceleration on its full state. */
export function toCyclicSteadyState(
  machine: Machine,
  schedule: CycleSchedule,
  ports: PortTemperatures,
  options: SteadyStateOptions = {},
): FixedPoint {
  const x = new Float64Array(machine.stateLength);
  commandStep(machine, schedule, schedule.steps - 1);
  machine.saveState(x);
  const scale = machine.stateScale();
  const result = findFixedPoint(
    x,
    (from, to) => {
      machine.loadState(from);
      runCycle(machine, schedule, ports);
      machine.saveState(to);
    },
    {
      warmUp: 3,
      window: 5,
      tolerance: options.toleranceK ?? 1e-6,
      maxIterations: options.maxCycles ?? 200,
      scale,
      ...(options.onCycle ? { onIteration: options.onCycle } : {}),
    },
  );
  machine.loadState(x);
  return result;
}

/** What to say of a run in which `steps` steps of the load trains were accepted unbalanced. */
export function unbalancedSentence(steps: number): string {
  return `not converged: in ${steps} steps no force balances the stroke, or a node does not obey its law; stress and work there mean nothing. Use finer steps (ramp_steps, blow_steps) or another law`;
}
