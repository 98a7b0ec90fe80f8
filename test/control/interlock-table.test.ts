import { describe, expect, it } from 'vitest';
import { parseRigFile } from '../../controller/control/rig-file.ts';
import { createInterlockBank } from '../../controller/control/safety/interlock-bank.ts';
import type { Interlock, Observation } from '../../controller/control/safety/interlock.ts';
import { INTERLOCKS } from '../../controller/control/safety/limits.ts';
import { CONDITION_CHANNELS } from '../../controller/control/safety/own-row.ts';
import { interlockTable } from '../../controller/control/safety/table.ts';
import { observation, RIG_TEXT, status, summary } from './observation.ts';

const parse = (interlocks: string) => parseRigFile(`${RIG_TEXT}\ninterlocks:\n${interlocks}\n`);

function table(interlocks: string): readonly Interlock[] {
  const rig = parse(interlocks);
  if (typeof rig === 'string') throw new Error(rig);
  const rows = interlockTable(rig);
  if (typeof rows === 'string') throw new Error(rows);
  return rows;
}

const HOT =
  '  - {key: bearing_hot, when: "hot_inlet_C > 60 and abs(flow_kg_per_s) < 0.05", debounce_ms: 500, action: stop, cause: The bearing runs hot, remedy: Let it cool.}';

/** The faults that are raised by `ms` of this, and after how long. */
function raised(rows: readonly Interlock[], o: Observation, ms: number) {
  const bank = createInterlockBank(rows);
  const found: [string, number][] = [];
  for (let t = 0; t <= ms; t += 20) {
    for (const { key } of bank.evaluate({ ...o, nowMs: t })) found.push([key, t]);
  }
  return found;
}

describe('tuning of built-in rows', () => {
  it('without any the table is the built-in one', () => {
    expect(interlockTable({ interlocks: [] })).toEqual(INTERLOCKS);
  });

  it('debounce, off delay and action are taken', () => {
    const rows = table('  - {key: no_flow, debounce_ms: 100, off_delay_ms: 40, action: abort}');
    expect(rows.find(({ key }) => key === 'no_flow')).toMatchObject({
      debounceMs: 100,
      offDelayMs: 40,
      action: 'abort',
    });
    const o = observation({ status: status({ flow_kg_per_s: 0 }) });
    expect(raised(rows, o, 400)).toEqual([['no_flow', 100]]);
  });

  it.each([
    ['{key: over_stress, action: stop}', /over_stress: action stop given, allowed is abort/],
    ['{key: over_stress, debounce_ms: 20}', /debounce_ms 20 given, allowed is at most 0/],
    ['{key: lost_link, action: hold}', /lost_link: action hold given, allowed is abort/],
    ['{key: over_temperature, action: hold}', /allowed is stop or graver \(stop, abort\)/],
    ['{key: over_temperature, debounce_ms: 1001}', /allowed is at most 1000/],
    ['{key: over_stress, latched: false}', /latched: false given, allowed is true/],
    ['{key: no_flw, debounce_ms: 5}', /no_flw: no such built-in row/],
    [
      '{key: no_flow, when: "force_kN > 1", action: warn, cause: aaaaa, remedy: bbbbb}',
      /condition of a built-in row cannot be replaced/,
    ],
    ['{key: no_flow, states: [IDLE]}', /interlocks\.0\.states .*no such key/],
    ['{key: no_flow, bypassable: true}', /interlocks\.0\.bypassable .*no such key/],
    ['{key: no_flow, action: shout}', /interlocks\.0\.action .*"shout" given, allowed is warn or hold/],
    ['{key: no_flow, debounce_ms: -1}', /debounce_ms .*-1 given, allowed is at least 0/],
  ])('refuses %s', (row, says) => {
    expect(parse(`  - ${row}`)).toMatch(says);
  });

  it('refuses a key that is given twice', () => {
    expect(parse('  - {key: no_flow, debounce_ms: 500}\n  - {key: no_flow, action: abort}')).toMatch(/twice/);
  });

  it('every row can be made as strict as can be, whatever it is', () => {
    for (const { key } of INTERLOCKS) {
      expect(parse(`  - {key: ${key}, action: abort, debounce_ms: 0, latched: true}`)).toEqual(
        expect.any(Object),
      );
    }
  });

  it('what guards life itself can be neither weakened nor bypassed', () => {
    const guards = ['over_stress', 'over_pressure', 'lost_link', 'stale_data', 'device_emergency_stop'];
    for (const key of [...guards, 'watchdog_tripped', 'device_watchdog', 'no_proof', 'device_over_stress']) {
      const row = INTERLOCKS.find((candidate) => candidate.key === key);
      expect(row, key).toMatchObject({ action: 'abort' });
      expect(row?.bypassable, key).toBeUndefined();
      expect(row?.tuning?.weakest, key).toBeUndefined();
    }
  });
});

describe('rows of the rig file', () => {
  it('a condition leads to its action after its debounce, with what was measured', () => {
    const rows = table(HOT);
    const hot = observation({
      state: 'IDLE',
      status: status({ drive_state: 0, hot_inlet_C: 61, flow_kg_per_s: 0 }),
    });
    expect(raised(rows, hot, 480)).toEqual([]);
    expect(raised(rows, hot, 600)).toEqual([['bearing_hot', 500]]);
    const bank = createInterlockBank(rows);
    bank.evaluate({ ...hot, nowMs: 0 });
    const [fault] = bank.evaluate({ ...hot, nowMs: 500 });
    expect(fault).toMatchObject({ action: 'stop', firstOut: true, remedy: 'Let it cool.' });
    expect(fault?.sentence).toBe(
      'The bearing runs hot (hot_inlet_C 61, flow_kg_per_s 0; not allowed: hot_inlet_C > 60 and abs(flow_kg_per_s) < 0.05).',
    );
  });

  it('is silent where its states do not hold', () => {
    const rows = table(HOT.replace('action: stop', 'action: stop, states: [EXECUTE, HELD]'));
    const hot = { status: status({ drive_state: 0, hot_inlet_C: 61, flow_kg_per_s: 0 }) };
    expect(raised(rows, observation({ ...hot, state: 'IDLE' }), 1000)).toEqual([]);
  });

  it.each<['warn' | 'hold' | 'stop' | 'abort', boolean]>([
    ['warn', false],
    ['hold', false],
    ['stop', true],
    ['abort', true],
  ])('an impossible reading counts as met for %s: %s', (action, counts) => {
    const rows = table(HOT.replace('action: stop', `action: ${action}`)).filter(
      ({ key }) => key === 'bearing_hot',
    );
    const open = observation({ status: status({ hot_inlet_C: 3276.7, flow_kg_per_s: 0 }) });
    expect(raised(rows, open, 600)).toEqual(counts ? [['bearing_hot', 500]] : []);
    // The other side settles it: with flow the temperature does not matter.
    const flowing = observation({ status: status({ hot_inlet_C: 3276.7, flow_kg_per_s: 0.2 }) });
    expect(raised(rows, flowing, 600)).toEqual([]);
  });

  it('looks at figures of a cycle once there is one, and at nothing without a link', () => {
    const rows = table(
      '  - {key: weak, when: "cooling_power_W < 100", action: stop, cause: It hardly cools, remedy: Look at it.}',
    ).filter(({ key }) => key === 'weak');
    expect(raised(rows, observation({ summary: null }), 100)).toEqual([]);
    expect(raised(rows, observation({ status: null }), 100)).toEqual([]);
    expect(raised(rows, observation({ summary: summary({ cooling_power_W: 99 }) }), 0)).toEqual([
      ['weak', 0],
    ]);
  });

  it.each([...CONDITION_CHANNELS.keys()])('%s reads its own register', (name) => {
    const rows = table(`  - {key: own, when: "${name} == 7", action: warn, cause: aaaaa, remedy: bbbbb}`);
    const key = name.replace(/^cell_\d+_/, 'cell_');
    const quiet = { status: status({ [key]: 8 }), summary: summary({ [key]: 8 }) };
    const seven = { status: status({ [key]: 7 }), summary: summary({ [key]: 7 }) };
    const of = (given: Partial<Observation>) =>
      raised(
        rows.filter((row) => row.key === 'own'),
        observation(given),
        0,
      ).length;
    expect([of(quiet), of(seven)]).toEqual([0, 1]);
  });

  it.each([
    [
      HOT.replace('hot_inlet_C > 60', 'hot > 60'),
      /bearing_hot: when: hot is no channel; known are .*hot_inlet_C/,
    ],
    [HOT.replace('hot_inlet_C > 60', 'zeros(3e4,3e4)'), /bearing_hot: when: zeros\(\) of 2 is not allowed/],
    [HOT.replace(', remedy: Let it cool.', ''), /interlocks\.0\.remedy .*nothing given/],
    [HOT.replace('bearing_hot', 'Bearing'), /interlocks\.0\.key .*small letters/],
    [HOT.replace('debounce_ms: 500', 'debounce_ms: 99999'), /at most 60000/],
    [
      HOT.replace('action: stop', 'action: stop, states: [RUNNING]'),
      /interlocks\.0\.states\.0 .*"RUNNING" given/,
    ],
  ])('refuses %s', (row, says) => {
    expect(parse(row)).toMatch(says);
  });
});
