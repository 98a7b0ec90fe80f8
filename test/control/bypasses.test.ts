import { describe, expect, it } from 'vitest';
import { createBypasses, type BypassRequest } from '../../controller/control/safety/bypasses.ts';
import { createInterlockBank } from '../../controller/control/safety/interlock-bank.ts';
import type { Interlock } from '../../controller/control/safety/interlock.ts';
import { INTERLOCKS } from '../../controller/control/safety/limits.ts';
import { Bench, running } from './bench.ts';
import { observation } from './observation.ts';

const REQUEST: BypassRequest = {
  key: 'no_flow',
  minutes: 5,
  reason: 'the flow meter is at calibration',
  isEngineer: true,
};
const MINUTE_MS = 60_000;

describe('bypasses', () => {
  it('are in force until their time is over', () => {
    const bypasses = createBypasses(INTERLOCKS, () => {});
    expect(bypasses.add(REQUEST, 1000)).toBeNull();
    expect(bypasses.isBypassed('no_flow')).toBe(true);
    expect(bypasses.list(1000 + MINUTE_MS)).toEqual([{ key: 'no_flow', reason: REQUEST.reason, leftS: 240 }]);
    bypasses.expire(1000 + 5 * MINUTE_MS - 1);
    expect(bypasses.isBypassed('no_flow')).toBe(true);
    bypasses.expire(1000 + 5 * MINUTE_MS);
    expect(bypasses.isBypassed('no_flow')).toBe(false);
    expect(bypasses.remove('no_flow')).toBe('no_flow is not bypassed.');
  });

  it.each<[string, Partial<BypassRequest>, RegExp]>([
    ['an operator', { isEngineer: false }, /only an engineer/],
    ['a row that is not there', { key: 'no_such' }, /no such row/],
    ['over_stress', { key: 'over_stress' }, /cannot be bypassed; those that can are .*no_flow/],
    ['no time', { minutes: 0 }, /0 minutes given/],
    ['too long', { minutes: 31 }, /31 minutes given, allowed is more than 0 and at most 30/],
    ['NaN', { minutes: Number.NaN }, /NaN minutes given/],
    ['no reason', { reason: '         x' }, /needs a reason/],
  ])('refuses %s', (_what, given, says) => {
    const bypasses = createBypasses(INTERLOCKS, () => {});
    expect(bypasses.add({ ...REQUEST, ...given }, 0)).toMatch(says);
    expect(bypasses.list(0)).toEqual([]);
  });

  it.each([
    'over_stress',
    'lost_link',
    'device_emergency_stop',
    'watchdog_tripped',
    'device_watchdog',
    'no_proof',
  ])('%s cannot be bypassed', (key) =>
    expect(createBypasses(INTERLOCKS, () => {}).add({ ...REQUEST, key }, 0)).toMatch(/cannot be bypassed/),
  );
});

describe('a bypassed row in the bank', () => {
  const given = { isTrue: false, isBypassed: false };
  const row: Interlock = {
    key: 'a',
    when: 'the test says so',
    action: 'stop',
    debounceMs: 40,
    offDelayMs: 100,
    latched: true,
    remedy: '',
    check: () => (given.isTrue ? 'a is so' : null),
  };
  const fresh = () => {
    given.isTrue = given.isBypassed = false;
    return createInterlockBank([row], () => given.isBypassed);
  };
  const at = (nowMs: number) => observation({ nowMs });

  it('lists its fault as bypassed, acts not, and goes with its condition', () => {
    const bank = fresh();
    given.isTrue = given.isBypassed = true;
    for (let t = 0; t <= 200; t += 20) expect(bank.evaluate(at(t))).toEqual([]);
    expect(bank.faults()).toMatchObject([{ key: 'a', bypassed: true, firstOut: false, sentence: 'a is so' }]);
    expect(bank.worstPresent()).toBeNull();
    given.isTrue = false;
    for (let t = 220; t <= 400; t += 20) bank.evaluate(at(t));
    expect(bank.faults()).toEqual([]);
  });

  it('acts the moment the bypass ends, as first-out cause', () => {
    const bank = fresh();
    given.isTrue = given.isBypassed = true;
    for (let t = 0; t <= 100; t += 20) bank.evaluate(at(t));
    given.isBypassed = false;
    expect(bank.evaluate(at(120))).toMatchObject([{ key: 'a', firstOut: true, bypassed: false }]);
    expect(bank.worstPresent()).toMatchObject({ key: 'a' });
  });

  it('a latched fault that is bypassed keeps its record and is acknowledged as ever', () => {
    const bank = fresh();
    given.isTrue = true;
    for (let t = 0; t <= 40; t += 20) bank.evaluate(at(t));
    given.isBypassed = true;
    bank.evaluate(at(60));
    expect(bank.faults()).toMatchObject([{ firstOut: true, bypassed: true }]);
    expect(bank.worstPresent()).toBeNull();
    given.isTrue = false;
    for (let t = 80; t <= 300; t += 20) bank.evaluate(at(t));
    expect(bank.faults()).toHaveLength(1);
    bank.acknowledge();
    expect(bank.faults()).toEqual([]);
  });

  it('the off delay keeps it present after its condition went', () => {
    const bank = fresh();
    given.isTrue = true;
    for (let t = 0; t <= 40; t += 20) bank.evaluate(at(t));
    given.isTrue = false;
    for (let t = 60; t <= 140; t += 20) {
      bank.evaluate(at(t));
      expect(bank.worstPresent()).not.toBeNull();
    }
    bank.evaluate(at(160));
    expect(bank.worstPresent()).toBeNull();
  });
});

describe('a bypass on the machine', () => {
  const ask = (bench: Bench) => bench.supervisor.bypass(REQUEST);

  it('keeps the run going, is shown and told, and the stop comes when it ends by itself', async () => {
    const bench = await running();
    expect(ask(bench).ok).toBe(true);
    bench.rig.stuck['flow_kg_per_s'] = 0;
    await bench.clock.advance(10_000);
    expect(bench.state()).toBe('EXECUTE');
    const { bypasses, faults } = bench.supervisor.stateMessage();
    expect(bypasses).toEqual([{ key: 'no_flow', reason: REQUEST.reason, leftS: 290 }]);
    expect(faults).toMatchObject([{ key: 'no_flow', bypassed: true, firstOut: false }]);
    expect(bench.told.join('\n')).toMatch(/no_flow is bypassed for 5 min: the flow meter is at calibration/);
    await bench.clock.advance(291_000);
    expect(bench.told.join('\n')).toMatch(/bypass of no_flow ended by itself/);
    expect(bench.state()).toBe('STOPPED');
    expect(bench.firstOut()).toBe('no_flow');
  }, 60_000);

  it('ended by hand it acts at once', async () => {
    const bench = await running();
    ask(bench);
    bench.rig.stuck['flow_kg_per_s'] = 0;
    await bench.clock.advance(2000);
    expect(bench.supervisor.unbypass('no_flow').ok).toBe(true);
    await bench.until('STOPPED', 1000);
    expect(bench.supervisor.unbypass('no_flow')).toMatchObject({
      ok: false,
      sentence: 'no_flow is not bypassed.',
    });
  });

  it('CLEAR ends it', async () => {
    const bench = new Bench();
    await bench.connect();
    ask(bench);
    expect(bench.supervisor.stateMessage().bypasses).toHaveLength(1);
    bench.command('CLEAR');
    expect(bench.supervisor.stateMessage().bypasses).toEqual([]);
    expect(bench.told.join('\n')).toMatch(/bypass of no_flow was ended by CLEAR/);
  });

  it('does not hide another fault', async () => {
    const bench = await running();
    ask(bench);
    bench.rig.stuck['stress_MPa'] = 2000;
    await bench.until('ABORTED', 1000);
    expect(bench.firstOut()).toBe('over_stress');
  });
});
