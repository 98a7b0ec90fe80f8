import { describe, expect, it } from 'vitest';
import { createInterlockBank } from '../../controller/control/safety/interlock-bank.ts';
import type { Observation } from '../../controller/control/safety/interlock.ts';
import { INTERLOCKS } from '../../controller/control/safety/limits.ts';
import { createCycleWatch } from '../../controller/control/safety/response/cycle-watch.ts';
import { NO_RESPONSE } from '../../controller/control/safety/response/response.ts';
import { FAULT_BITS } from '../../controller/protocol/register-map.ts';
import { VIRTUAL_RIG_TEXT, observation, readRig, status, summary } from './observation.ts';
import { RESPONSE_CASES, type Case } from './response-cases.ts';
import { run } from './run-bank.ts';

const bit = (name: keyof typeof FAULT_BITS): Partial<Observation> => ({
  status: status({ fault_word: 1 << FAULT_BITS[name] }),
});
const noBit: Partial<Observation> = { status: status({ fault_word: 1 << 15 }) };
const at = (given: Record<string, number>): Partial<Observation> => ({ status: status(given) });

const CASES: readonly Case[] = [
  {
    key: 'lost_link',
    action: 'abort',
    broken: { replyAgeMs: 201 },
    allowed: { replyAgeMs: 200 },
    withinMs: 0,
    says: /no valid reply for 201 ms, allowed 200/,
  },
  {
    key: 'device_restarted',
    action: 'abort',
    broken: { restarted: true },
    allowed: {},
    withinMs: 0,
    says: /restarted/,
  },
  {
    key: 'stale_data',
    action: 'abort',
    broken: { clockAgeMs: 220 },
    allowed: { clockAgeMs: 200 },
    withinMs: 0,
    says: /clock stands still for 220 ms, allowed 200/,
  },
  {
    key: 'over_stress',
    action: 'abort',
    broken: at({ stress_MPa: 901 }),
    allowed: at({ stress_MPa: 900 }),
    withinMs: 0,
    says: /901 MPa, allowed 900/,
  },
  {
    key: 'over_pressure',
    action: 'abort',
    broken: at({ pressure_bar: -1.6 }),
    allowed: at({ pressure_bar: -1.4 }),
    withinMs: 0,
    says: /1\.6 bar, allowed 1\.5/,
  },
  {
    key: 'over_temperature',
    action: 'abort',
    broken: at({ cell_C: 71 }),
    allowed: at({ cell_C: 70 }),
    withinMs: 40,
    says: /Cell 1 is at 71 °C, allowed 70/,
  },
  {
    key: 'under_temperature',
    action: 'abort',
    broken: at({ cell_C: 1.5 }),
    allowed: at({ cell_C: 2 }),
    withinMs: 40,
    says: /Cell 1 is at 1\.5 °C, allowed from 2/,
  },
  {
    key: 'watchdog_tripped',
    action: 'abort',
    broken: at({ watchdog_state: 2 }),
    allowed: at({ watchdog_state: 1 }),
    withinMs: 0,
    says: /tripped/,
  },
  {
    key: 'device_emergency_stop',
    action: 'abort',
    broken: bit('emergencyStop'),
    allowed: noBit,
    withinMs: 0,
    says: /emergency stop/,
  },
  {
    key: 'device_over_stress',
    action: 'abort',
    broken: bit('overStress'),
    allowed: noBit,
    withinMs: 0,
    says: /over-stress/,
  },
  {
    key: 'device_over_pressure',
    action: 'abort',
    broken: bit('overPressure'),
    allowed: noBit,
    withinMs: 0,
    says: /over-pressure/,
  },
  {
    key: 'device_over_temperature',
    action: 'abort',
    broken: bit('overTemperature'),
    allowed: noBit,
    withinMs: 0,
    says: /over-temperature/,
  },
  {
    key: 'device_under_temperature',
    action: 'abort',
    broken: bit('underTemperature'),
    allowed: noBit,
    withinMs: 0,
    says: /under-temperature/,
  },
  {
    key: 'device_watchdog',
    action: 'abort',
    broken: bit('watchdog'),
    allowed: noBit,
    withinMs: 0,
    says: /watchdog/,
  },
  {
    key: 'device_bad_recipe',
    action: 'stop',
    broken: bit('badRecipe'),
    allowed: noBit,
    withinMs: 0,
    says: /recipe/,
  },
  {
    key: 'device_fault',
    action: 'abort',
    broken: { status: { ...status(), device_faults: ['press: AL009, position deviation'] } },
    allowed: { status: { ...status(), device_faults: [] } },
    withinMs: 0,
    says: /press: AL009, position deviation/,
  },
  {
    key: 'stroke_without_force',
    action: 'stop',
    broken: at({ stroke_mm: 30, force_kN: 0.1 }),
    allowed: at({ stroke_mm: 5, force_kN: 0.1 }),
    withinMs: 60,
    says: /30 mm at a force of 0\.1 kN, at least 0\.3/,
  },
  {
    key: 'force_without_stroke',
    action: 'abort',
    broken: at({ stroke_mm: 0.2, force_kN: 12 }),
    allowed: at({ stroke_mm: 0.2, force_kN: 3 }),
    withinMs: 60,
    says: /12 kN at a stroke of 0\.2 mm, at least 1/,
  },
  {
    key: 'enable_mismatch',
    action: 'abort',
    broken: at({ drive_state: 0 }),
    allowed: at({ drive_state: 3 }),
    withinMs: 100,
    says: /should be on in EXECUTE, the device says off/,
  },
  {
    key: 'impossible_reading',
    action: 'stop',
    broken: at({ room_C: Number.NaN }),
    allowed: at({ room_C: -40 }),
    withinMs: 60,
    says: /room_C reads NaN/,
  },
  {
    key: 'no_flow',
    action: 'stop',
    broken: at({ flow_kg_per_s: 0.01 }),
    allowed: at({ flow_kg_per_s: -0.1 }),
    withinMs: 580,
    says: /Flow stays at 0\.01 kg\/s.*0\.19/,
  },
  {
    key: 'no_temperature_swing',
    action: 'hold',
    broken: { summary: summary({ cell_min_C: 24.5, cell_max_C: 25 }) },
    allowed: { summary: summary({ cell_min_C: 24, cell_max_C: 25 }) },
    withinMs: 0,
    says: /0\.5 K in a cycle, at least 1/,
  },
  {
    key: 'loop_stalled',
    action: 'stop',
    broken: { lateMs: 300 },
    allowed: { lateMs: 200 },
    withinMs: 0,
    says: /stood still for 300 ms, allowed 200/,
  },
  {
    key: 'preparation_failed',
    action: 'stop',
    broken: { preparationProblem: 'strain_percent reads back 4' },
    allowed: {},
    withinMs: 0,
    says: /strain_percent/,
  },
  {
    key: 'no_proof',
    action: 'abort',
    broken: { overdue: 'STOPPING did not end' },
    allowed: {},
    withinMs: 0,
    says: /STOPPING/,
  },
  {
    key: 'operator_lost',
    action: 'hold',
    broken: { isAttended: false },
    allowed: { isAttended: false, rig: readRig(VIRTUAL_RIG_TEXT) },
    withinMs: 0,
    says: /Nobody has control of the machine while it is in EXECUTE/,
  },
  {
    key: 'unprotected',
    action: 'warn',
    broken: { watchdogVerified: false },
    allowed: {},
    withinMs: 500,
    says: /UNPROTECTED/,
  },
  {
    key: 'proof_test_overdue',
    action: 'warn',
    broken: { proofsOverdue: '3 proof tests are overdue' },
    allowed: {},
    withinMs: 0,
    says: /3 proof tests/,
  },
  {
    key: 'energy_balance',
    action: 'warn',
    broken: { summary: summary({ cooling_power_W: 2000 }) },
    allowed: { summary: summary({ cooling_power_W: 1200 }) },
    withinMs: 10_000,
    says: /-1080 W, allowed 280/,
  },
  {
    key: 'loop_overrun',
    action: 'warn',
    broken: { overruns: 5 },
    allowed: { overruns: 4 },
    withinMs: 0,
    says: /5 ticks .* came later/,
  },
  ...RESPONSE_CASES,
];

describe('interlocks, each with the fault that proves it', () => {
  it('every row has its case', () => {
    expect(CASES.map((c) => c.key).toSorted()).toEqual(INTERLOCKS.map((row) => row.key).toSorted());
  });

  it('a healthy machine raises nothing', () => {
    expect(run(createInterlockBank(INTERLOCKS), observation(), 12_000)).toEqual([]);
  });

  it.each(CASES)('$key', ({ key, action, broken, withinMs, says }) => {
    const raised = run(createInterlockBank(INTERLOCKS), observation(broken), withinMs);
    expect(raised.map(({ fault }) => fault.key)).toEqual([key]);
    for (const { fault, afterMs } of raised) {
      expect(fault.action).toBe(action);
      expect(fault.sentence).toMatch(says);
      expect(fault.remedy.length).toBeGreaterThan(20);
      expect(fault.firstOut).toBe(action !== 'warn');
      expect(afterMs).toBe(withinMs);
    }
  });

  it.each(CASES)('$key is silent at what is still allowed', ({ allowed }) => {
    expect(run(createInterlockBank(INTERLOCKS), observation(allowed), 12_000)).toEqual([]);
  });

  it('peaks that no tick saw still count', () => {
    const o = observation({ summary: summary({ peak_stress_MPa: 950 }) });
    expect(run(createInterlockBank(INTERLOCKS), o, 0).map((r) => r.fault.key)).toEqual(['over_stress']);
  });

  it('a drive that is on where it should be off is a mismatch too', () => {
    const o = observation({ state: 'IDLE', status: status({ drive_state: 1 }), summary: null });
    expect(run(createInterlockBank(INTERLOCKS), o, 200).map((r) => r.fault.key)).toEqual(['enable_mismatch']);
  });

  it('a silent line is a lost link and nothing else', () => {
    const o = observation({ replyAgeMs: 300, clockAgeMs: 300 });
    expect(run(createInterlockBank(INTERLOCKS), o, 0).map((r) => r.fault.key)).toEqual(['lost_link']);
  });

  it('a closed port is a lost link with the reason of the port', () => {
    const o = observation({ linkLost: 'device unplugged', replyAgeMs: null, clockAgeMs: null, status: null });
    expect(run(createInterlockBank(INTERLOCKS), o, 0)[0]?.fault.sentence).toContain('device unplugged');
  });
});

describe('the peak force of cells that are cooler than at the beginning of the run', () => {
  const rig = readRig();
  const slope = rig.plausibility.force_percent_per_K / 100;
  const watched = (force_kN: number, hottest_C: number, percentPerK = 100 * slope) => {
    const reference = { force_kN: 10, stroke_mm: 46, loop_J: 130, hottest_C: 48 };
    const o = observation({
      rig: { ...rig, plausibility: { ...rig.plausibility, force_percent_per_K: percentPerK } },
      response: { ...NO_RESPONSE, reference, recent: { ...reference, force_kN, hottest_C } },
    });
    return run(createInterlockBank(INTERLOCKS), o, 0).map(({ fault }) => fault.sentence);
  };

  it('is compared with what it should be at their warmth', () => {
    const expected = 10 * (1 - 10 * slope);
    expect(watched(expected, 38)).toEqual([]);
    expect(watched(expected * 0.921, 38)).toEqual([]);
    expect(watched(expected * 0.919, 38)[0]).toMatch(/with cells as warm as 38 °C it should be 8.95 kN/);
    // the force of the beginning is too much now
    expect(watched(10, 38)).toHaveLength(1);
  });

  it('is compared as it is where the rig file does not say, or no cell is measured', () => {
    expect(watched(9.19, 38, 0)[0]).toMatch(/10 kN at the beginning of this run/);
    expect(watched(9.21, 38, 0)).toEqual([]);
    expect(watched(9.19, Number.NaN)[0]).toMatch(/10 kN at the beginning of this run/);
    expect(watched(9.21, Number.NaN)).toEqual([]);
  });

  it('takes the mean of the cells that are measured', () => {
    const watch = createCycleWatch();
    watch.begin(0);
    const take = (from: number, cell_max_C: number[]) => {
      for (let n = from; n < from + 20; n++) watch.take({ ...summary({ cycle_number: n }), cell_max_C });
    };
    take(1, [46, Number.NaN, 50]);
    expect(watch.view().reference?.hottest_C).toBe(48);
    take(21, [Number.NaN, Number.NaN, Number.NaN]);
    expect(watch.view().recent?.hottest_C).toBeNaN();
  });
});
