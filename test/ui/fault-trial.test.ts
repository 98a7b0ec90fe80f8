import { describe, expect, it } from 'vitest';
import type { Fault, State, StateMessage } from '../../controller/wire/messages.ts';
import {
  begun,
  type BreakableFault,
  foundFaults,
  type Trial,
  watched,
} from '../../ui/operate/fault-trial.ts';
import { stateOf } from '../record/made-up-run.ts';

const spec: BreakableFault = {
  name: 'pump-trip',
  place: 'plant',
  what: 'the pump stands',
  seen: 'no flow, then STOP',
  parameter: null,
  ends: 'STOPPED',
  cause: 'no_flow',
  withinS: 8,
  asks: null,
};
const survived: BreakableFault = { ...spec, name: 'drop', ends: 'EXECUTE', cause: 'none', seen: 'nothing' };

function now(state: State, ...keys: string[]): StateMessage {
  const message = stateOf(state);
  if (message.type !== 'state') throw new Error('no state');
  const faults = keys.map(
    (key, i): Fault => ({
      key,
      sentence: key,
      remedy: '',
      action: 'stop',
      firstOut: i === 0,
      bypassed: false,
      atS: i,
      isPresent: true,
      acknowledged: null,
    }),
  );
  return { ...message, faults };
}

const start = (name: string, state = now('EXECUTE', 'late_replies')): Trial => {
  const [trial] = begun([], [], [name], state, 1000);
  if (trial === undefined) throw new Error('no trial');
  return trial;
};
const after = (trial: Trial, of: BreakableFault, ...steps: [StateMessage, number][]): Trial =>
  steps.reduce((so, [state, ms]) => watched(so, of, state, 1000 + ms), trial);

describe('what followed a fault', () => {
  it('is as expected where the cause came and the state was reached in time; both with their time', () => {
    const trial = after(
      start('pump-trip'),
      spec,
      [now('EXECUTE', 'late_replies'), 100],
      [now('STOPPING', 'no_flow', 'late_replies'), 700],
      [now('STOPPED', 'no_flow', 'late_replies'), 1500],
    );
    expect(trial).toMatchObject({
      verdict: 'as expected',
      cause: { key: 'no_flow', afterMs: 700 },
      states: [
        { state: 'STOPPING', afterMs: 700 },
        { state: 'STOPPED', afterMs: 1500 },
      ],
    });
  });

  it('is not blamed on a warning that came before the cause', () => {
    const warned = now('EXECUTE', 'loop_overrun');
    const quiet = { ...warned, faults: warned.faults.map((one) => ({ ...one, firstOut: false })) };
    const trial = after(
      start('pump-trip'),
      spec,
      [quiet, 100],
      [now('STOPPED', 'no_flow', 'loop_overrun'), 900],
    );
    expect(trial).toMatchObject({ verdict: 'as expected', cause: { key: 'no_flow', afterMs: 900 } });
  });

  it('is otherwise where another cause stopped it, or nothing did', () => {
    const [other, none] = [now('STOPPED', 'over_stress'), now('EXECUTE')];
    expect(after(start('pump-trip'), spec, [other, 500], [other, 8100]).verdict).toBe('otherwise');
    expect(after(start('pump-trip'), spec, [none, 8100]).verdict).toBe('otherwise');
  });

  it('that must not be noticed is judged when its time is over', () => {
    expect(after(start('drop'), survived, [now('EXECUTE'), 100]).verdict).toBe('waits');
    expect(after(start('drop'), survived, [now('EXECUTE'), 8100]).verdict).toBe('as expected');
    expect(after(start('drop'), survived, [now('ABORTED', 'lost_link'), 8100]).verdict).toBe('otherwise');
  });

  it('is not judged of a machine that did not run', () => {
    expect(after(start('pump-trip', now('IDLE')), spec, [now('STOPPED', 'no_flow'), 100]).verdict).toBe(
      'not judged',
    );
  });
});

it('only what was not broken before begins a trial', () => {
  expect(begun([], ['drop'], ['drop'], now('EXECUTE'), 0)).toEqual([]);
});

it('the list is searched by name, by what is broken and by what must follow', () => {
  const names = (words: string) => foundFaults([spec, survived], words).map(({ name }) => name);
  expect(names('PUMP')).toEqual(['pump-trip', 'drop']);
  expect(names('no_flow')).toEqual(['pump-trip']);
  expect(names('')).toHaveLength(2);
});
