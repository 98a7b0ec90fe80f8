/** Runs on one axis: by start, by a state, by cycles and by the phase of one; and their figures side by side. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Alignment, type Landmarks, align, isAligned, type Wish } from '../../ui/study/align.ts';
import { FigureMaker, figuresCsv } from '../../ui/study/key-figures.ts';

/** Cycles of 2 s from 10 s on, the counter at 41; the third was not read; the fifth is slower. */
const MARKS: Landmarks = {
  fromS: 4,
  toS: 30,
  states: [
    { state: 'IDLE', atS: 4 },
    { state: 'EXECUTE', atS: 9 },
    { state: 'EXECUTE', atS: 25 },
  ],
  cycles: {
    number: Float64Array.of(41, 42, 44, 45),
    endS: Float64Array.of(12, 14, 18, 22),
    periodS: Float64Array.of(2, 2, 2, 4),
  },
};

const WISH: Wish = { kind: 'start', state: 'EXECUTE', cycle: 1, offsetS: 0 };
const aligned = (wish: Partial<Wish>, marks = MARKS): Alignment => {
  const found = align(marks, { ...WISH, ...wish });
  if (!isAligned(found)) throw new Error(found.why);
  return found;
};

describe('alignment', () => {
  it('has zero at the start, or where a state was entered first', () => {
    expect(aligned({}).xOf(4)).toBe(0);
    expect(aligned({ kind: 'state' }).xOf(10)).toBe(1);
    expect(align(MARKS, { ...WISH, kind: 'state', state: 'HOLDING' })).toEqual({ why: 'no state' });
  });

  it('counts cycles of the run, those that were not read too', () => {
    const { xOf } = aligned({ kind: 'cycle' });
    expect([10, 12, 13, 14, 16, 18, 20, 22].map(xOf)).toEqual([1, 2, 2.5, 3, 4, 5, 5.5, 6]);
    expect(xOf(8)).toBe(0);
    expect(xOf(26)).toBe(7);
    const none = { number: new Float64Array(), endS: new Float64Array(), periodS: new Float64Array() };
    expect(align({ ...MARKS, cycles: none }, { ...WISH, kind: 'cycle' })).toEqual({ why: 'no cycles' });
  });

  it('goes on counting where the device began anew', () => {
    const cycles = { ...MARKS.cycles, number: Float64Array.of(41, 42, 1, 2) };
    expect(aligned({ kind: 'cycle' }, { ...MARKS, cycles }).xOf(22)).toBe(5);
  });

  it('folds one cycle of each: its begin is 0 %, its end 100 %', () => {
    const { xOf } = aligned({ kind: 'phase', cycle: 5 });
    expect([18, 20, 22].map(xOf)).toEqual([0, 50, 100]);
    expect(align(MARKS, { ...WISH, kind: 'phase', cycle: 3 })).toEqual({ why: 'no such cycle', last: 5 });
  });

  it('moves a run by hand to later, and leads back from every place', () => {
    expect(aligned({ offsetS: 2 }).xOf(4)).toBe(2);
    const kinds = fc.constantFrom('start', 'state', 'cycle', 'phase');
    const seconds = fc.double({ min: -100, max: 100, noNaN: true });
    fc.assert(
      fc.property(kinds, seconds, seconds, (kind, timeS, offsetS) => {
        const { xOf, timeOf } = aligned({ kind, offsetS });
        expect(timeOf(xOf(timeS))).toBeCloseTo(timeS, 6);
      }),
    );
  });
});

describe('key figures', () => {
  const figuresOf = (cooling_W: number, lift_K = 20) => {
    const maker = new FigureMaker();
    const cycle = (periodMs: number, values: Record<string, number>): void =>
      maker.cycle((name) => ({ period_ms: periodMs, ...values })[name] ?? Number.NaN);
    cycle(1000, {
      cooling_power_W: cooling_W,
      loading_power_W: 90,
      pump_power_W: 10,
      temperature_lift_K: lift_K,
    });
    cycle(3000, { cooling_power_W: 2 * cooling_W, loading_power_W: 190, pump_power_W: 10 });
    return maker.figures(4);
  };

  it('weigh a cycle by how long it was; COP is of the means', () => {
    expect(figuresOf(100)).toEqual({
      duration_s: 4,
      cycles: 2,
      frequency_Hz: 0.5,
      cooling_power_W: 175,
      cop_system: 1,
      temperature_lift_K: 20,
    });
  });

  it('are a table of their own, with the difference to the first', () => {
    const csv = figuresCsv([
      { name: 'A, "new"', figures: figuresOf(100) },
      { name: 'B', figures: figuresOf(200) },
    ]);
    expect(csv).toMatch(/^figure,"A, ""new""",B,B minus first\r\n/);
    expect(csv).toContain('\r\ncooling_power_W,175,350,175\r\n');
    expect(csv).toContain('\r\nheating_power_W,,,\r\n');
  });
});
