import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { crc16 } from '../../controller/protocol/crc16.ts';
import { decodeReply, encodeReply, replyShape } from '../../controller/protocol/pdu-reply.ts';
import { decodeRequest, encodeRequest } from '../../controller/protocol/pdu-request.ts';
import { MOST, type Request, requestProblem } from '../../controller/protocol/pdu.ts';
import { wrapFrame } from '../../controller/protocol/rtu-framing.ts';

const hex = (text: string): Uint8Array =>
  Uint8Array.from(text.split(' '), (byte) => Number.parseInt(byte, 16));

describe('known frames', () => {
  test.each<[string, Request, string]>([
    ['read coils', { fc: 1, address: 19, count: 19 }, '01 00 13 00 13'],
    ['read discrete inputs', { fc: 2, address: 196, count: 22 }, '02 00 C4 00 16'],
    ['read holding registers', { fc: 3, address: 107, count: 3 }, '03 00 6B 00 03'],
    ['read input registers', { fc: 4, address: 8, count: 1 }, '04 00 08 00 01'],
    ['write coil', { fc: 5, address: 172, on: true }, '05 00 AC FF 00'],
    ['write register', { fc: 6, address: 1, value: 3 }, '06 00 01 00 03'],
    ['echo', { fc: 8, data: 0xa537 }, '08 00 00 A5 37'],
    [
      'write coils',
      { fc: 15, address: 19, bits: [true, false, true, true, false, false, true, true, true, false] },
      '0F 00 13 00 0A 02 CD 01',
    ],
    ['mask write', { fc: 22, address: 4, andMask: 0xf2, orMask: 0x25 }, '16 00 04 00 F2 00 25'],
    [
      'read and write registers',
      { fc: 23, readAddress: 3, readCount: 6, writeAddress: 14, words: [255, 255, 255] },
      '17 00 03 00 06 00 0E 00 03 06 00 FF 00 FF 00 FF',
    ],
  ])('%s, as in the Modbus application protocol', (_name, request, bytes) => {
    expect(encodeRequest(request)).toEqual(hex(bytes));
  });

  test('the checksum of "123456789" is 4B37', () => {
    expect(crc16(new TextEncoder().encode('123456789'))).toBe(0x4b37);
  });
});

const word = fc.integer({ min: 0, max: 0xffff });
const address = fc.integer({ min: 0, max: 0xffff - 2000 });
const words = (most: number): fc.Arbitrary<number[]> => fc.array(word, { minLength: 1, maxLength: most });
const anyRequest: fc.Arbitrary<Request> = fc.oneof(
  fc.record({
    fc: fc.constantFrom(1 as const, 2 as const),
    address,
    count: fc.integer({ min: 1, max: MOST.bitsRead }),
  }),
  fc.record({
    fc: fc.constantFrom(3 as const, 4 as const),
    address,
    count: fc.integer({ min: 1, max: MOST.wordsRead }),
  }),
  fc.record({ fc: fc.constant(5 as const), address, on: fc.boolean() }),
  fc.record({ fc: fc.constant(6 as const), address, value: word }),
  fc.record({ fc: fc.constant(8 as const), data: word }),
  fc.record({
    fc: fc.constant(15 as const),
    address,
    bits: fc.array(fc.boolean(), { minLength: 1, maxLength: MOST.bitsWritten }),
  }),
  fc.record({ fc: fc.constant(16 as const), address, words: words(MOST.wordsWritten) }),
  fc.record({ fc: fc.constant(22 as const), address, andMask: word, orMask: word }),
  fc.record({
    fc: fc.constant(23 as const),
    readAddress: address,
    readCount: fc.integer({ min: 1, max: MOST.wordsRead }),
    writeAddress: address,
    words: words(MOST.wordsWritten23),
  }),
);

/** Typed arrays as plain ones, so that equal content is equal. */
const plain = (request: Request | number): unknown =>
  typeof request === 'object' && 'words' in request
    ? { ...request, words: Array.from(request.words) }
    : request;

describe('properties', () => {
  test('a request survives the line', () => {
    fc.assert(
      fc.property(anyRequest, (request) => {
        expect(requestProblem(request)).toBeNull();
        expect(plain(decodeRequest(encodeRequest(request)))).toEqual(plain(request));
        expect(wrapFrame(247, encodeRequest(request)).length).toBeLessThanOrEqual(256);
      }),
    );
  });

  test('a reply survives the line and has the announced shape', () => {
    fc.assert(
      fc.property(anyRequest, fc.infiniteStream(word), (request, source) => {
        const data = replyData(request, source);
        const pdu = encodeReply(request, data);
        const { header, length } = replyShape(request);
        expect(pdu.length).toBe(length);
        expect(pdu.subarray(0, header.length)).toEqual(header);
        const reply = decodeReply(request, pdu);
        if ('words' in reply) expect(reply.words).toEqual(data);
        if ('bits' in reply) expect(reply.bits).toEqual(data);
      }),
    );
  });

  test('bytes that are no request become an exception, never a throw', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 253 }), (pdu) => {
        const request = decodeRequest(pdu);
        if (typeof request === 'number') expect([1, 3]).toContain(request);
        else expect(requestProblem(request)).toBeNull();
      }),
    );
  });

  test('1 to 3 flipped bits never pass the checksum', () => {
    const flips = fc.uniqueArray(fc.nat({ max: 8 * 60 - 1 }), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 58, maxLength: 58 }), flips, (pdu, bits) => {
        const frame = wrapFrame(1, pdu.subarray(1));
        for (const bit of bits) frame[bit >> 3] ^= 1 << (bit & 7);
        expect(crc16(frame)).not.toBe(0);
      }),
    );
  });
});

function replyData(request: Request, source: Iterator<number>): Uint16Array | boolean[] | undefined {
  const next = (): number => source.next().value ?? 0;
  if (request.fc === 1 || request.fc === 2)
    return Array.from({ length: request.count }, () => next() % 2 === 1);
  if (request.fc === 3 || request.fc === 4) return Uint16Array.from({ length: request.count }, next);
  if (request.fc === 23) return Uint16Array.from({ length: request.readCount }, next);
  return undefined;
}

describe('a request that cannot be sent says why', () => {
  test.each<[Request, RegExp]>([
    [{ fc: 3, address: 0, count: 126 }, /126 items at address 0.*1 to 125.*split/],
    [{ fc: 3, address: 65_530, count: 10 }, /past 65535/],
    [{ fc: 3, address: -1, count: 1 }, /address -1/],
    [{ fc: 16, address: 0, words: [] }, /0 items/],
    [{ fc: 16, address: 0, words: [1, 65_536] }, /word 1 is 65536/],
    [{ fc: 6, address: 0, value: 1.5 }, /word 0 is 1.5/],
    [{ fc: 4, address: 0, count: Number.NaN }, /NaN/],
  ])('%j', (request, sentence) => {
    expect(requestProblem(request)).toMatch(sentence);
  });
});
