/**
 * PackML states as a table: (state, event) -> (state, actions). Pure: no clock, no line. An event that a row does not
 * name changes nothing. Acting states (…ING) leave on a proof read back from the device, never on "sent", and a
 * time-out leads to ABORT. Only `running` enters EXECUTE, and only a START after a RESET leads there.
 */
import { Command, STATES, type State } from '../../wire/messages.ts';

/**
 * What the device has proven by its own registers. `unloaded`: force below the threshold and no motion; `disabled`:
 * enable is off; `atRest`: both.
 */
export const PROOFS = [
  'cleared',
  'prepared',
  'enabled',
  'running',
  'unloaded',
  'disabled',
  'atRest',
] as const;
export type Proof = (typeof PROOFS)[number];

/** SUSPEND and UNSUSPEND belong to the regulator; `timeout` to the clock of acting states. */
export const EVENTS = [...Command.options, 'SUSPEND', 'UNSUSPEND', ...PROOFS, 'timeout'] as const;
export type Event = (typeof EVENTS)[number];

/**
 * What the supervisor does on a transition: commands of the register map, and two of its own. `prepare` writes and
 * verifies limits, watchdog and recipe; `abort` is the first answer to ABORT by the rig file's `stopPolicy`;
 * `enableOff` drops enable whatever the policy.
 */
export type Action =
  | 'clearFaults'
  | 'prepare'
  | 'enable'
  | 'run'
  | 'stop'
  | 'disable'
  | 'abort'
  | 'enableOff';

export interface Step {
  readonly state: State;
  readonly actions: readonly Action[];
}

type Row = Partial<Record<Event, readonly [State, ...Action[]]>>;

const stoppable: Row = { STOP: ['STOPPING', 'stop'], ABORT: ['ABORTING', 'abort'] };
const acting: Row = { ...stoppable, timeout: ['ABORTING', 'abort'] };
const holdable: Row = { HOLD: ['HOLDING', 'stop'] };
const completable: Row = { COMPLETE: ['COMPLETING', 'stop'] };

const TABLE: Record<State, Row> = {
  // Where enable should be off already, STOP asks for that too: a relay that stuck may have kept it on.
  ABORTED: {
    CLEAR: ['CLEARING', 'clearFaults'],
    STOP: ['ABORTED', 'disable'],
    ABORT: ['ABORTED', 'enableOff'],
  },
  // Ends in STOPPED anyway; STOP must not be a way around the proof that the faults are gone.
  CLEARING: { ...acting, STOP: ['CLEARING', 'disable'], cleared: ['STOPPED'] },
  STOPPED: { ...stoppable, STOP: ['STOPPED', 'disable'], RESET: ['RESETTING', 'prepare'] },
  RESETTING: { ...acting, prepared: ['IDLE'] },
  IDLE: { ...stoppable, START: ['STARTING', 'enable'] },
  STARTING: { ...acting, ...holdable, enabled: ['STARTING', 'run'], running: ['EXECUTE'] },
  EXECUTE: { ...stoppable, ...holdable, ...completable, SUSPEND: ['SUSPENDING', 'stop'] },
  HOLDING: { ...acting, unloaded: ['HELD'] },
  HELD: { ...stoppable, ...completable, UNHOLD: ['UNHOLDING', 'run'] },
  UNHOLDING: { ...acting, ...holdable, running: ['EXECUTE'] },
  SUSPENDING: { ...acting, ...holdable, unloaded: ['SUSPENDED'] },
  SUSPENDED: { ...stoppable, ...holdable, ...completable, UNSUSPEND: ['UNSUSPENDING', 'run'] },
  UNSUSPENDING: { ...acting, ...holdable, running: ['EXECUTE'] },
  COMPLETING: { ...acting, unloaded: ['COMPLETING', 'disable'], atRest: ['COMPLETE'] },
  COMPLETE: { ...stoppable, RESET: ['RESETTING', 'prepare'] },
  STOPPING: { ...acting, unloaded: ['STOPPING', 'disable'], atRest: ['STOPPED'] },
  ABORTING: {
    STOP: ['ABORTING'],
    ABORT: ['ABORTING', 'enableOff'],
    unloaded: ['ABORTING', 'enableOff'],
    disabled: ['ABORTED'],
    timeout: ['ABORTED', 'enableOff'],
  },
};

export const BOOT_STATE: State = 'ABORTED';

export function step(state: State, event: Event): Step {
  const row = TABLE[state][event];
  if (row === undefined) return { state, actions: [] };
  const [next, ...actions] = row;
  return { state: next, actions };
}

/** Commands a person may give now; STOP and ABORT are among them in every state. */
export const allowedCommands = (state: State): Command[] =>
  Command.options.filter((command) => TABLE[state][command] !== undefined);

/** States that wait for a proof and end in ABORT (ABORTING: in ABORTED) when it does not come. */
export const ACTING: readonly State[] = STATES.filter((state) => TABLE[state].timeout !== undefined);

/**
 * Whether enable should be on: true or false where the state settles it, null while it changes or may be either.
 */
export function expectedEnable(state: State): boolean | null {
  if (state === 'EXECUTE' || state === 'HELD' || state === 'SUSPENDED') return true;
  if (['ABORTED', 'STOPPED', 'IDLE', 'COMPLETE'].includes(state)) return false;
  return null;
}
