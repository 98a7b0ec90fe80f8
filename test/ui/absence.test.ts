/** Stretches without word of the rig are known exactly, whatever the curves show of them. */
import { describe, expect, it } from 'vitest';
import { AbsenceIndex } from '../../ui/store/absence.ts';
import { Telemetry } from '../../ui/store/telemetry.ts';
import { rowFrame } from './frames.ts';

const seen = (index: AbsenceIndex, fromS = 0, toS = 1e6): [number, number][] => {
  const list: [number, number][] = [];
  index.forEachIn(fromS, toS, (from, to) => list.push([from, to]));
  return list;
};

describe('absences', () => {
  it('lie between the last row heard and the next', () => {
    const index = new AbsenceIndex();
    index.heard(10);
    index.open();
    expect(index.openSinceS).toBe(10);
    index.heard(14);
    expect(seen(index)).toEqual([[10, 14]]);
    expect(index.openSinceS).toBeNaN();
  });

  it('are none before anything was heard', () => {
    const index = new AbsenceIndex();
    index.open();
    index.heard(5);
    expect(seen(index)).toEqual([]);
  });

  it('are found where they touch the view', () => {
    const index = new AbsenceIndex();
    for (const timeS of [10, 20, 30]) {
      index.open();
      index.heard(timeS);
      index.heard(timeS + 1);
    }
    expect(seen(index, 12, 19)).toEqual([[11, 20]]);
    expect(seen(index, 20.5, 20.8)).toEqual([]);
  });

  it('do not grow without bound', () => {
    const index = new AbsenceIndex();
    for (let i = 0; i < 10_000; i++) {
      index.open();
      index.heard(i);
    }
    expect(seen(index).length).toBeLessThanOrEqual(2000);
    expect(seen(index).at(-1)).toEqual([9998, 9999]);
  });

  it('come from lost frames, from rows of absence and from silence', () => {
    const telemetry = new Telemetry();
    let sequence = 0;
    const take = (timeS: number, missing = 0, values: Record<string, number> = { link_age_ms: 3 }): void =>
      telemetry.take(
        { frame: rowFrame('tick', sequence++, timeS, values), fromRow: 0, missing, place: 'after' },
        0,
        1,
      );
    take(1);
    take(1.02);
    take(1.1, 3);
    take(1.12);
    take(1.121, 0, {});
    take(1.3);
    take(9);
    expect(seen(telemetry.absences)).toEqual([
      [1.02, 1.1],
      [1.12, 1.3],
      [1.3, 9],
    ]);
  });
});
