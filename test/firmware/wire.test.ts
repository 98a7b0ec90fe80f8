/** Bytes of the framed contract: the worked examples of PROTOCOL.md are the vectors. */
import { readFileSync } from 'node:fs';
import { crc32 as zlibCrc32 } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cobsDecode, cobsEncode } from '../../controller/protocol/cobs.ts';
import { crc32 } from '../../controller/protocol/crc32.ts';
import {
  encodeMessage,
  FrameSplitter,
  isNewer,
  type Message,
} from '../../controller/protocol/framed-wire.ts';

const hex = (bytes: Uint8Array): string =>
  Buffer.from(bytes)
    .toString('hex')
    .replaceAll(/(..)(?=.)/g, '$1 ');
const bytes = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text.replaceAll(' ', ''), 'hex'));

/** `message: .. ..` and `frame: .. ..` of every example. */
function examples(): { readonly title: string; readonly message: string; readonly frame: string }[] {
  const text = readFileSync(new URL('../../controller/firmware/PROTOCOL.md', import.meta.url), 'utf8');
  const found = [...text.matchAll(/^# (.+)\nmessage: (.+)\nframe: {3}(.+)$/gm)];
  return found.map(([, title = '', message = '', frame = '']) => ({ title, message, frame }));
}

describe('checksum and stuffing', () => {
  test('CRC-32 is that of zlib', () => {
    expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926);
    fc.assert(fc.property(fc.uint8Array({ maxLength: 600 }), (given) => crc32(given) === zlibCrc32(given)));
  });

  // Vectors of the article "Consistent overhead byte stuffing" in Wikipedia, which carries those of the paper.
  test.each([
    ['00', '01 01'],
    ['00 00', '01 01 01'],
    ['00 11 00', '01 02 11 01'],
    ['11 22 00 33', '03 11 22 02 33'],
    ['11 22 33 44', '05 11 22 33 44'],
    ['11 00 00 00', '02 11 01 01 01'],
  ])('COBS of %s is %s', (plain, encoded) => {
    expect(hex(cobsEncode(bytes(plain)))).toBe(encoded);
  });

  test('COBS at the ends of a full group', () => {
    const run = (from: number, to: number) => Uint8Array.from({ length: to - from + 1 }, (_, i) => from + i);
    expect(hex(cobsEncode(run(1, 254)))).toBe(hex(Uint8Array.of(0xff, ...run(1, 254))));
    expect(hex(cobsEncode(Uint8Array.of(0, ...run(1, 254))))).toBe(
      hex(Uint8Array.of(1, 0xff, ...run(1, 254))),
    );
    expect(hex(cobsEncode(run(1, 255)))).toBe(hex(Uint8Array.of(0xff, ...run(1, 254), 2, 0xff)));
    expect(hex(cobsEncode(Uint8Array.of(...run(2, 255), 0)))).toBe(
      hex(Uint8Array.of(0xff, ...run(2, 255), 1, 1)),
    );
  });

  test('COBS gives back what it was given, without a zero, hardly longer', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 1200 }), (given) => {
        const encoded = cobsEncode(given);
        expect(encoded.includes(0)).toBe(false);
        expect(encoded.length).toBeLessThanOrEqual(given.length + Math.floor(given.length / 254) + 1);
        expect(cobsDecode(encoded)).toEqual(given);
      }),
    );
  });

  test('COBS that is cut or made up is refused or other bytes, never a throw', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 600 }), (given) => void cobsDecode(given)));
    expect(cobsDecode(Uint8Array.of(5, 1, 2))).toBeNull();
  });
});

describe('the worked examples', () => {
  test('are there', () => {
    expect(examples().length).toBeGreaterThanOrEqual(8);
  });

  test.each(examples())('$title', ({ message, frame }) => {
    const given = bytes(message);
    const found: Message[] = [];
    new FrameSplitter((one) => found.push(one)).take(bytes(frame));
    expect(found).toHaveLength(1);
    const [one] = found;
    if (one === undefined) return;
    expect(hex(encodeMessage(one))).toBe(frame);
    expect(
      hex(Uint8Array.of(one.type, one.session, one.sequence & 0xff, one.sequence >> 8, ...one.body)),
    ).toBe(hex(given));
  });
});

describe('a splitter', () => {
  const message: Message = { type: 5, session: 9, sequence: 300, body: Uint8Array.of(0, 1, 0, 2) };

  test('finds frames in any pieces and after any noise, and counts what is none', () => {
    const frame = encodeMessage(message);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), fc.nat({ max: frame.length }), (noise, cut) => {
        const found: Message[] = [];
        const splitter = new FrameSplitter((one) => found.push(one));
        splitter.take(noise);
        splitter.take(frame.subarray(0, cut));
        splitter.take(frame.subarray(cut));
        expect(found).toEqual([message]);
        expect(splitter.damaged > 0).toBe(noise.some((byte) => byte !== 0));
      }),
    );
  });

  test('holds no more than the longest frame', () => {
    const splitter = new FrameSplitter(() => expect.unreachable());
    for (let i = 0; i < 100; i++) splitter.take(new Uint8Array(1000).fill(7));
    splitter.take(Uint8Array.of(0));
    expect(splitter.damaged).toBe(1);
  });
});

test('sequence numbers go round', () => {
  expect(isNewer(1, 0xffff)).toBe(true);
  expect(isNewer(0xffff, 1)).toBe(false);
  expect(isNewer(7, 7)).toBe(false);
});
