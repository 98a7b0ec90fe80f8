import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Summarizer } from '../../controller/server/summary.ts';
import { decodeFrame, type Frame } from '../../controller/wire/frame.ts';

const frame = (
  group: 'tick' | 'stream',
  startS: number,
  values: readonly number[],
  spacingS: number,
): Frame => ({
  group,
  sequence: 0,
  startS,
  cycle: 0,
  rows: values.length,
  offsetS: Float32Array.from(values, (_, i) => i * spacingS),
  columns: [Float32Array.from(values)],
});

function gathered() {
  const rows: { atS: number; values: number[] }[] = [];
  const summarizer = new Summarizer({ tick: 1, stream: 1 }, (bytes) => {
    const made = decodeFrame(bytes);
    if (typeof made === 'string') throw new Error(made);
    rows.push({ atS: made.startS, values: made.columns.map(([value]) => value) });
  });
  return { rows, summarizer };
}

describe('the summary', () => {
  it('has lowest and highest of each whole second, of both groups, however the frames are cut', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 700 }), (size) => {
        const { rows, summarizer } = gathered();
        const all = Array.from({ length: 4000 }, (_, i) => Math.fround(Math.sin(i)));
        for (let at = 0; at < all.length; at += size) {
          summarizer.take(frame('tick', at / 1000, [at], 0));
          summarizer.take(frame('stream', at / 1000, all.slice(at, at + size), 0.001));
        }
        for (const { atS, values } of rows.slice(1, -1)) {
          const second = all.slice(1000 * atS, 1000 * atS + 1000);
          expect(values[2]).toBeCloseTo(Math.min(...second), 2);
          expect(values[3]).toBeCloseTo(Math.max(...second), 2);
        }
        expect(rows.map(({ atS }) => atS)).toEqual([0, 1, 2]);
      }),
      { numRuns: 20 },
    );
  });

  it('has NaN for what was not heard, and no row for a second in which nothing was', () => {
    const { rows, summarizer } = gathered();
    summarizer.take(frame('tick', 0.1, [1, Number.NaN, 3], 0.1));
    summarizer.take(frame('tick', 7.1, [5], 0));
    summarizer.take(frame('tick', 9.9, [6], 0));
    expect(rows).toEqual([
      { atS: 0, values: [1, 3, Number.NaN, Number.NaN] },
      { atS: 7, values: [5, 5, Number.NaN, Number.NaN] },
    ]);
  });

  it('begins anew where the clock of the rig went back', () => {
    const { rows, summarizer } = gathered();
    summarizer.take(frame('tick', 100.5, [1], 0));
    summarizer.take(frame('tick', 0.5, [2], 0));
    summarizer.take(frame('tick', 1.9, [3], 0));
    expect(rows).toEqual([{ atS: 0, values: [2, 2, Number.NaN, Number.NaN] }]);
  });
});
