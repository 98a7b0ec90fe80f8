import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Band, decimate, decimateBand, type View } from '../../ui/store/decimate.ts';
import { Polyline } from '../../ui/store/polyline.ts';
import { Ring } from '../../ui/store/ring.ts';

function filled(values: readonly number[], spacingS: number): Ring {
  const ring = new Ring(1024, 1);
  values.forEach((value, i) => ring.push(i * spacingS, [Float32Array.of(value)], [0], 0));
  return ring;
}

function trace(ring: Ring, view: View): Polyline {
  const out = new Polyline();
  decimate(ring, 0, view, out);
  return out;
}

const drawn = (line: Polyline): number[] => [...line.y.subarray(0, line.length)];
const finite = fc.float({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 });
const series = fc.array(finite, { minLength: 1, maxLength: 1500 });
const bucket = fc.double({ min: 0.005, max: 3, noNaN: true });

describe('decimation', () => {
  it('never hides a peak: lowest and highest sample of the view are drawn', () => {
    fc.assert(
      fc.property(series, bucket, (values, bucketS) => {
        const ring = filled(values, 0.02);
        const line = trace(ring, { fromS: -1, toS: 1e6, bucketS });
        const kept = values.slice(-ring.length).map(Math.fround);
        expect(Math.max(...drawn(line))).toBe(Math.max(...kept));
        expect(Math.min(...drawn(line))).toBe(Math.min(...kept));
        expect([line.low, line.high]).toEqual([Math.min(...kept), Math.max(...kept)]);
      }),
    );
  });

  it('draws at most two points a pixel column, in order of time', () => {
    fc.assert(
      fc.property(series, bucket, (values, bucketS) => {
        const line = trace(filled(values, 0.02), { fromS: -1, toS: 1e6, bucketS });
        const counts = new Map<number, number>();
        for (let i = 0; i < line.length; i++) {
          const column = Math.floor(line.x[i] / bucketS);
          counts.set(column, (counts.get(column) ?? 0) + 1);
          if (i > 0) expect(line.x[i]).toBeGreaterThan(line.x[i - 1]);
        }
        expect(Math.max(...counts.values())).toBeLessThanOrEqual(2);
      }),
    );
  });

  it('passes sparse samples through at their own times', () => {
    const line = trace(filled([3, 1, 2], 1), { fromS: -1, toS: 10, bucketS: 0.01 });
    expect([...line.x.subarray(0, line.length)]).toEqual([0, 1, 2]);
    expect(drawn(line)).toEqual([3, 1, 2]);
  });

  it('lifts the pen at every absence, however many samples share its pixel column', () => {
    fc.assert(
      fc.property(
        fc.array(fc.option(finite, { nil: Number.NaN, freq: 4 }), { minLength: 3, maxLength: 400 }),
        bucket,
        (values, bucketS) => {
          const spacingS = 0.02;
          const line = trace(filled(values, spacingS), { fromS: -1, toS: 1e6, bucketS });
          const column = (timeS: number) => Math.floor(timeS / bucketS);
          for (let i = 1; i < line.length; i++) {
            if (Number.isNaN(line.y[i]) || Number.isNaN(line.y[i - 1])) continue;
            if (column(line.x[i]) === column(line.x[i - 1])) continue;
            const from = Math.round(line.x[i - 1] / spacingS);
            const to = Math.round(line.x[i] / spacingS);
            expect(values.slice(from, to + 1).some(Number.isNaN)).toBe(false);
          }
        },
      ),
    );
  });

  it('runs one sample over each edge of the view and no further', () => {
    const line = trace(filled([0, 1, 2, 3, 4, 5], 1), { fromS: 1.5, toS: 3.5, bucketS: 0.01 });
    expect(drawn(line)).toEqual([1, 2, 3, 4]);
  });

  it('draws nothing where nothing is known', () => {
    expect(trace(new Ring(8, 1), { fromS: 0, toS: 1, bucketS: 0.1 }).length).toBe(0);
    expect(trace(filled([Number.NaN, Number.NaN], 1), { fromS: 0, toS: 9, bucketS: 0.1 }).length).toBe(0);
  });
});

describe('band of whole cycles', () => {
  const ringOf = (rows: readonly (readonly [endS: number, low: number, high: number])[]): Ring => {
    const ring = new Ring(64, 3);
    for (const [endS, low, high] of rows) {
      ring.push(endS, [Float32Array.of(low), Float32Array.of(high), Float32Array.of(1)], [0, 1, 2], 0);
    }
    return ring;
  };
  const band = (ring: Ring, bucketS: number): number[][] => {
    const out = new Band();
    decimateBand(ring, 0, 1, 2, { fromS: 0, toS: 100, bucketS }, out);
    return Array.from({ length: out.length }, (_, i) => [out.x0[i], out.x1[i], out.low[i], out.high[i]]);
  };

  it('covers each cycle from start to end and leaves a skipped one blank', () => {
    const rows = band(
      ringOf([
        [1, 10, 20],
        [3, 11, 22],
      ]),
      0.01,
    );
    expect(rows).toEqual([
      [0, 1, 10, 20],
      [2, 3, 11, 22],
    ]);
  });

  it('merges cycles narrower than a pixel column without losing an extreme', () => {
    const rows = band(
      ringOf([
        [1, 10, 20],
        [2, 5, 21],
        [3, 11, 40],
      ]),
      10,
    );
    expect(rows).toEqual([[0, 3, 5, 40]]);
  });

  it('leaves out a cycle with an absent extreme', () => {
    expect(
      band(
        ringOf([
          [1, Number.NaN, 20],
          [2, 5, Number.NaN],
        ]),
        0.01,
      ),
    ).toEqual([]);
  });
});
