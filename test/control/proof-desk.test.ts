/** The walk through the proof tests on the page, beside a supervisor that has the line. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { firstDivergence } from '../../controller/control/decide/journal.ts';
import { createProofDesk } from '../../controller/control/proof/proof-desk.ts';
import { parseProofTests } from '../../controller/control/proof/proof-list.ts';
import type { ProofRecord } from '../../controller/control/proof/proof-store.ts';
import { ServerMessage } from '../../controller/wire/messages.ts';
import type { ProofAsk } from '../../controller/wire/proof.ts';
import { Bench, running } from './bench.ts';
import { readRig } from './observation.ts';

const YAML = readFileSync(new URL('../../fixtures/safety/proof-tests.yaml', import.meta.url), 'utf8');
const NOW = '2026-06-01T12:00:00.000Z';
type Wish = ProofAsk extends infer A ? (A extends ProofAsk ? Omit<A, 'type' | 'id'> : never) : never;

function desk(bench: Bench, stores: (record: ProofRecord) => string | null = () => null) {
  const stored: ProofRecord[] = [];
  let changes = 0;
  const proofs = createProofDesk({
    tests: parseProofTests(YAML),
    rigName: 'Rig',
    device: () => bench.supervisor.device(),
    lend: (writes) => bench.supervisor.lend(writes),
    giveBack: () => bench.supervisor.giveBack(),
    records: () => stored,
    store(record) {
      const problem = stores(record);
      if (problem === null) stored.push(record);
      return Promise.resolve(problem);
    },
    wallTime: () => NOW,
    changed: () => changes++,
  });
  const ask = async (wish: Wish) => {
    const reply = proofs.take({ type: 'proof', id: 1, ...wish }, 'Engineer 2');
    await bench.clock.advance(5);
    return reply;
  };
  return { proofs, stored, ask, changes: () => changes };
}

async function atRest(): Promise<Bench> {
  const bench = new Bench();
  await bench.connect();
  bench.command('CLEAR');
  await bench.until('STOPPED', 500);
  return bench;
}

describe('a test that a person judges', () => {
  it('waits for the person, stores the answer with name, time and device, and goes on', async () => {
    const bench = await atRest();
    const { proofs, stored, ask } = desk(bench);
    await ask({ action: 'begin', tests: ['guard', 'mechanical_stop'], by: 'A. Lee' });
    expect(proofs.message().walk).toMatchObject({
      tests: ['mechanical_stop', 'guard'],
      at: 0,
      phase: 'asks',
    });
    expect(ServerMessage.safeParse(proofs.message()).error).toBeUndefined();
    await ask({ action: 'found', outcome: 'pass', note: 'stands' });
    expect(proofs.message().walk).toMatchObject({ at: 1 });
    await ask({ action: 'skip', note: 'no guard yet' });
    expect(proofs.message()).toMatchObject({
      walk: null,
      sentence: 'The walk is over: 1 pass, 0 fail, 1 skipped.',
    });
    expect(stored).toEqual([
      expect.objectContaining({ id: 'mechanical_stop', outcome: 'pass', note: 'stands', at: NOW }),
      expect.objectContaining({ id: 'guard', outcome: 'skipped', by: 'A. Lee (Engineer 2)' }),
    ]);
    expect(stored[0]?.device).toBe(bench.supervisor.device());
    const [test] = proofs.message().tests.filter(({ id }) => id === 'mechanical_stop');
    expect(test).toMatchObject({ last: { outcome: 'pass' }, intervalDays: expect.any(Number) });
    expect(Date.parse(test?.dueAt ?? '')).toBe(Date.parse(NOW) + (test?.intervalDays ?? 0) * 86_400_000);
  });

  it('leaves the machine to the page meanwhile', async () => {
    const bench = await running();
    const { ask } = desk(bench);
    await ask({ action: 'begin', tests: ['cable'], by: 'A. Lee' });
    expect(bench.state()).toBe('EXECUTE');
    expect(bench.command('STOP').ok).toBe(true);
  });
});

describe('a test that trips the device', () => {
  it('has the heartbeat for itself, so that the watchdog can be seen to trip; nothing starts meanwhile', async () => {
    const bench = await atRest();
    const { proofs, stored, ask } = desk(bench);
    await ask({ action: 'begin', tests: ['watchdog'], by: 'A. Lee' });
    await ask({ action: 'go' });
    expect(proofs.message().walk).toMatchObject({ phase: 'checks' });
    expect(bench.supervisor.stateMessage().refused.RESET).toMatch(/proof test has the device for itself/);
    expect(bench.supervisor.setMode('manual').sentence).toMatch(/proof test/);
    expect(proofs.take({ type: 'proof', id: 2, action: 'leave' }, 'Engineer 2').ok).toBe(false);
    await bench.clock.advance(5000);
    expect(stored).toMatchObject([
      { id: 'watchdog', outcome: 'pass', note: expect.stringMatching(/^Tripped after/) },
    ]);
    // What was tripped on purpose is there to be cleared, as after any trip.
    expect(bench.state()).toBe('ABORTED');
    expect(bench.supervisor.stateMessage().refused.CLEAR).toBeUndefined();
    expect(firstDivergence(readRig(), bench.journal)).toBeNull();
  });

  it('is refused to a machine that is not at rest, and that is a failed test, not a trip', async () => {
    const bench = await running();
    const { stored, ask } = desk(bench);
    await ask({ action: 'begin', tests: ['watchdog'], by: 'A. Lee' });
    await ask({ action: 'go' });
    expect(stored).toMatchObject([
      { outcome: 'fail', note: expect.stringMatching(/in EXECUTE: bring it to/) },
    ]);
    expect(bench.state()).toBe('EXECUTE');
  });
});

describe('refused', () => {
  it('a second walk, an answer where nobody asked, and the wrong judge', async () => {
    const { ask } = desk(await atRest());
    expect((await ask({ action: 'go' })).sentence).toMatch(/nobody is testing/);
    expect((await ask({ action: 'begin', tests: ['nothing'], by: 'A. Lee' })).sentence).toMatch(
      /no such test/,
    );
    await ask({ action: 'begin', tests: ['guard', 'watchdog'], by: 'A. Lee' });
    expect((await ask({ action: 'begin', tests: ['guard'], by: 'B.' })).sentence).toMatch(
      /A\. Lee .* is testing/,
    );
    const second = await ask({ action: 'found', outcome: 'pass', note: '' });
    expect(second.sentence).toMatch(/the program judges/);
  });

  it('without a device there is nothing to test', async () => {
    expect(
      (await desk(new Bench()).ask({ action: 'begin', tests: ['guard'], by: 'A. Lee' })).sentence,
    ).toMatch(/does not answer/);
  });
});

it('ends where nothing can be stored, and says so; what was left is not recorded', async () => {
  const full = desk(await atRest(), () => 'the disk is full');
  await full.ask({ action: 'begin', tests: ['guard', 'mechanical_stop'], by: 'A. Lee' });
  await full.ask({ action: 'found', outcome: 'pass', note: '' });
  expect(full.proofs.message()).toMatchObject({ walk: null, sentence: 'the disk is full' });
  const left = desk(await atRest());
  await left.ask({ action: 'begin', tests: ['guard'], by: 'A. Lee' });
  await left.ask({ action: 'leave' });
  expect(left.proofs.message().walk).toBeNull();
  expect(left.stored).toEqual([]);
});
