import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tablesOf } from '../../controller/wire/channels.ts';
import type { Frame } from '../../controller/wire/frame.ts';
import { Polyline } from '../../ui/store/polyline.ts';
import { PyramidRing } from '../../ui/store/pyramid-ring.ts';
import { tracePyramid } from '../../ui/store/pyramid-trace.ts';
import { StreamStore } from '../../ui/store/stream-store.ts';

const PERIOD_S = 0.001;

/** Rows `from` to `to` of a series in which row i is at i ms. */
function frameOf(values: (row: number) => number, from: number, to: number): Frame {
  const rows = to - from;
  return {
    group: 'stream',
    sequence: to - 1,
    startS: from * PERIOD_S,
    cycle: 0,
    rows,
    offsetS: Float32Array.from({ length: rows }, (_, i) => i * PERIOD_S),
    columns: [Float32Array.from({ length: rows }, (_, i) => values(from + i))],
  };
}

function filled(values: (row: number) => number, rows: number, step = 25, keep = rows): PyramidRing {
  const ring = new PyramidRing(keep, 1);
  for (let at = 0; at < rows; at += step) ring.append(frameOf(values, at, Math.min(rows, at + step)), 0);
  return ring;
}

function trace(ring: PyramidRing, fromS: number, toS: number, pixels: number): Polyline {
  const out = new Polyline();
  tracePyramid(ring, 0, 0, { fromS, toS, bucketS: (toS - fromS) / pixels }, out);
  return out;
}

const noise = (row: number): number => Math.fround((Math.sin(row * 12.9898) * 43758.5453) % 1);

describe('a pyramid', () => {
  it('never hides a peak and draws at most two points a pixel, whatever the window', () => {
    const rows = 40_000;
    const window = fc.tuple(fc.integer({ min: 0, max: rows - 2 }), fc.integer({ min: 0, max: rows - 1 }));
    fc.assert(
      fc.property(window, fc.integer({ min: 1, max: rows - 2 }), ([a, b], peak) => {
        const [from, to] = [Math.min(a, b), Math.max(a, b) + 1];
        const ring = filled((row) => (row === peak ? 99 : noise(row)), rows, 997);
        const line = trace(ring, from * PERIOD_S, to * PERIOD_S, 50);
        // One pixel beyond each edge.
        expect(line.length).toBeLessThanOrEqual(2 * 52);
        if (peak >= from && peak <= to) expect(line.high).toBe(99);
        for (let i = 1; i < line.length; i++) expect(line.x[i]).toBeGreaterThanOrEqual(line.x[i - 1]);
      }),
      { numRuns: 25 },
    );
  });

  it('lifts the pen at one absent row, at every level', () => {
    for (const rows of [1000, 20_000, 200_000]) {
      const gap = Math.floor(rows / 2);
      const ring = filled((row) => (row === gap ? Number.NaN : 1), rows, 4096);
      const line = trace(ring, 0, rows * PERIOD_S, 100);
      const pen = [...line.y.subarray(0, line.length)].findIndex(Number.isNaN);
      expect(pen).toBeGreaterThan(0);
      expect(Math.abs(line.x[pen] - gap * PERIOD_S)).toBeLessThanOrEqual((rows * PERIOD_S) / 100);
    }
  });

  it('is the same whether rows came in order or the past came after the present, in any pieces', () => {
    const rows = 12_000;
    const pieces = fc.integer({ min: 1, max: 1500 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: rows - 1 }), pieces, pieces, (present, ahead, back) => {
        const ring = new PyramidRing(rows, 1);
        for (let at = present; at < rows; at += ahead)
          ring.append(frameOf(noise, at, Math.min(rows, at + ahead)), 0);
        for (let at = present; at > 0; at -= back) ring.prepend(frameOf(noise, Math.max(0, at - back), at));
        expect(ring.length).toBe(rows);
        const inOrder = filled(noise, rows);
        for (const level of [0, 1, 2])
          for (const [first, last] of [[ring.start, ring.end - 1]])
            for (let row = first; row <= last; row += 16 ** (level + 1)) {
              const there = row - ring.start + inOrder.start;
              if (row % 16 ** (level + 1) !== there % 16 ** (level + 1)) continue;
              const at = Math.floor(row / 16 ** (level + 1));
              const same = Math.floor(there / 16 ** (level + 1));
              expect(ring.levels[0][level].low[ring.slot(at, level + 1)]).toBe(
                inOrder.levels[0][level].low[inOrder.slot(same, level + 1)],
              );
            }
        expect(trace(ring, 0, rows * PERIOD_S, 40).high).toBe(trace(inOrder, 0, rows * PERIOD_S, 40).high);
      }),
      { numRuns: 20 },
    );
  });

  it('keeps what it promised when it has gone round, and nothing of the round before shows', () => {
    const keep = 5000;
    const rows = 60_000;
    const ring = filled((row) => (row < rows - 20_000 ? 1000 : noise(row)), rows, 313, keep);
    expect(ring.length).toBeGreaterThanOrEqual(keep);
    expect(trace(ring, 0, rows * PERIOD_S, 3).high).toBeLessThan(2);
    expect(ring.lastTimeS).toBeCloseTo((rows - 1) * PERIOD_S, 6);
  });
});

describe('before the full rate', () => {
  it('the summary is drawn, up to where the stream begins and never back in time', () => {
    const store = new StreamStore();
    const channel = { name: 'x', unit: '', title: 'x' };
    store.configure([channel], tablesOf([channel]).summary);
    const columns = store.summary.columns.length;
    const whole = (frame: Frame) => ({ frame, fromRow: 0, missing: 0, place: 'after' }) as const;
    for (let second = 0; second < 20; second++) {
      const one = { ...frameOf(() => 0, 0, 1), group: 'summary', startS: second } as const;
      const extremes = Array.from({ length: columns }, (_, c) => Float32Array.of(c % 2 === 0 ? -1 : 1));
      store.take(whole({ ...one, columns: extremes }));
    }
    for (let row = 10_300; row < 20_000; row += 50) store.take(whole(frameOf(() => 0.5, row, row + 50)));
    const out = new Polyline();
    store.trace(0, { fromS: 0, toS: 20, bucketS: 0.02 }, out);
    for (let i = 1; i < out.length; i++) expect(out.x[i]).toBeGreaterThanOrEqual(out.x[i - 1]);
    expect(out.x[0]).toBe(0);
    expect([out.low, out.high]).toEqual([-1, 1]);
    expect(out.y[out.length - 1]).toBe(0.5);
  });
});
