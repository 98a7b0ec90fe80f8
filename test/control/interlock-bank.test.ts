import { describe, expect, it } from 'vitest';
import { createInterlockBank } from '../../controller/control/safety/interlock-bank.ts';
import type { Interlock } from '../../controller/control/safety/interlock.ts';
import { observation } from './observation.ts';
import { run } from './run-bank.ts';

describe('interlock bank', () => {
  const condition = { a: false, b: false };
  const row = (key: 'a' | 'b', rest: Partial<Interlock> = {}): Interlock => ({
    key,
    when: 'the test says so',
    action: 'abort',
    debounceMs: 0,
    latched: true,
    remedy: '',
    check: () => (condition[key] ? key : null),
    ...rest,
  });
  const fresh = (...rows: Interlock[]) => {
    condition.a = condition.b = false;
    return createInterlockBank(rows);
  };

  it('names the first and only the first', () => {
    const bank = fresh(row('a'), row('b'));
    condition.b = true;
    run(bank, observation(), 0);
    condition.a = true;
    run(bank, observation(), 0, 20);
    expect(bank.faults().map(({ key, firstOut }) => [key, firstOut])).toEqual([
      ['b', true],
      ['a', false],
    ]);
  });

  it('a warning never takes the place of the first-out cause', () => {
    const bank = fresh(row('a', { action: 'warn' }), row('b'));
    condition.a = condition.b = true;
    run(bank, observation(), 0);
    expect(bank.faults().find((f) => f.firstOut)?.key).toBe('b');
  });

  it('debounces: a condition that goes away in time never was', () => {
    const bank = fresh(row('a', { debounceMs: 60 }));
    for (let i = 0; i < 10; i++) {
      condition.a = i % 3 !== 2;
      expect(run(bank, observation(), 0, i * 20)).toEqual([]);
    }
  });

  it('latches until acknowledged, and not while the condition stands', () => {
    const bank = fresh(row('a'));
    condition.a = true;
    run(bank, observation(), 0);
    bank.acknowledge();
    expect(bank.faults()).toHaveLength(1);
    condition.a = false;
    run(bank, observation(), 0, 20);
    expect(bank.worstPresent()).toBeNull();
    expect(bank.faults()).toHaveLength(1);
    bank.acknowledge();
    expect(bank.faults()).toEqual([]);
  });

  it('a fault that comes back while latched is raised again and keeps its first record', () => {
    const bank = fresh(row('a'));
    condition.a = true;
    run(bank, observation({ deviceS: 1 }), 0);
    condition.a = false;
    run(bank, observation(), 0, 20);
    condition.a = true;
    const again = run(bank, observation({ deviceS: 9 }), 0, 40);
    expect(again.map((r) => r.fault.atS)).toEqual([1]);
  });

  it('what is not latched goes with its condition', () => {
    const bank = fresh(row('a', { latched: false, action: 'warn' }));
    condition.a = true;
    run(bank, observation(), 0);
    expect(bank.worstPresent()).toBeNull();
    condition.a = false;
    run(bank, observation(), 0, 20);
    expect(bank.faults()).toEqual([]);
  });

  it('asks for the gravest of the present actions', () => {
    const bank = fresh(row('a', { action: 'hold' }), row('b', { action: 'stop' }));
    condition.a = true;
    run(bank, observation(), 0);
    expect(bank.worstPresent()?.action).toBe('hold');
    condition.b = true;
    run(bank, observation(), 0, 20);
    expect(bank.worstPresent()?.action).toBe('stop');
  });
});
