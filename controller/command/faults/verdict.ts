/** What a trial saw, and whether that is what the list of faults declares. */
import type { FaultSpec } from '../../protocol/faults/fault.ts';
import type { Fault } from '../../wire/messages.ts';

export const NO_CAUSE = 'none';

/** The end of one trial. */
export interface Seen {
  readonly state: string;
  readonly faults: readonly Fault[];
  /** From the injection to the last time the train came to rest, by the rig's own truth; NaN where it did not. */
  readonly safeAfterMs: number;
}

/** One row of the table; `time_to_safe_ms` is null where the machine goes on, as it should, or never got safe. */
export interface Verdict {
  readonly name: string;
  readonly expected_state: string;
  readonly state: string;
  readonly expected_cause: string;
  readonly first_out: string;
  readonly time_to_safe_ms: number | null;
  readonly pass: boolean;
}

/** The cause of a stop, or the first warning where nothing asks for more. */
export const firstOut = (faults: readonly Fault[]): string =>
  (faults.find((fault) => fault.firstOut) ?? faults[0])?.key ?? NO_CAUSE;

export function judge(spec: FaultSpec, { state, faults, safeAfterMs }: Seen): Verdict {
  const first_out = firstOut(faults);
  const isSafe = spec.rest === 'running' || !Number.isNaN(safeAfterMs);
  return {
    name: spec.name,
    expected_state: spec.state,
    state,
    expected_cause: spec.cause,
    first_out,
    time_to_safe_ms: spec.rest === 'running' || Number.isNaN(safeAfterMs) ? null : Math.round(safeAfterMs),
    pass: state === spec.state && first_out === spec.cause && isSafe,
  };
}

/** Nothing more is to come: the declared state, cause and rest are there. */
export const isOver = (spec: FaultSpec, seen: Seen): boolean =>
  judge(spec, seen).pass && (spec.rest !== 'running' || spec.cause !== NO_CAUSE);

/** When the train came to rest, from news of its load and enable. */
export function createSafetyTimer(spec: FaultSpec) {
  let safeAfterMs = Number.NaN;
  return {
    take(isUnloaded: boolean, isEnabled: boolean, sinceInjectionMs: number): void {
      const isSafe = isUnloaded && (!isEnabled || spec.rest === 'unloaded');
      if (!isSafe) safeAfterMs = Number.NaN;
      else if (Number.isNaN(safeAfterMs)) safeAfterMs = sinceInjectionMs;
    },
    safeAfterMs: (): number => safeAfterMs,
  };
}

/** Cycles of a healthy machine before an injection, where the list asks for no more. */
export const HEALTHY_CYCLES = 5;
/** A machine that has to go on is watched for so long, s. */
export const GOES_ON_S = 4;
/** After everything is as declared nothing else may follow, ms. */
export const SETTLE_MS = 300;
