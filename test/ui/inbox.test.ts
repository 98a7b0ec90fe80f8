import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CHANNELS, groupRecord } from '../../controller/wire/channels.ts';
import { encodeFrame } from '../../controller/wire/frame.ts';
import { Inbox } from '../../ui/store/inbox.ts';
import type { Ordered } from '../../ui/store/sequencer.ts';
import { rowFrame } from './frames.ts';

const HELLO = JSON.stringify({
  type: 'hello',
  wire: 1,
  version: '0.1.0',
  rig: {
    name: 'rig',
    port: 'tcp',
    virtual: true,
    limits: { stressMPa: 1, pressureBar: 1, temperatureHighC: 1, temperatureLowC: 0, dataAgeMs: 200 },
    smaMassG: 100,
    manual: false,
    bypassable: [],
    mostBypassMinutes: 30,
  },
  channels: CHANNELS,
});

function open() {
  const taken: Ordered[] = [];
  const complaints: string[] = [];
  const types: string[] = [];
  const muddles: string[] = [];
  const inbox = new Inbox({
    message: (message) => types.push(message.type),
    frame: (ordered) => taken.push(ordered),
    unreadable: (sentence) => complaints.push(sentence),
    muddled: (sentence) => muddles.push(sentence),
  });
  const connect = () => {
    inbox.opened();
    inbox.text(HELLO);
    return inbox.askHistory();
  };
  const tick = (sequence: number) =>
    inbox.binary(encodeFrame(rowFrame('tick', sequence, sequence * 0.02, {})));
  const merged = (last: number, rows: number) => {
    const one = rowFrame('tick', last, (last - rows + 1) * 0.02, {});
    const offsetS = Float32Array.from({ length: rows }, (_, i) => 0.02 * i);
    inbox.binary(
      encodeFrame({ ...one, rows, offsetS, columns: one.columns.map(() => new Float32Array(rows)) }),
    );
  };
  return { inbox, taken, complaints, types, connect, tick, merged, muddles };
}

describe('inbox', () => {
  it('asks for everything first, and after a reconnect for what came since', () => {
    const page = open();
    expect(page.connect()).toEqual(groupRecord(() => -1));
    page.tick(4);
    page.tick(5);
    expect(page.connect()).toEqual({ ...groupRecord(() => -1), tick: 5 });
  });

  it('shows every row once, however history and live frames overlap', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 1, max: 20 })), {
          maxLength: 30,
        }),
        (frames) => {
          const page = open();
          page.connect();
          for (const [last, rows] of frames) page.merged(last + rows, rows);
          const shown = page.taken.flatMap(({ frame, fromRow }) =>
            Array.from(
              { length: frame.rows - fromRow },
              (_, i) => frame.sequence - frame.rows + 1 + fromRow + i,
            ),
          );
          expect(new Set(shown).size).toBe(shown.length);
          expect(shown).toEqual(shown.toSorted((a, b) => a - b));
        },
      ),
    );
  });

  it('tells how many frames are missing', () => {
    const page = open();
    page.connect();
    page.tick(10);
    page.tick(11);
    page.tick(15);
    expect(page.taken.map(({ missing }) => missing)).toEqual([0, 0, 3]);
  });

  it('starts anew when the server counts anew, and loses nothing of the new run', () => {
    const page = open();
    page.connect();
    page.tick(500);
    page.connect();
    page.tick(0);
    page.tick(1);
    expect(page.taken.map(({ frame }) => frame.sequence)).toEqual([500, 0, 1]);
  });

  it('does not stand still for ever after a torn number that is far too high', () => {
    const page = open();
    page.connect();
    page.tick(3);
    page.tick(0x80_00_00_04);
    for (let n = 5; n < 40; n++) page.tick(n);
    expect(page.muddles).toEqual(['25 tick frames in a row had numbers that were seen before']);
    page.inbox.forget();
    expect(page.connect().tick).toBe(-1);
    page.tick(40);
    expect(page.taken.at(-1)?.frame.sequence).toBe(40);
  });

  it('asks anew where the greeting was torn and everything else arrives', () => {
    const page = open();
    page.inbox.opened();
    page.inbox.text(HELLO.slice(5));
    for (let n = 0; n < 30; n++) page.inbox.text('{"type":"you","person":{"role":"viewer","session":"1"}}');
    expect(page.muddles).toEqual(['the controller speaks and its greeting never came']);
  });

  it('counts a torn frame and reads the next one', () => {
    const page = open();
    page.connect();
    page.inbox.binary(encodeFrame(rowFrame('tick', 1, 0, {})).subarray(0, 40));
    page.tick(2);
    expect(page.complaints).toHaveLength(1);
    expect(page.taken).toHaveLength(1);
  });

  it('counts a frame that does not fit the channel table', () => {
    const page = open();
    page.connect();
    const frame = rowFrame('tick', 1, 0, {});
    page.inbox.binary(encodeFrame({ ...frame, columns: frame.columns.slice(1) }));
    expect(page.complaints[0]).toContain('columns');
    expect(page.taken).toHaveLength(0);
  });

  it('survives any bytes and any text', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.string(), fc.jsonValue(), (bytes, text, json) => {
        const page = open();
        page.connect();
        page.inbox.binary(bytes);
        page.inbox.text(text);
        page.inbox.text(JSON.stringify(json));
        page.tick(1);
        expect(page.taken.at(-1)?.frame.sequence).toBe(1);
      }),
    );
  });

  it('says so when the controller speaks another version, and reads no frames then', () => {
    const page = open();
    page.inbox.opened();
    page.inbox.text(JSON.stringify({ ...JSON.parse(HELLO), wire: 2 }));
    page.tick(1);
    expect(page.complaints[0]).toContain('wire version 2');
    expect(page.taken).toHaveLength(0);
  });
});
