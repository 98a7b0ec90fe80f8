/**
 * The state machine in shadow: it goes where the device goes, because something else drives it. What an event would
 * do is performed (and suppressed further down) once for each state, and changes nothing.
 */
import { DRIVE_STATE } from '../../protocol/register-map.ts';
import type { State } from '../../wire/messages.ts';
import type { Status } from '../line/readings.ts';
import type { Machine, MachineEffects } from './machine.ts';
import { BOOT_STATE, step, type Event } from './state-machine.ts';

export interface ShadowMachine extends Machine {
  /** Goes to the state that the device is seen to be in. */
  follow(status: Status): void;
}

export function createShadowMachine(nowMs: () => number, effects: MachineEffects): ShadowMachine {
  let state = BOOT_STATE;
  let sinceMs = nowMs();
  let wished: Event | null = null;

  function enter(next: State, cause: string): boolean {
    if (next === state) return false;
    const previous = state;
    state = next;
    sinceMs = nowMs();
    wished = null;
    effects.entered(next, previous, cause);
    return true;
  }

  return {
    begin() {
      sinceMs = nowMs();
    },
    state: () => state,
    ageMs: () => nowMs() - sinceMs,
    apply(event) {
      if (event === wished) return false;
      wished = event;
      for (const action of step(state, event).actions) effects.perform(action);
      return false;
    },
    // Whoever drives the machine waits for its proofs.
    overdue: () => null,
    follow(status) {
      enter(stateOf(status, state), 'the device is seen to be there (shadow).');
    },
  };
}

/** The state that a drive state stands for; an unloading drive is on its way to a stop, whatever its master calls it. */
function stateOf({ drive_state }: Status, known: State): State {
  switch (drive_state) {
    case DRIVE_STATE.running:
      return 'EXECUTE';
    case DRIVE_STATE.enabled:
      return 'HELD';
    case DRIVE_STATE.unloading:
      return 'STOPPING';
    case DRIVE_STATE.disabled:
    case DRIVE_STATE.manual:
      return 'STOPPED';
    case DRIVE_STATE.tripped:
      return 'ABORTED';
    default:
      return known;
  }
}
