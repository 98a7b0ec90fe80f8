import { beforeEach, expect, test } from 'vitest';
import { encodeRequest } from '../../controller/protocol/pdu-request.ts';
import type { ExceptionCode, Request } from '../../controller/protocol/pdu.ts';
import type { RegisterBank } from '../../controller/protocol/register-bank.ts';
import { wrapFrame } from '../../controller/protocol/rtu-framing.ts';
import { startRtuSlave } from '../../controller/protocol/rtu-slave.ts';
import { MemoryPort } from './faulty-line.ts';
import { VirtualClock } from './virtual-clock.ts';

const GAP_MS = 20;
const UNIT = 17;

let clock: VirtualClock;
let port: MemoryPort;
let words: Uint16Array;

/** 100 registers; register 50 refuses with exception 4. */
const bank: RegisterBank = {
  read: (_table, address, count) => (address + count <= 100 ? words.slice(address, address + count) : 2),
  write(address, values): ExceptionCode | null {
    if (address + values.length > 100) return 2;
    if (address === 50) return 4;
    words.set(values, address);
    return null;
  },
};

beforeEach(() => {
  clock = new VirtualClock();
  words = Uint16Array.from({ length: 100 }, (_, i) => 1000 + i);
  port = new MemoryPort('slave', () => {});
  startRtuSlave(port, clock, bank, { unit: UNIT, gapMs: GAP_MS });
});

const frame = (request: Request, unit = UNIT): Uint8Array => wrapFrame(unit, encodeRequest(request));
const reply = (...pdu: number[]): Uint8Array => wrapFrame(UNIT, Uint8Array.from(pdu));
const read: Request = { fc: 3, address: 2, count: 1 };

test('reads, writes, masks, reads and writes, echoes', () => {
  port.deliver(frame(read));
  port.deliver(frame({ fc: 16, address: 4, words: [7, 8] }));
  port.deliver(frame({ fc: 6, address: 6, value: 9 }));
  port.deliver(frame({ fc: 22, address: 6, andMask: 0xfff0, orMask: 0x0003 }));
  port.deliver(frame({ fc: 23, readAddress: 4, readCount: 3, writeAddress: 5, words: [99] }));
  port.deliver(frame({ fc: 8, data: 0x1234 }));
  expect(port.written).toEqual([
    reply(3, 2, 1002 >> 8, 1002 & 255),
    reply(16, 0, 4, 0, 2),
    reply(6, 0, 6, 0, 9),
    reply(22, 0, 6, 0xff, 0xf0, 0, 3),
    reply(23, 6, 0, 7, 0, 99, 0, 3),
    reply(8, 0, 0, 0x12, 0x34),
  ]);
});

test.each<[string, Uint8Array, number, number]>([
  ['an unknown function', wrapFrame(UNIT, Uint8Array.of(17)), 17, 1],
  ['identification, not implemented', wrapFrame(UNIT, Uint8Array.of(43, 14, 1, 0)), 43, 1],
  ['coils where there are none', frame({ fc: 1, address: 0, count: 8 }), 1, 1],
  ['an address outside the bank', frame({ fc: 4, address: 99, count: 2 }), 4, 2],
  ['126 registers', wrapFrame(UNIT, Uint8Array.of(3, 0, 0, 0, 126)), 3, 3],
  ['a coil that is neither on nor off', wrapFrame(UNIT, Uint8Array.of(5, 0, 0, 0x12, 0x34)), 5, 3],
  ['a write that cannot be done now', frame({ fc: 6, address: 50, value: 1 }), 6, 4],
])('%s is refused', (_name, bytes, fc, code) => {
  port.deliver(bytes);
  expect(port.written).toEqual([reply(fc | 0x80, code)]);
});

test('a broadcast is carried out and not answered', () => {
  port.deliver(frame({ fc: 6, address: 1, value: 5 }, 0));
  expect(words[1]).toBe(5);
  expect(port.written).toEqual([]);
});

test('other slaves and damaged frames get no answer and change nothing', () => {
  const write = frame({ fc: 6, address: 1, value: 5 });
  port.deliver(frame({ fc: 6, address: 1, value: 5 }, 18));
  port.deliver(write.map((byte, i) => (i === 5 ? byte ^ 1 : byte)));
  expect(words[1]).toBe(1001);
  expect(port.written).toEqual([]);
});

test('frames byte by byte, back to back, and behind noise', () => {
  for (const byte of frame(read)) port.deliver(Uint8Array.of(byte));
  port.deliver(Uint8Array.from([...frame(read), 0xff, 0x55, ...frame(read)]));
  expect(port.written.length).toBe(3);
});

test('a torn frame hides the next one only until the line pauses', async () => {
  const torn = frame({ fc: 16, address: 0, words: Array.from({ length: 40 }, () => 1) }).slice(0, 20);
  port.deliver(Uint8Array.from([...torn, ...frame(read)]));
  expect(port.written).toEqual([]);
  await clock.advance(GAP_MS + 1);
  expect(port.written.length).toBe(1);
  expect(words[0]).toBe(1000);
});

test('a flood of anything leaves nothing behind', async () => {
  const flood = Uint8Array.from({ length: 100_000 }, (_, i) => [UNIT, 16, 0, 1, 2, 255][i % 6]);
  port.deliver(flood);
  await clock.advance(GAP_MS + 1);
  port.deliver(frame(read));
  expect(port.written.length).toBe(1);
  expect(clock.pending).toBeLessThanOrEqual(1);
});
