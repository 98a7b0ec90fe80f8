/** The life of an alarm as a person sees it: raised, acknowledged, gone, shelved, reset (ISA-18.2). */
import { describe, expect, it } from 'vitest';
import { firstDivergence } from '../../controller/control/decide/journal.ts';
import { type Bench, running } from './bench.ts';
import { readRig } from './observation.ts';

const AT = '2026-11-28T12:00:00.000Z';
const stress = (bench: Bench) => bench.faults().find(({ key }) => key === 'over_stress');

async function stressed(): Promise<Bench> {
  const bench = await running();
  bench.rig.stuck['stress_MPa'] = 2000;
  await bench.until('ABORTED', 3000);
  return bench;
}

describe('an alarm', () => {
  it('is unacknowledged while nobody has said that it is seen; who and when stand beside it', async () => {
    const bench = await stressed();
    expect(stress(bench)).toMatchObject({ isPresent: true, acknowledged: null, firstOut: true });
    expect(bench.supervisor.acknowledge('over_stress', 'Engineer 2', AT)).toMatchObject({
      ok: true,
      sentence: 'Acknowledged: over_stress.',
    });
    expect(stress(bench)).toMatchObject({
      isPresent: true,
      acknowledged: { by: 'Engineer 2', at: AT },
      firstOut: true,
    });
    expect(bench.state()).toBe('ABORTED');
  });

  it('is told within half a second of the reading that it comes from', async () => {
    const bench = await running();
    const beganMs = bench.clock.nowMs();
    bench.rig.stuck['stress_MPa'] = 2000;
    await bench.until('ABORTED', 3000);
    const raised = bench.journal.find(({ outputs }) => outputs.some(({ kind }) => kind === 'fault'));
    // A tick of 20 ms and the line; the page is told in the same turn.
    expect((raised?.input.atMs ?? Number.POSITIVE_INFINITY) - beganMs).toBeLessThan(100);
    expect(bench.states.at(-1)).toBe('ABORTED');
  });

  it('stays when its cause is gone, says so, and leaves only with CLEAR', async () => {
    const bench = await stressed();
    bench.supervisor.acknowledge(null, 'Engineer 2', AT);
    delete bench.rig.stuck['stress_MPa'];
    await bench.clock.advance(500);
    expect(stress(bench)).toMatchObject({ isPresent: false, acknowledged: { by: 'Engineer 2' } });
    bench.command('CLEAR');
    await bench.until('STOPPED', 1000);
    expect(stress(bench)).toBeUndefined();
    expect(firstDivergence(readRig(), bench.journal)).toBeNull();
  });

  it('that comes anew is unacknowledged anew', async () => {
    const bench = await stressed();
    bench.supervisor.acknowledge('over_stress', 'Engineer 2', AT);
    delete bench.rig.stuck['stress_MPa'];
    await bench.clock.advance(500);
    bench.rig.stuck['stress_MPa'] = 2000;
    await bench.clock.advance(500);
    expect(stress(bench)).toMatchObject({ isPresent: true, acknowledged: null });
  });

  it('has its life in the events, each with its key', async () => {
    const bench = await stressed();
    bench.supervisor.acknowledge('over_stress', 'Engineer 2', AT);
    delete bench.rig.stuck['stress_MPa'];
    await bench.clock.advance(500);
    const life = bench.journal
      .flatMap(({ outputs }) => outputs)
      .flatMap((output) => (output.kind === 'say' && output.about?.kind === 'alarm' ? [output.about] : []))
      .filter(({ key }) => key === 'over_stress')
      .map(({ change }) => change);
    expect(life).toEqual(['raised', 'acknowledged', 'gone']);
  });

  it('what is not listed, or known already, cannot be acknowledged', async () => {
    const bench = await stressed();
    expect(bench.supervisor.acknowledge('no_flow', 'Engineer 2', AT).sentence).toMatch(
      /no_flow is not listed/,
    );
    bench.supervisor.acknowledge('over_stress', 'Engineer 2', AT);
    expect(bench.supervisor.acknowledge('over_stress', 'Operator 1', AT).ok).toBe(false);
    expect(stress(bench)?.acknowledged?.by).toBe('Engineer 2');
  });
});
