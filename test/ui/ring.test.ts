import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readAt } from '../../ui/store/read-at.ts';
import { Ring } from '../../ui/store/ring.ts';

const push = (ring: Ring, timeS: number, value: number) => ring.push(timeS, [Float32Array.of(value)], [0], 0);

describe('ring', () => {
  it('keeps the newest rows, oldest first, through any number of wraps', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100 }), (count) => {
        const ring = new Ring(16, 1);
        for (let i = 0; i < count; i++) push(ring, i, 10 * i);
        expect(ring.length).toBe(Math.min(16, count));
        const kept = Array.from({ length: ring.length }, (_, age) => ring.value(0, age));
        expect(kept).toEqual(Array.from({ length: ring.length }, (_, k) => 10 * (count - ring.length + k)));
      }),
    );
  });

  it('finds the first row at or after a time', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        fc.double({ min: -5, max: 70, noNaN: true }),
        (count, timeS) => {
          const ring = new Ring(32, 1);
          for (let i = 0; i < count; i++) push(ring, i, i);
          const age = ring.firstAtOrAfter(timeS);
          const times = Array.from({ length: ring.length }, (_, a) => ring.times[ring.slot(a)]);
          const expected = times.findIndex((t) => t >= timeS);
          expect(age).toBe(expected < 0 ? ring.length : expected);
        },
      ),
    );
  });

  it('reads a channel that the controller does not send as absent', () => {
    const ring = new Ring(4, 2);
    ring.push(0, [Float32Array.of(7)], [0, -1], 0);
    expect([ring.value(0, 0), ring.value(1, 0)]).toEqual([7, Number.NaN]);
  });

  it('refuses a capacity that is not a power of two', () => {
    expect(() => new Ring(12, 1)).toThrow(RangeError);
  });
});

describe('reading a curve under the pointer', () => {
  const ring = new Ring(16, 1);
  push(ring, 1, 10);
  push(ring, 2, 20);
  ring.pushGap(2);
  push(ring, 9, 90);

  it('gives the value in force, and nothing in a gap, before the first or beyond the newest row', () => {
    expect(readAt(ring, 0, 1.5, 5)).toBe(10);
    expect(readAt(ring, 0, 5, 5)).toBeNaN();
    expect(readAt(ring, 0, 9, 5)).toBe(90);
    expect(readAt(ring, 0, 0.5, 5)).toBeNaN();
    expect(readAt(ring, 0, 20, 5)).toBeNaN();
  });
});
