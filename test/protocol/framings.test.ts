/** What the framings make of a line: numbers that match, frames that hide in noise, buffers that stay bounded. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lrc } from '../../controller/protocol/ascii-framing.ts';
import { FrameScanner, pieces } from '../../controller/protocol/frame-scanner.ts';
import type { Frame } from '../../controller/protocol/framing.ts';
import { FRAMINGS } from '../../controller/protocol/framings.ts';
import { honest, read, ScriptedBus, wordsOf } from './scripted-bus.ts';

const charsOf = (text: string): Uint8Array => Uint8Array.from(text, (char) => char.charCodeAt(0));

/** Frames found in a stream that arrives in pieces. */
function framesIn(name: 'ascii' | 'tcp', chunks: readonly Uint8Array[]): Frame[] {
  const { longest, open, ownLength } = FRAMINGS[name];
  const scanner = new FrameScanner(longest, open);
  const found: Frame[] = [];
  for (const chunk of chunks.flatMap((each) => [...pieces(each)])) {
    scanner.push(chunk);
    for (;;) {
      const frame = ownLength === null ? null : scanner.next(ownLength);
      if (frame === null) break;
      found.push(frame);
    }
    expect(scanner.held).toBeLessThanOrEqual(longest);
  }
  return found;
}

const anyPdu = fc.uint8Array({ minLength: 2, maxLength: 253 });

test.each(['ascii', 'tcp'] as const)('%s frames survive the line in any pieces', (name) => {
  const { wrap, isNumbered } = FRAMINGS[name];
  fc.assert(
    fc.property(fc.array(anyPdu, { minLength: 1, maxLength: 4 }), fc.nat(40), (pdus, cut) => {
      const sent = pdus.map((pdu, i) => ({ unit: 7, pdu, transaction: isNumbered ? 60_000 + i : 0 }));
      const line = Uint8Array.from(sent.flatMap((frame) => [...wrap(frame)]));
      const found = framesIn(name, [line.subarray(0, cut), line.subarray(cut)]);
      expect(found).toEqual(sent);
    }),
  );
});

describe('ASCII', () => {
  test('the LRC makes the sum zero', () => {
    expect(lrc(Uint8Array.of(1, 3, 2, 0, 0, 2))).toBe(0xf8);
    expect(lrc(Uint8Array.of(1, 3, 2, 0, 0, 2, 0xf8))).toBe(0);
  });

  test('a frame is found behind garbage, a torn frame and small letters; a wrong LRC is not believed', () => {
    const found = framesIn('ascii', [
      charsOf('\0xyz:0103:0103020000\r\n:010302000002F9\r\n:010302000002f8\r\n:GG\r\n'),
      charsOf(':'.repeat(2000)),
      charsOf(`:${'0'.repeat(2000)}\r\n`),
      charsOf(':01060200006493\r\n'),
    ]);
    expect(found.map(({ pdu }) => pdu[0])).toEqual([3, 6]);
  });

  test('reads and resynchronises like RTU; a slow sender is waited for where that is allowed', async () => {
    const line = new ScriptedBus({ framing: 'ascii', interCharacterMs: 1000 });
    const unit = line.bus.unit(1, { timeoutMs: 50, lateReplyGuardMs: 20 });
    await line.clock.advance(100);
    expect(wordsOf(await line.clock.wait(unit.transact(read(5))))).toEqual([1005, 1006]);
    line.scripts.set(1, ({ fc: asked }) => {
      if (asked === 8) return 1;
      const frame = FRAMINGS.ascii.wrap({ unit: 1, pdu: honest(1, read(6)), transaction: 0 });
      // 19 characters, 20 ms apart: 380 ms, far beyond the time-out of the whole reply
      frame.forEach((char, i) =>
        line.clock.after(20 * (i + 1), () => line.port.deliver(Uint8Array.of(char))),
      );
      return null;
    });
    expect(wordsOf(await line.clock.wait(unit.transact(read(6))))).toEqual([1006, 1007]);
    expect(unit.statistics()).toMatchObject({ resyncs: 0, timeouts: 0, garbled: 0 });
  });
});

describe('TCP', () => {
  const bench = (): ScriptedBus => new ScriptedBus({ framing: 'tcp' });

  test('needs no proof: the number of the transaction matches', async () => {
    const line = bench();
    const unit = line.bus.unit(1, { timeoutMs: 50 });
    expect(wordsOf(await line.clock.wait(unit.transact(read(5))))).toEqual([1005, 1006]);
    expect(line.asked.length).toBe(1);
  });

  test('a late reply of the same shape is dropped, and the next value is the right one at once', async () => {
    const line = bench();
    const unit = line.bus.unit(1, { timeoutMs: 50 });
    line.scripts.set(1, (request) => ('address' in request && request.address === 5 ? 70 : 40));
    expect(await line.clock.wait(unit.transact(read(5)))).toMatchObject({ kind: 'timeout' });
    expect(wordsOf(await line.clock.wait(unit.transact(read(9))))).toEqual([1009, 1010]);
    expect(unit.statistics()).toMatchObject({ state: 'up', resyncs: 0, ok: 1, timeouts: 1 });
    expect(line.bus.statistics().discardedBytes).toBe(13);
  });

  test('a late reply in halves, with nothing asked in between, does not lose the edges of frames', async () => {
    const line = bench();
    const unit = line.bus.unit(1, { timeoutMs: 50 });
    line.scripts.set(1, () => null);
    await line.clock.wait(unit.transact(read(5)));
    const late = FRAMINGS.tcp.wrap({ unit: 1, pdu: honest(1, read(5)), transaction: 1 });
    line.port.deliver(late.slice(0, 7));
    line.scripts.delete(1);
    const next = unit.transact(read(9));
    await line.clock.advance(0.5);
    line.port.deliver(late.slice(7));
    expect(wordsOf(await line.clock.wait(next))).toEqual([1009, 1010]);
  });

  test('one request is in flight for each slave; a silent one holds nobody up', async () => {
    const line = bench();
    const [a, b] = [1, 2].map((address) => line.bus.unit(address, { timeoutMs: 50 }));
    line.scripts.set(1, () => null);
    const lost = [a.transact(read(1)), a.transact(read(2))];
    await line.clock.advance(1);
    expect(wordsOf(await line.clock.wait(b.transact(read(3))))).toEqual([2003, 2004]);
    expect(line.clock.nowMs()).toBeLessThan(5);
    expect(line.work(1).length).toBe(1);
    for (const result of await line.clock.wait(Promise.all(lost)))
      expect(result).toMatchObject({ kind: 'timeout' });
  });

  test('has no broadcast', async () => {
    expect(await bench().bus.broadcast({ fc: 6, address: 1, value: 1 })).toMatchObject({
      kind: 'refused',
      sentence: expect.stringMatching(/Modbus TCP has no broadcast/) as string,
    });
  });
});
