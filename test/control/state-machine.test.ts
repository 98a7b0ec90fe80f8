import { describe, expect, it } from 'vitest';
import {
  ACTING,
  BOOT_STATE,
  EVENTS,
  PROOFS,
  type Event,
  allowedCommands,
  step,
} from '../../controller/control/state/state-machine.ts';
import { refusal, sentenceFor } from '../../controller/control/state/state-words.ts';
import { Command, STATES, State } from '../../controller/wire/messages.ts';

/** Every pair that changes the state or acts; written from the PackML drawing, not from the table of the code. */
const EXPECTED = `
ABORTED       CLEAR      CLEARING      clearFaults
ABORTED       STOP       ABORTED       disable
ABORTED       ABORT      ABORTED       enableOff
CLEARING      STOP       CLEARING      disable
CLEARING      ABORT      ABORTING      abort
CLEARING      cleared    STOPPED
CLEARING      timeout    ABORTING      abort
STOPPED       STOP       STOPPED       disable
STOPPED       ABORT      ABORTING      abort
STOPPED       RESET      RESETTING     prepare
RESETTING     STOP       STOPPING      stop
RESETTING     ABORT      ABORTING      abort
RESETTING     prepared   IDLE
RESETTING     timeout    ABORTING      abort
IDLE          START      STARTING      enable
IDLE          STOP       STOPPING      stop
IDLE          ABORT      ABORTING      abort
STARTING      HOLD       HOLDING       stop
STARTING      STOP       STOPPING      stop
STARTING      ABORT      ABORTING      abort
STARTING      enabled    STARTING      run
STARTING      running    EXECUTE
STARTING      timeout    ABORTING      abort
EXECUTE       HOLD       HOLDING       stop
EXECUTE       COMPLETE   COMPLETING    stop
EXECUTE       SUSPEND    SUSPENDING    stop
EXECUTE       STOP       STOPPING      stop
EXECUTE       ABORT      ABORTING      abort
HOLDING       STOP       STOPPING      stop
HOLDING       ABORT      ABORTING      abort
HOLDING       unloaded   HELD
HOLDING       timeout    ABORTING      abort
HELD          UNHOLD     UNHOLDING     run
HELD          COMPLETE   COMPLETING    stop
HELD          STOP       STOPPING      stop
HELD          ABORT      ABORTING      abort
UNHOLDING     HOLD       HOLDING       stop
UNHOLDING     STOP       STOPPING      stop
UNHOLDING     ABORT      ABORTING      abort
UNHOLDING     running    EXECUTE
UNHOLDING     timeout    ABORTING      abort
SUSPENDING    HOLD       HOLDING       stop
SUSPENDING    STOP       STOPPING      stop
SUSPENDING    ABORT      ABORTING      abort
SUSPENDING    unloaded   SUSPENDED
SUSPENDING    timeout    ABORTING      abort
SUSPENDED     HOLD       HOLDING       stop
SUSPENDED     COMPLETE   COMPLETING    stop
SUSPENDED     UNSUSPEND  UNSUSPENDING  run
SUSPENDED     STOP       STOPPING      stop
SUSPENDED     ABORT      ABORTING      abort
UNSUSPENDING  HOLD       HOLDING       stop
UNSUSPENDING  STOP       STOPPING      stop
UNSUSPENDING  ABORT      ABORTING      abort
UNSUSPENDING  running    EXECUTE
UNSUSPENDING  timeout    ABORTING      abort
COMPLETING    STOP       STOPPING      stop
COMPLETING    ABORT      ABORTING      abort
COMPLETING    unloaded   COMPLETING    disable
COMPLETING    atRest     COMPLETE
COMPLETING    timeout    ABORTING      abort
COMPLETE      RESET      RESETTING     prepare
COMPLETE      STOP       STOPPING      stop
COMPLETE      ABORT      ABORTING      abort
STOPPING      STOP       STOPPING      stop
STOPPING      ABORT      ABORTING      abort
STOPPING      unloaded   STOPPING      disable
STOPPING      atRest     STOPPED
STOPPING      timeout    ABORTING      abort
ABORTING      STOP       ABORTING
ABORTING      ABORT      ABORTING      enableOff
ABORTING      unloaded   ABORTING      enableOff
ABORTING      disabled   ABORTED
ABORTING      timeout    ABORTED       enableOff
`;

const expected = new Map(
  EXPECTED.trim()
    .split('\n')
    .map((line) => line.split(/\s+/))
    .map(([state, event, next, ...actions]) => [`${state} ${event}`, { state: next, actions }]),
);
const pairs = STATES.flatMap((state) => EVENTS.map((event) => [state, event] as const));

/** States that can be reached from `from` by events other than `without`. */
function reachable(from: State, without: readonly Event[] = []): Set<State> {
  const seen = new Set<State>([from]);
  for (const state of seen) {
    for (const event of EVENTS) if (!without.includes(event)) seen.add(step(state, event).state);
  }
  return seen;
}

describe('every state and every event', () => {
  it.each(pairs)('%s x %s', (state, event) => {
    expect(step(state, event)).toEqual(expected.get(`${state} ${event}`) ?? { state, actions: [] });
  });

  it('the expected table names known states and events only', () => {
    for (const key of expected.keys()) {
      const [state, event] = key.split(' ');
      expect(STATES).toContain(state);
      expect(EVENTS).toContain(event);
    }
  });
});

describe('invariants', () => {
  it('boots in ABORTED', () => expect(BOOT_STATE).toBe('ABORTED'));

  it('every state can be reached from boot', () => {
    expect([...reachable(BOOT_STATE)].toSorted()).toEqual([...STATES].toSorted());
  });

  it.each(STATES)('ABORT from %s leads to ABORTING or ABORTED and drops enable', (state) => {
    const { state: next, actions } = step(state, 'ABORT');
    expect(['ABORTING', 'ABORTED']).toContain(next);
    expect(actions.some((a) => a === 'abort' || a === 'enableOff')).toBe(true);
  });

  it.each(STATES)('after STOP in %s nothing that follows by itself reaches EXECUTE', (state) => {
    const persons = Command.options;
    expect(reachable(step(state, 'STOP').state, persons).has('EXECUTE')).toBe(false);
  });

  it.each(['CLEAR', 'RESET', 'START'] as const)('without %s nobody reaches EXECUTE from boot', (command) => {
    expect(reachable(BOOT_STATE, [command]).has('EXECUTE')).toBe(false);
  });

  it('from ABORTED, STOPPED and IDLE nothing moves without a person', () => {
    for (const state of ['ABORTED', 'STOPPED', 'IDLE', 'COMPLETE', 'HELD'] as const) {
      expect([...reachable(state, Command.options)]).toEqual([state]);
    }
  });

  it('only the proof of running enters EXECUTE', () => {
    for (const [state, event] of pairs) {
      if (state !== 'EXECUTE' && step(state, event).state === 'EXECUTE') expect(event).toBe('running');
    }
  });

  it('an acting state ends in ABORT on its time-out and never waits for nothing', () => {
    expect([...ACTING].toSorted()).toEqual(STATES.filter((s) => s.endsWith('ING')).toSorted());
    for (const state of ACTING) {
      expect(['ABORTING', 'ABORTED']).toContain(step(state, 'timeout').state);
      expect(PROOFS.some((proof) => step(state, proof).state !== state)).toBe(true);
    }
  });

  it('enable and run are asked for on the way to EXECUTE only', () => {
    for (const [state, event] of pairs) {
      const { state: next, actions } = step(state, event);
      if (actions.includes('enable') || actions.includes('run')) {
        expect(['STARTING', 'UNHOLDING', 'UNSUSPENDING']).toContain(next);
      }
    }
  });
});

describe('words', () => {
  it.each(STATES)('%s: STOP and ABORT are allowed, whatever is refused says why', (state) => {
    const allowed = allowedCommands(state);
    expect(allowed).toContain('STOP');
    expect(allowed).toContain('ABORT');
    expect(sentenceFor(state)).toMatch(/\.$/);
    for (const command of Command.options) {
      const sentence = refusal(state, command);
      if (allowed.includes(command)) expect(sentence).toBeNull();
      else
        expect(sentence).toMatch(
          new RegExp(`^${command} is refused in ${state}; it is given in [A-Z, ]{4,}\\.$`),
        );
    }
  });

  it('allows what is possible and nothing else', () => {
    expect(allowedCommands('ABORTED')).toEqual(['CLEAR', 'STOP', 'ABORT']);
    expect(allowedCommands('EXECUTE')).toEqual(['HOLD', 'COMPLETE', 'STOP', 'ABORT']);
    expect(allowedCommands('IDLE')).toEqual(['START', 'STOP', 'ABORT']);
  });
});
