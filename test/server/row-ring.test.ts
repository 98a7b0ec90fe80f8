import { describe, expect, it } from 'vitest';
import { CHANNELS } from '../../controller/wire/channels.ts';
import { encodeFrame } from '../../controller/wire/frame.ts';
import { Hub } from '../../controller/server/hub.ts';
import { RowRing } from '../../controller/server/row-ring.ts';
import { rowFrame } from '../ui/frames.ts';

const ticks = (last: number, rows: number) => {
  const one = rowFrame('tick', last, last, {});
  const offsetS = Float32Array.from({ length: rows }, (_, i) => i / 1000);
  return { ...one, rows, offsetS, columns: one.columns.map(() => new Float32Array(rows)) };
};

describe('rows of one group', () => {
  it('refuses numbers that are kept already or below zero: a page that asks what came after would be told for ever', () => {
    const ring = new RowRing('tick', CHANNELS.tick.length, 100);
    expect(ring.push(ticks(3, 20))).toBe('a tick frame of rows -16 to 3; row -1 is kept already');
    expect(ring.push(ticks(19, 20))).toBeUndefined();
    expect(ring.push(ticks(20, 20))).toBe('a tick frame of rows 1 to 20; row 19 is kept already');
    expect(ring.latest).toBe(19);
    expect(ring.after(19, 10)).toBeUndefined();
  });

  it('numbers every row of a frame from beside the control process', () => {
    const hub = new Hub();
    for (let n = 0; n < 3; n++) hub.publish('tick', encodeFrame(ticks(0, 20)));
    expect(hub.history.latest('tick')).toBe(59);
  });
});
