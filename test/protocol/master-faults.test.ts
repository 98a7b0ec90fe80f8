/** The master against a bad line with several slaves: whatever it believes must be true and fresh. */
import { expect, test } from 'vitest';
import { NO_FAULTS } from './faulty-line.ts';
import { BAD_LINE, ECHO, READS, runOverFaults } from './fault-run.ts';

test('believes nothing wrong in 20,000 transactions with three slaves on a bad line', async () => {
  const { lies, ok, okOf, failures, faults } = await runOverFaults({
    seed: 1,
    transactions: 20_000,
    faults: BAD_LINE,
    probes: [ECHO, ECHO, READS],
  });
  expect(lies).toEqual([]);
  expect(ok).toBeGreaterThan(15_000);
  // a third each, within a tenth: none is starved
  for (const each of okOf) expect(each / ok).toBeCloseTo(1 / 3, 1);
  expect(failures['timeout']).toBeGreaterThan(100);
  expect(failures['crc']).toBeGreaterThan(100);
  for (const [fault, count] of Object.entries(faults)) expect(count, fault).toBeGreaterThan(100);
});

test('believes nothing wrong where most replies are late', async () => {
  const { lies, ok } = await runOverFaults({
    seed: 2,
    transactions: 3000,
    faults: { ...BAD_LINE, late: 0.6 },
    probes: [ECHO, ECHO],
  });
  expect(lies).toEqual([]);
  expect(ok).toBeGreaterThan(300);
});

test('one slave that knows no FC08 proves that it is in step by reads of changing length', async () => {
  const { lies, ok } = await runOverFaults({
    seed: 3,
    transactions: 5000,
    faults: BAD_LINE,
    probes: [READS],
  });
  expect(lies).toEqual([]);
  expect(ok).toBeGreaterThan(3000);
});

test.each(['rtu', 'ascii'] as const)('a perfect line loses nothing, %s', async (framing) => {
  const { lies, failures } = await runOverFaults({
    seed: 4,
    transactions: 2000,
    faults: NO_FAULTS,
    probes: [ECHO, READS],
    framing,
  });
  expect(lies).toEqual([]);
  expect(Object.keys(failures)).toEqual(['exception']);
});
