/** What one reading of the device proves, and how long an acting state may wait for it. */
import { DRIVE_STATE } from '../../protocol/register-map.ts';
import type { Mode, State } from '../../wire/messages.ts';
import type { Status } from '../line/readings.ts';
import { expectedEnable, type Proof } from './state-machine.ts';

export const isEnableOff = (status: Status): boolean =>
  status.drive_state === DRIVE_STATE.disabled || status.drive_state === DRIVE_STATE.tripped;

/** A device that obeys has dropped enable by then, after a controlled unload too. */
const ABORT_PATIENCE_MS = 1000;

/** ABORT was given and enable is still on: what is left is to let the dead-man of the device act. */
export function isBeyondCommand(state: State, ageMs: number, status: Status | null): boolean {
  if (status === null || isEnableOff(status)) return false;
  return state === 'ABORTED' || (state === 'ABORTING' && ageMs > ABORT_PATIENCE_MS);
}

/** So often a command to switch off is given again where it was lost with the line, or a relay stuck meanwhile. */
export const INSIST_MS = 1000;

/** Enable is on in a state in which it should be off, and no person moves the machine by hand. */
export const isEnableAmiss = (state: State, mode: Mode, status: Status): boolean =>
  mode !== 'manual' && mode !== 'shadow' && expectedEnable(state) === false && !isEnableOff(status);

/** Going on after a hold, a reset or a clear, a person says that what was listed is known. */
export const acknowledges = (state: State, previous: State): boolean =>
  state === 'RESETTING' || state === 'UNHOLDING' || previous === 'CLEARING';

export interface ProofContext {
  readonly unloadedForceKN: number;
  /** No interlock condition asks for more than a warning. */
  readonly nothingPresent: boolean;
  /** Limits, watchdog and recipe were written and read back. */
  readonly prepared: boolean;
}

export function proofsOf(status: Status, context: ProofContext): Proof[] {
  const off = isEnableOff(status);
  const still = off || status.drive_state === DRIVE_STATE.enabled;
  const unloaded = still && Math.abs(status.force_kN) < context.unloadedForceKN;
  const holds: Record<Proof, boolean> = {
    cleared: status.fault_word === 0 && status.drive_state === DRIVE_STATE.disabled && context.nothingPresent,
    prepared: context.prepared,
    disabled: off,
    atRest: off && unloaded,
    unloaded,
    enabled: status.drive_state === DRIVE_STATE.enabled,
    running: status.drive_state === DRIVE_STATE.running,
  };
  return PROOF_ORDER.filter((proof) => holds[proof]);
}

/** The end of a wait before its intermediate steps, so that nothing is commanded twice. */
const PROOF_ORDER: readonly Proof[] = [
  'cleared',
  'prepared',
  'disabled',
  'atRest',
  'unloaded',
  'running',
  'enabled',
];

/** Longest stay in an acting state, host ms; a cycle in progress may end first where the device unloads. */
export function timeoutMs(state: State, periodMs: number, overrunMs = 0): number | null {
  switch (state) {
    case 'CLEARING':
    case 'ABORTING':
      return 2000;
    case 'RESETTING':
      return 5000;
    case 'STARTING':
    case 'UNHOLDING':
    case 'UNSUSPENDING':
      return 3000;
    case 'HOLDING':
    case 'SUSPENDING':
      return 3000 + 2 * periodMs;
    case 'COMPLETING':
    case 'STOPPING':
      return 3000 + 2 * periodMs + overrunMs;
    case 'ABORTED':
    case 'STOPPED':
    case 'IDLE':
    case 'EXECUTE':
    case 'HELD':
    case 'SUSPENDED':
    case 'COMPLETE':
      return null;
    default:
      return state satisfies never;
  }
}
