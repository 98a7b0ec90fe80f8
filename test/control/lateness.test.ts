import { expect, it } from 'vitest';
import { createLateness } from '../../controller/control/report/lateness.ts';
import { startTicker } from '../../controller/control/ticker.ts';
import { VirtualClock } from '../../controller/league/virtual-clock.ts';

it('keeps quantiles within a bin of the sorted values', () => {
  const lateness = createLateness();
  const values = Array.from({ length: 1000 }, (_, i) => (i * 7919) % 1000).map((i) => i / 50);
  for (const value of values) lateness.add(value);
  const sorted = values.toSorted((a, b) => a - b);
  const summary = lateness.summary();
  expect(summary.p50Ms).toBeCloseTo(sorted[499] ?? 0, 0);
  expect(Math.abs(summary.p99Ms - (sorted[989] ?? 0))).toBeLessThan(0.11);
  expect(summary).toMatchObject({ ticks: 1000, minMs: 0, maxMs: 19.98 });
});

it('is absent before the first tick and keeps what is later than its last bin', () => {
  const lateness = createLateness();
  expect(lateness.summary().maxMs).toBeNaN();
  lateness.add(500);
  expect(lateness.summary()).toMatchObject({ p50Ms: 500, p99Ms: 500, maxMs: 500 });
});

it('a ticker does not drift, leaves out what is past, and ends', async () => {
  const clock = new VirtualClock();
  const lateness = createLateness();
  const startMs = clock.nowMs();
  const atMs: number[] = [];
  const end = startTicker(clock, 20, lateness, () => atMs.push(clock.nowMs() - startMs));
  await clock.advance(40);
  await clock.stall(50);
  await clock.advance(50);
  expect(atMs).toEqual([20, 40, 90, 100, 120, 140]);
  expect(lateness.summary()).toMatchObject({ ticks: 6, skipped: 1, maxMs: 30 });
  end();
  await clock.advance(100);
  expect(atMs).toHaveLength(6);
});
