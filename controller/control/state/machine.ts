/** The state machine in time: where it is, since when, and what follows from an event. */
import type { State } from '../../wire/messages.ts';
import { timeoutMs } from './proofs.ts';
import { BOOT_STATE, step, type Action, type Event } from './state-machine.ts';

export interface Machine {
  /** Time begins. */
  begin(): void;
  state(): State;
  /** How long it has been there, host ms. */
  ageMs(): number;
  /** Carries out what the event asks for; true where the state changed. `cause` is for people. */
  apply(event: Event, cause: string): boolean;
  /**
   * `periodMs`: one cycle on the host's clock; `overrunMs`: how long the pump runs on in a stop. Null while there is time
   * left to wait for a proof.
   */
  overdue(periodMs: number, overrunMs: number): string | null;
}

export interface MachineEffects {
  perform(action: Action): void;
  entered(state: State, previous: State, cause: string): void;
}

/** `nowMs`: host time. */
export function createMachine(nowMs: () => number, effects: MachineEffects): Machine {
  let state = BOOT_STATE;
  let sinceMs = nowMs();
  const ageMs = (): number => nowMs() - sinceMs;

  return {
    begin() {
      sinceMs = nowMs();
    },
    state: () => state,
    ageMs,
    apply(event, cause) {
      const previous = state;
      const { state: next, actions } = step(previous, event);
      state = next;
      if (next !== previous) sinceMs = nowMs();
      for (const action of actions) effects.perform(action);
      if (next !== previous) effects.entered(next, previous, cause);
      return next !== previous;
    },
    overdue(periodMs, overrunMs) {
      const allowedMs = timeoutMs(state, periodMs, overrunMs);
      if (allowedMs === null || ageMs() <= allowedMs) return null;
      return `${state} did not end within ${(allowedMs / 1000).toFixed(1)} s: the device did not prove it.`;
    },
  };
}
