import { describe, expect, it } from 'vitest';
import type { Frame } from '../../controller/wire/frame.ts';
import { countCycles } from '../../ui/store/coverage.ts';
import { decimate } from '../../ui/store/decimate.ts';
import { GapRule } from '../../ui/store/gap-rule.ts';
import { PhaseFold } from '../../ui/store/phase-fold.ts';
import { Polyline } from '../../ui/store/polyline.ts';
import { Telemetry, TICK, cycleColumn, tickColumn } from '../../ui/store/telemetry.ts';
import { FIRST_CELL } from '../../ui/store/waveforms.ts';
import { PERIOD_S, rowFrame, waveformFrame } from './frames.ts';

const take = (telemetry: Telemetry, frame: Frame, missing = 0, fromRow = 0) =>
  telemetry.take({ frame, fromRow, missing, place: 'after' }, 0, 1);

const tick = (sequence: number, timeS: number, roomC: number) =>
  rowFrame('tick', sequence, timeS, { room_C: roomC });

function room(telemetry: Telemetry): number[] {
  return Array.from({ length: telemetry.tick.length }, (_, age) => telemetry.tick.value(TICK.room_C, age));
}

describe('ticks', () => {
  it('leave a gap where frames were lost, and none where they follow each other', () => {
    const telemetry = new Telemetry();
    take(telemetry, tick(0, 0, 1));
    take(telemetry, tick(1, 0.02, 2));
    take(telemetry, tick(9, 0.18, 3), 7);
    expect(room(telemetry)).toEqual([1, 2, Number.NaN, 3]);
  });

  it('leave a gap where time passed without readings, though no number is missing', () => {
    const telemetry = new Telemetry();
    for (let i = 0; i < 20; i++) take(telemetry, tick(i, 0.02 * i, 5));
    take(telemetry, tick(20, 4, 6));
    expect(room(telemetry).slice(-2)).toEqual([Number.NaN, 6]);
    expect(room(telemetry).filter(Number.isNaN)).toHaveLength(1);
  });

  it('keep an absent reading absent', () => {
    const telemetry = new Telemetry();
    take(telemetry, tick(0, 0, Number.NaN));
    expect(room(telemetry)).toEqual([Number.NaN]);
    expect(telemetry.latest[tickColumn('room_C')]).toBeNaN();
  });

  it('start anew when the clock of the rig goes back', () => {
    const telemetry = new Telemetry();
    take(telemetry, tick(0, 500, 1));
    take(telemetry, tick(1, 0.1, 2));
    expect(room(telemetry)).toEqual([2]);
  });

  it('start anew inside a merged frame of history, and go on from there', () => {
    const telemetry = new Telemetry();
    const merged: Frame = {
      ...tick(3, 500, 0),
      rows: 4,
      offsetS: Float32Array.of(0, 0.02, -499.9, -499.88),
      columns: tick(3, 0, 0).columns.map(() => Float32Array.of(1, 2, 3, 4)),
    };
    take(telemetry, merged);
    take(telemetry, tick(4, 0.14, 5));
    expect(room(telemetry)).toEqual([3, 4, 5]);
  });

  it('take only the rows of a merged frame that are new', () => {
    const telemetry = new Telemetry();
    const merged: Frame = {
      ...tick(3, 0, 0),
      rows: 3,
      offsetS: Float32Array.of(0, 0.02, 0.04),
      columns: tick(3, 0, 0).columns.map(() => Float32Array.of(1, 2, 3)),
    };
    take(telemetry, merged, 0, 2);
    expect(room(telemetry)).toEqual([3]);
  });

  it('find their columns by name, wherever a newer controller puts them', () => {
    const telemetry = new Telemetry();
    telemetry.configure({
      tick: [{ name: 'new' }, { name: 'room_C' }],
      cycle: [],
      waveform: [],
      model: [],
      picture: [],
      stream: [],
      summary: [],
    });
    take(telemetry, { ...tick(0, 0, 0), columns: [Float32Array.of(99), Float32Array.of(21)] });
    expect(room(telemetry)).toEqual([21]);
    expect(telemetry.tick.value(TICK.outdoor_C, 0)).toBeNaN();
  });
});

describe('whole cycles', () => {
  it('join where their numbers follow each other and break where a cycle was skipped', () => {
    const telemetry = new Telemetry();
    for (const [sequence, cycle] of [10, 11, 14].entries()) {
      take(
        telemetry,
        waveformFrame(sequence, cycle, (bin) => bin),
      );
    }
    const line = new Polyline();
    decimate(telemetry.waveforms.rows, FIRST_CELL, { fromS: 0, toS: 10, bucketS: 1e-4 }, line);
    const breaks = [...line.y.subarray(0, line.length)].flatMap((y, i) => (Number.isNaN(y) ? [i] : []));
    expect(breaks).toEqual([128]);
    expect(line.x[129]).toBeCloseTo(14 * PERIOD_S, 9);
  });

  it('break where the machine rested between two numbers that follow each other', () => {
    const telemetry = new Telemetry();
    take(
      telemetry,
      waveformFrame(0, 10, () => 1),
    );
    take(telemetry, { ...waveformFrame(1, 11, () => 2), startS: 60 });
    const line = new Polyline();
    decimate(telemetry.waveforms.rows, FIRST_CELL, { fromS: 0, toS: 100, bucketS: 0.01 }, line);
    expect([...line.y.subarray(0, line.length)].filter(Number.isNaN)).toHaveLength(1);
  });

  it('are not taken twice', () => {
    const telemetry = new Telemetry();
    take(
      telemetry,
      waveformFrame(0, 10, () => 1),
    );
    take(
      telemetry,
      waveformFrame(1, 10, () => 2),
    );
    expect(telemetry.waveforms.count).toBe(1);
    expect(telemetry.waveforms.value(telemetry.waveforms.recent(0)!, FIRST_CELL, 0)).toBe(1);
  });

  it('are handed back whole, the newest first', () => {
    const telemetry = new Telemetry();
    take(
      telemetry,
      waveformFrame(0, 10, (bin) => bin),
    );
    take(
      telemetry,
      waveformFrame(1, 20, (bin) => 100 + bin),
    );
    const { waveforms } = telemetry;
    expect([waveforms.recent(0)?.number, waveforms.recent(1)?.number, waveforms.recent(2)]).toEqual([
      20,
      10,
      undefined,
    ]);
    expect(waveforms.value(waveforms.recent(0)!, FIRST_CELL, 63)).toBe(163);
    expect(waveforms.value(waveforms.recent(1)!, FIRST_CELL, 63)).toBe(63);
    expect(waveforms.recent(0)?.periodS).toBeCloseTo(PERIOD_S, 6);
  });

  it('are forgotten when their rows are overwritten, not mixed with newer ones', () => {
    const telemetry = new Telemetry();
    for (let i = 0; i < 4200; i++)
      take(
        telemetry,
        waveformFrame(i, 2 * i, () => i),
      );
    const { waveforms } = telemetry;
    let back = 0;
    for (let cycle = waveforms.recent(0); cycle !== undefined; cycle = waveforms.recent(++back)) {
      expect(waveforms.value(cycle, FIRST_CELL, 0)).toBe(cycle.number / 2);
      expect(waveforms.value(cycle, FIRST_CELL, 63)).toBe(cycle.number / 2);
    }
    expect(back).toBeGreaterThan(2000);
  });

  it('are counted: read, all, and so the skipped', () => {
    const telemetry = new Telemetry();
    for (let cycle = 0; cycle < 70; cycle++) {
      const summary = rowFrame(
        'cycle',
        cycle,
        (cycle + 1) * PERIOD_S,
        { cycle_number: cycle, period_ms: 250 },
        cycle,
      );
      take(telemetry, summary);
      if (cycle % 6 === 0)
        take(
          telemetry,
          waveformFrame(cycle, cycle, () => 0),
        );
    }
    expect(countCycles(telemetry, 0, 100)).toEqual({ read: 12, total: 70 });
  });

  it('count cycles that nobody read in either way', () => {
    const telemetry = new Telemetry();
    take(
      telemetry,
      waveformFrame(0, 5, () => 0),
    );
    take(
      telemetry,
      waveformFrame(1, 25, () => 0),
    );
    expect(countCycles(telemetry, 0, 100)).toEqual({ read: 2, total: 21 });
    expect(countCycles(new Telemetry(), 0, 100)).toEqual({ read: 0, total: 0 });
  });
});

describe('cycle summaries', () => {
  it('know their channels by name and refuse a misspelt one', () => {
    const telemetry = new Telemetry();
    take(telemetry, rowFrame('cycle', 0, 1, { cooling_power_W: 812, period_ms: 286 }));
    expect(telemetry.lastCycle(cycleColumn('cooling_power_W'))).toBe(812);
    expect(() => cycleColumn('coolingPower')).toThrow(RangeError);
  });
});

describe('a rig that was restarted', () => {
  it('starts cycles and waveforms anew, too', () => {
    const telemetry = new Telemetry();
    take(telemetry, rowFrame('cycle', 0, 500, { cycle_number: 1750 }));
    take(
      telemetry,
      waveformFrame(0, 2000, () => 1),
    );
    take(telemetry, rowFrame('cycle', 1, 1, { cycle_number: 3 }));
    take(
      telemetry,
      waveformFrame(1, 3, () => 2),
    );
    expect(telemetry.cycle.length).toBe(1);
    expect(telemetry.lastCycle(cycleColumn('cycle_number'))).toBe(3);
    expect([telemetry.waveforms.count, telemetry.waveforms.recent(0)?.number]).toEqual([1, 3]);
  });
});

describe('gap rule', () => {
  it('grows used to a lasting change of pace after one break', () => {
    const rule = new GapRule(3);
    for (let i = 0; i < 50; i++) rule.breaksAt(0.28 * i);
    const breaks = Array.from({ length: 10 }, (_, i) => rule.breaksAt(14 + 3.4 * (i + 1)));
    expect(breaks.filter(Boolean).length).toBeLessThanOrEqual(1);
  });

  it('still sees a gap after a longer one', () => {
    const rule = new GapRule(0.5);
    for (let i = 0; i < 50; i++) rule.breaksAt(0.02 * i);
    expect(rule.breaksAt(100)).toBe(true);
    for (let i = 1; i < 30; i++) expect(rule.breaksAt(100 + 0.02 * i)).toBe(false);
    expect(rule.breaksAt(103)).toBe(true);
  });
});

describe('flow by phase', () => {
  it('rebuilds the cycle from readings that alias in time', () => {
    const fold = new PhaseFold(64);
    const flow = (phase: number) => (phase > 0.1 && phase < 0.5 ? 1 : phase > 0.6 ? -1 : 0);
    for (let i = 0; i < 2000; i++) {
      const phase = (i * 1.4021) % 1;
      fold.add(phase, flow(phase));
    }
    for (const phase of [0.05, 0.3, 0.55, 0.8]) expect(fold.at(phase)).toBe(flow(phase));
  });

  it('says nothing before it has seen most of the cycle', () => {
    const fold = new PhaseFold(64);
    for (let i = 0; i < 20; i++) fold.add(i / 64, 1);
    expect(fold.at(0.1)).toBeNaN();
  });
});
