/** The other half of a monitor: it says nothing while nothing is wrong. */
import { expect, it } from 'vitest';
import { trialRigText } from '../../controller/command/faults/trial-rig-file.ts';
import { VirtualClock } from '../../controller/league/virtual-clock.ts';
import { type Physics, RigBench } from './rig-bench.ts';

/** Every fault that was raised in so many minutes of the machine, with its sentence. */
async function alarms(minutes: number, physics: Physics): Promise<{ raised: string[]; bench: RigBench }> {
  const bench = new RigBench(new VirtualClock(), 1, trialRigText(), physics);
  const raised: string[] = [];
  bench.onDecision = ({ outputs }) => {
    for (const output of outputs) if (output.kind === 'fault') raised.push(output.fault.sentence);
  };
  await bench.run();
  await bench.clock.advance((60_000 * minutes) / (physics.acceleration ?? 1));
  return { raised, bench };
}

it('a minute of the machine as it is shipped raises nothing', async () => {
  const { raised, bench } = await alarms(1, {});
  expect(raised).toEqual([]);
  expect(bench.rig.firmware.cyclesCompleted).toBeGreaterThan(200);
});

// Fewer nodes change the physics by some per cent and the time of this test by five.
it('an hour raises nothing: the pull-down of the house, then the thermostat, twenty times accelerated', async () => {
  const { raised, bench } = await alarms(60, { acceleration: 20, changes: { nodes: '8' } });
  expect(raised).toEqual([]);
  expect(bench.rig.firmware.cyclesCompleted).toBeGreaterThan(5000);
  expect(bench.states.filter((state) => state === 'SUSPENDED').length).toBeGreaterThan(10);
}, 120_000);
