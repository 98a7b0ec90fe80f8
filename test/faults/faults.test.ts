/** Every fault of the list, in memory under a virtual clock, and the table of what followed. */
import { afterAll, describe, expect, it } from 'vitest';
import { tableFoot, tableHead, tableRow } from '../../controller/command/faults/table.ts';
import { trialRigText } from '../../controller/command/faults/trial-rig-file.ts';
import type { Verdict } from '../../controller/command/faults/verdict.ts';
import { firstDivergence } from '../../controller/control/decide/journal.ts';
import type { Decision } from '../../controller/control/decide/decision.ts';
import { INTERLOCKS } from '../../controller/control/safety/limits.ts';
import { FAULTS, RIG_FAULTS } from '../../controller/protocol/faults/index.ts';
import { readRig } from '../control/observation.ts';
import { VirtualClock } from '../../controller/league/virtual-clock.ts';
import { runInMemory } from './memory-trial.ts';
import { RigBench } from './rig-bench.ts';

const verdicts: Verdict[] = [];
const startMs = performance.now();

afterAll(() => {
  const tookS = (performance.now() - startMs) / 1000;
  console.log([tableHead(), ...verdicts.map(tableRow), tableFoot(verdicts, tookS)].join('\n'));
});

describe('every fault ends in its declared state, by its declared cause, at rest', () => {
  it.each(FAULTS)('$name', async (spec) => {
    const { verdict, bench } = await runInMemory(spec);
    verdicts.push(verdict);
    expect(verdict, bench.told.slice(-8).join('\n')).toMatchObject({
      state: spec.state,
      first_out: spec.cause,
      pass: true,
    });
    expect(bench.told.some((sentence) => sentence.includes('undefined'))).toBe(false);
  });
});

describe('the list', () => {
  it('names each fault once, and at least 28 of them', () => {
    const names = FAULTS.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names.length).toBeGreaterThanOrEqual(28);
  });

  it('expects causes that are interlocks', () => {
    const keys = ['none', ...INTERLOCKS.map(({ key }) => key)];
    expect(FAULTS.filter(({ cause }) => !keys.includes(cause))).toEqual([]);
  });

  it('proves every row that looks for more than one bad reading', () => {
    const caused = new Set(FAULTS.map(({ cause }) => cause));
    // The rest: a preparation that fails and an operator who leaves are tested where they belong; so are loop overruns,
    // recipes and the hard-wired stop, and what the host sees of a device that does not see it itself.
    const elsewhere = ['device_emergency_stop', 'device_bad_recipe', 'preparation_failed', 'operator_lost']
      .concat(['loop_overrun', 'over_temperature', 'under_temperature', 'watchdog_tripped'])
      .concat(
        INTERLOCKS.map(({ key }) => key).filter((key) =>
          /^(shadow|manual|proof|twin|device_fault)/.test(key),
        ),
      );
    const unproven = INTERLOCKS.map(({ key }) => key).filter(
      (key) => !caused.has(key) && !elsewhere.includes(key),
    );
    expect(unproven).toEqual([]);
  });

  it('takes amounts only within the bounds that it states', async () => {
    const bench = new RigBench(new VirtualClock(), 1, trialRigText());
    for (const { name, parameter } of RIG_FAULTS) {
      if (parameter === null) expect(bench.rig.inject(name, 1)).toMatch(/takes no amount/);
      else expect(bench.rig.inject(name, parameter.high * 1.01)).toMatch(/allowed is/);
      expect(bench.rig.active()).toEqual([]);
    }
    expect(bench.rig.inject('host-stall')).toMatch(/no fault of the virtual rig/);
    expect(bench.rig.inject('nonsense')).toMatch(/known are drop, /);
  });
});

it('nothing that was decided under a fault depends on more than its inputs', async () => {
  const journal: Decision[] = [];
  const bench = new RigBench(new VirtualClock(), 1, trialRigText());
  bench.onDecision = (decision) => journal.push(structuredClone(decision));
  await bench.run();
  await bench.clock.advance(1000);
  bench.rig.inject('brown-out');
  await bench.clock.advance(1500);
  expect(bench.state()).toBe('ABORTED');
  expect(firstDivergence(readRig(trialRigText()), journal)).toBeNull();
});
