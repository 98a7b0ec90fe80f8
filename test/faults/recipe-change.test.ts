/** Another recipe on the whole machine in memory: what a change does to force and flow must not look like a fault. */
import { expect, it } from 'vitest';
import { trialRigText } from '../../controller/command/faults/trial-rig-file.ts';
import { VirtualClock } from '../../controller/league/virtual-clock.ts';
import { RigBench } from './rig-bench.ts';

const raisedAfter = async (change: Record<string, number>): Promise<RigBench & { raised: string[] }> => {
  const raised: string[] = [];
  const bench = Object.assign(
    new RigBench(new VirtualClock(), 1, trialRigText(), { changes: { nodes: '8' } }),
    {
      raised,
    },
  );
  bench.onDecision = ({ outputs }) => {
    for (const output of outputs) if (output.kind === 'fault') raised.push(output.fault.sentence);
  };
  await bench.run();
  // The run's own reference stands after twenty cycles of 0.29 s.
  await bench.clock.advance(8000);
  const reply = bench.supervisor.setRecipe({ ...bench.rigFile.recipe, ...change }, 'Engineer 2');
  expect(reply).toMatchObject({ ok: true });
  await bench.clock.advance(12_000);
  return bench;
};

it.each([
  // A fifth of the force goes: more than any broken tube may take.
  ['less strain', { strain_percent: 3 }],
  // A third of the flow is left: the row for a failed pump allows 0.3 of what is asked for.
  ['less flow', { blow_flow_kg_per_s: 0.05 }],
  ['everything at once', { frequency_Hz: 2, strain_percent: 3, blow_flow_kg_per_s: 0.06, blow_duty: 0.2 }],
])('%s raises nothing and is in effect', async (_, change) => {
  const bench = await raisedAfter(change);
  expect(bench.raised).toEqual([]);
  expect(bench.state()).toBe('EXECUTE');
  const { recipe, recipeProgress } = bench.supervisor.stateMessage();
  expect(recipeProgress).toBeNull();
  expect(recipe.strainPercent).toBe({ ...bench.rigFile.recipe, ...change }.strain_percent);
});
