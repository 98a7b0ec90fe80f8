import { expect, test } from 'vitest';
import { pacedPort } from '../../controller/virtual-rig/paced-port.ts';
import { Pace } from '../../controller/virtual-rig/pace.ts';
import { MemoryPort } from '../protocol/faulty-line.ts';
import { VirtualClock } from '../protocol/virtual-clock.ts';

/** A computer that steps at most `mostPerTurnS` a turn of 10 ms. */
function live(pace: Pace, fromMs: number, turns: number, mostPerTurnS: number): number {
  let stepped = 0;
  for (let turn = 1; turn <= turns; turn++) {
    pace.accrue(fromMs + 10 * turn);
    const dtS = Math.min(pace.owedS, mostPerTurnS);
    pace.pay(dtS);
    stepped += dtS;
  }
  return stepped;
}

test('simulated time is wall time times acceleration', () => {
  const pace = new Pace(1, 0);
  expect(live(pace, 0, 300, 1)).toBeCloseTo(3, 9);
  expect(pace.ask(20)).toBe(true);
  expect(live(pace, 3000, 300, 1)).toBeCloseTo(60, 9);
  expect(pace.reported).toBe(20);
});

test('who cannot keep up falls behind, says so, and does not catch up in a burst', () => {
  const pace = new Pace(20, 0);
  expect(live(pace, 0, 300, 0.08)).toBeCloseTo(24, 9);
  expect(pace.reported).toBe(8);
  expect(pace.asked).toBe(20);
  expect(pace.owedS).toBeLessThanOrEqual(2);
  live(pace, 3000, 300, 1);
  expect(pace.reported).toBe(20);
});

test('bytes leave at the speed of the line', async () => {
  const clock = new VirtualClock();
  const sent: { atMs: number; bytes: number }[] = [];
  const inner = new MemoryPort('line', (bytes) => sent.push({ atMs: clock.nowMs(), bytes: bytes.length }));
  const port = pacedPort(inner, clock, 10_000);
  port.write(Uint8Array.from({ length: 100 }, (_, i) => i));
  await clock.advance(50);
  const total = (): number => sent.reduce((sum, { bytes }) => sum + bytes, 0);
  expect(total()).toBeGreaterThanOrEqual(48);
  expect(total()).toBeLessThanOrEqual(50);
  await clock.advance(50);
  expect(total()).toBe(100);
  expect(Uint8Array.from(inner.written.flatMap((bytes) => [...bytes]))).toEqual(
    Uint8Array.from({ length: 100 }, (_, i) => i),
  );
});

test('what the sender cannot hold is lost, not kept', async () => {
  const clock = new VirtualClock();
  let total = 0;
  const port = pacedPort(new MemoryPort('line', (bytes) => (total += bytes.length)), clock, 1_000_000);
  for (let i = 0; i < 100; i++) port.write(new Uint8Array(100));
  await clock.advance(1000);
  expect(total).toBe(4096);
  port.write(new Uint8Array(10));
  await clock.advance(1000);
  expect(total).toBe(4106);
});
