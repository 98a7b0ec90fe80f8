import { describe, expect, it } from 'vitest';
import type { EventMessage, Fault } from '../../controller/wire/messages.ts';
import { alarmState, inOrder, momentsOf, tabOf } from '../../ui/operate/alarms.ts';
import { stateOf } from '../record/made-up-run.ts';

const fault = (given: Partial<Fault> = {}): Fault => ({
  key: 'over_stress',
  sentence: 'Stress is 950 MPa.',
  remedy: 'CLEAR.',
  action: 'abort',
  firstOut: false,
  bypassed: false,
  atS: 1,
  isPresent: true,
  acknowledged: null,
  ...given,
});
const ACKNOWLEDGED = { by: 'Engineer 2', at: '2026-01-01T00:00:00Z' };

it('an alarm is in one of the states of ISA-18.2', () => {
  expect(alarmState(fault())).toBe('unacknowledged');
  expect(alarmState(fault({ acknowledged: ACKNOWLEDGED }))).toBe('acknowledged');
  expect(alarmState(fault({ isPresent: false }))).toBe('gone-unacknowledged');
  expect(alarmState(fault({ isPresent: false, acknowledged: ACKNOWLEDGED }))).toBe('gone');
  expect(alarmState(fault({ bypassed: true }))).toBe('shelved');
});

it('the cause of the stop stands first, the others as they came', () => {
  const keys = inOrder([
    fault({ key: 'c', atS: 3 }),
    fault({ key: 'b', atS: 2, firstOut: true }),
    fault({ key: 'a', atS: 1, action: 'warn' }),
  ]).map(({ key }) => key);
  expect(keys).toEqual(['b', 'a', 'c']);
});

describe('the tab', () => {
  const tab = (...faults: Fault[]) => {
    const message = stateOf('ABORTED');
    if (message.type !== 'state') throw new Error('no state');
    return tabOf({ ...message, faults }, true);
  };

  it('says the state, and how many alarms nobody has acknowledged', () => {
    expect(tab()).toEqual({ title: 'ABORTED · elastocool', gravity: 'calm' });
    expect(tab(fault(), fault({ action: 'warn' }))).toEqual({
      title: '(2) ABORTED · elastocool',
      gravity: 'alarm',
    });
    expect(tab(fault({ action: 'warn' })).gravity).toBe('warning');
    expect(tab(fault({ acknowledged: ACKNOWLEDGED }))).toMatchObject({ gravity: 'calm' });
  });

  it('says that nothing is known where the connection is lost, and makes no noise before the first word', () => {
    expect(tabOf(null, false)).toEqual({ title: 'elastocool', gravity: 'calm' });
    const message = stateOf('EXECUTE');
    expect(message.type === 'state' && tabOf(message, false)).toMatchObject({ gravity: 'alarm' });
  });
});

it('the history is what happened to alarms, by kind and by words', () => {
  const event = (sequence: number, sentence: string, about?: EventMessage['about']): EventMessage => ({
    type: 'event',
    sequence,
    at: '2026-01-01T00:00:00Z',
    severity: 'info',
    sentence,
    ...(about === undefined ? {} : { about }),
  });
  const events = [
    event(3, 'over_stress is acknowledged by Engineer 2.', {
      kind: 'alarm',
      key: 'over_stress',
      change: 'acknowledged',
    }),
    event(2, 'Stress is 950 MPa.', { kind: 'alarm', key: 'over_stress', change: 'raised' }),
    event(1, 'IDLE → STARTING: asked for.', { kind: 'state', from: 'IDLE', to: 'STARTING' }),
    event(0, 'The line is open.'),
  ];
  const found = (change: Parameters<typeof momentsOf>[1], words: string, shown = (said: string) => said) =>
    momentsOf(events, change, words, shown).map(({ sequence }) => sequence);
  expect(found('all', '')).toEqual([3, 2]);
  expect(found('raised', '')).toEqual([2]);
  expect(found('all', ' 950 mpa')).toEqual([2]);
  expect(found('all', 'OVER_')).toEqual([3, 2]);
  // As a person reads it.
  expect(found('all', '應力', (said) => said.replace('Stress', '應力'))).toEqual([2]);
});
