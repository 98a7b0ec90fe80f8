/** The decisions follow from their inputs alone: what was recorded is decided again, in another process or year. */
import { describe, expect, it } from 'vitest';
import { Decider } from '../../controller/control/decide/decider.ts';
import type { Decision } from '../../controller/control/decide/decision.ts';
import { running } from './bench.ts';
import { readRig } from './observation.ts';

function decideAgain(journal: readonly Decision[]): Decision[] {
  const decider = new Decider(readRig());
  return journal.map(({ input }) => ({ input, outputs: decider.take(input) }));
}

describe('the journal', () => {
  it('decides again what was decided: a run, a loss of the link, a recovery', async () => {
    const bench = await running();
    await bench.clock.advance(3000);
    bench.rig.isMute = true;
    await bench.until('ABORTED', 5000);
    bench.rig.isMute = false;
    await bench.clock.advance(3000);
    bench.command('CLEAR');
    await bench.clock.advance(500);
    expect(bench.state()).toBe('STOPPED');
    expect(bench.journal.length).toBeGreaterThan(300);
    expect(decideAgain(bench.journal)).toEqual(bench.journal);
  });

  it('has every transition, fault and command in it', async () => {
    const bench = await running();
    bench.rig.stuck['stress_MPa'] = 2000;
    await bench.until('ABORTED', 3000);
    const outputs = bench.journal.flatMap((decision) => decision.outputs);
    const states = outputs.flatMap((output) => (output.kind === 'state' ? [output.state] : []));
    expect(states).toEqual([
      'CLEARING',
      'STOPPED',
      'RESETTING',
      'IDLE',
      'STARTING',
      'EXECUTE',
      'ABORTING',
      'ABORTED',
    ]);
    expect(outputs.find((output) => output.kind === 'fault')).toMatchObject({
      fault: { key: 'over_stress', firstOut: true },
    });
    expect(
      bench.journal
        .filter(({ input }) => input.kind === 'command')
        .map(({ outputs: [...all] }) => all.at(-1)),
    ).toEqual(Array.from({ length: 3 }, () => expect.objectContaining({ kind: 'reply', ok: true })));
  });

  it('shows a change of one input: the outputs differ', async () => {
    const bench = await running();
    await bench.clock.advance(1000);
    const tampered = bench.journal.map((decision) => {
      const { input } = decision;
      if (input.kind !== 'reading' || input.status.cycle_number < 2) return decision;
      return { ...decision, input: { ...input, status: { ...input.status, stress_MPa: 950 } } };
    });
    const again = decideAgain(tampered);
    expect(again.map(({ outputs }) => outputs)).not.toEqual(bench.journal.map(({ outputs }) => outputs));
  });

  it('holds only plain values: it survives being written as text', async () => {
    const bench = await running();
    await bench.clock.advance(500);
    expect(JSON.parse(JSON.stringify(bench.journal))).toEqual(bench.journal);
  });
});
