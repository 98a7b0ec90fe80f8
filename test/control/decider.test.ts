/** The decisions follow from their inputs alone: what was recorded is decided again, in another process or year. */
import { describe, expect, it } from 'vitest';
import type { Decision } from '../../controller/control/decide/decision.ts';
import { decodeDecision, encodeDecision, firstDivergence } from '../../controller/control/decide/journal.ts';
import { running } from './bench.ts';
import { readRig } from './observation.ts';

const writtenAndRead = (journal: readonly Decision[]): Decision[] =>
  journal.map((decision) => decodeDecision(encodeDecision(decision)));

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
    expect(firstDivergence(readRig(), bench.journal)).toBeNull();
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

  it('names the first decision that differs, where one input was changed', async () => {
    const bench = await running();
    await bench.clock.advance(1000);
    const at = bench.journal.findIndex(
      ({ input }) => input.kind === 'reading' && input.status.cycle_number >= 2,
    );
    const tampered = bench.journal.map((decision, i) => {
      const { input } = decision;
      if (input.kind !== 'reading' || i !== at) return decision;
      return { ...decision, input: { ...input, status: { ...input.status, stress_MPa: 950 } } };
    });
    const divergence = firstDivergence(readRig(), tampered);
    expect(divergence).toMatchObject({ index: at });
    expect(divergence?.recorded).not.toContainEqual(expect.objectContaining({ kind: 'fault' }));
    expect(divergence?.decided).toContainEqual(expect.objectContaining({ kind: 'fault' }));
  });

  it('notices another limit in the rig file', async () => {
    const bench = await running();
    await bench.clock.advance(1000);
    const stricter = { ...readRig(), limits: { ...readRig().limits, stress_MPa: 500 } };
    expect(firstDivergence(stricter, bench.journal)).not.toBeNull();
  });

  it('survives being written as text, readings that are no numbers included', async () => {
    const bench = await running();
    bench.rig.stuck['room_C'] = Number.NaN;
    await bench.clock.advance(500);
    const again = writtenAndRead(bench.journal);
    expect(again).toEqual(bench.journal);
    expect(firstDivergence(readRig(), again)).toBeNull();
  });
});
