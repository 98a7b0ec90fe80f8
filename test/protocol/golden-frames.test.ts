/** Frames that manuals print, byte for byte: what we send, and what we make of the answer. */
import { expect, test } from 'vitest';
import { FRAMINGS, type FramingName } from '../../controller/protocol/framings.ts';
import { decodeReply, encodeReply, isAnswer } from '../../controller/protocol/pdu-reply.ts';
import { decodeRequest, encodeRequest } from '../../controller/protocol/pdu-request.ts';
import type { Request } from '../../controller/protocol/pdu.ts';

interface Golden {
  readonly source: string;
  readonly framing: FramingName;
  readonly unit: number;
  readonly transaction?: number;
  readonly request: Request;
  readonly sent: string;
  readonly received: string;
  readonly words?: readonly number[];
}

const ASDA_A = 'Delta ASDA-A user manual (2005), pages 8-9 and 8-10';
const ASDA_B2 = 'Delta ASDA-B2 user manual (2018), page 8-12';
const AT381X = 'Applent AT381x user manual, page 109';
const XARM = 'UFACTORY xArm, Modbus TCP documentation';

const FRAMES: readonly Golden[] = [
  {
    source: ASDA_A,
    framing: 'rtu',
    unit: 1,
    request: { fc: 3, address: 0x0200, count: 2 },
    sent: '01 03 02 00 00 02 C5 B3',
    received: '01 03 04 00 B1 1F 40 A3 D4',
    words: [0x00b1, 0x1f40],
  },
  {
    source: ASDA_A,
    framing: 'ascii',
    unit: 1,
    request: { fc: 3, address: 0x0200, count: 2 },
    sent: ':010302000002F8',
    received: ':01030400B11F40E8',
    words: [0x00b1, 0x1f40],
  },
  {
    source: ASDA_A,
    framing: 'rtu',
    unit: 1,
    request: { fc: 6, address: 0x0200, value: 100 },
    sent: '01 06 02 00 00 64 89 99',
    received: '01 06 02 00 00 64 89 99',
  },
  {
    source: ASDA_A,
    framing: 'ascii',
    unit: 1,
    request: { fc: 6, address: 0x0200, value: 100 },
    sent: ':01060200006493',
    received: ':01060200006493',
  },
  {
    source: ASDA_B2,
    framing: 'rtu',
    unit: 1,
    request: { fc: 16, address: 0x0112, words: [0x0bb8, 0] },
    sent: '01 10 01 12 00 02 04 0B B8 00 00 FC EB',
    received: '01 10 01 12 00 02 E0 31',
  },
  {
    source: ASDA_B2,
    framing: 'ascii',
    unit: 1,
    request: { fc: 16, address: 0x0112, words: [0x0bb8, 0] },
    sent: ':011001120002040BB8000013',
    received: ':011001120002DA',
  },
  {
    source: 'Delta BLD-E1 user manual (2009), page 4-86',
    framing: 'ascii',
    unit: 1,
    request: { fc: 16, address: 0x0500, words: [5000, 4000] },
    sent: ':0110050000020413880FA09A',
    received: ':011005000002E8',
  },
  {
    source: AT381X,
    framing: 'rtu',
    unit: 1,
    request: { fc: 3, address: 0x300c, count: 1 },
    sent: '01 03 30 0C 00 01 4B 09',
    received: '01 03 02 00 01 79 84',
    words: [1],
  },
  {
    source: 'the example of many Modbus primers: registers 40108 to 40110 of slave 17',
    framing: 'rtu',
    unit: 17,
    request: { fc: 3, address: 107, count: 3 },
    sent: '11 03 00 6B 00 03 76 87',
    received: '11 03 06 AE 41 56 52 43 40 49 AD',
    words: [0xae41, 0x5652, 0x4340],
  },
  {
    source: XARM,
    framing: 'tcp',
    unit: 1,
    transaction: 1,
    request: { fc: 3, address: 3, count: 2 },
    sent: '00 01 00 00 00 06 01 03 00 03 00 02',
    received: '00 01 00 00 00 07 01 03 04 00 05 00 06',
    words: [5, 6],
  },
  {
    source: XARM,
    framing: 'tcp',
    unit: 1,
    transaction: 1,
    request: { fc: 16, address: 3, words: [1234, 3456] },
    sent: '00 01 00 00 00 0B 01 10 00 03 00 02 04 04 D2 0D 80',
    received: '00 01 00 00 00 06 01 10 00 03 00 02',
  },
];

/** ASCII frames are printed without their CR LF, the others as hexadecimal bytes. */
const bytesOf = (printed: string): Uint8Array =>
  printed.startsWith(':')
    ? Uint8Array.from(`${printed}\r\n`, (char) => char.charCodeAt(0))
    : Uint8Array.from(printed.split(' '), (byte) => Number.parseInt(byte, 16));

test.each(FRAMES)('$source: $sent', ({ framing, unit, transaction = 0, request, sent, received, words }) => {
  const { wrap, open } = FRAMINGS[framing];
  expect(wrap({ unit, pdu: encodeRequest(request), transaction })).toEqual(bytesOf(sent));
  const asked = open(bytesOf(sent));
  expect(asked).toMatchObject({ unit, transaction });
  expect(decodeRequest(asked?.pdu ?? new Uint8Array())).toMatchObject({ fc: request.fc });

  const answered = open(bytesOf(received));
  if (answered === null) throw new Error('the printed reply does not pass its checksum');
  expect(answered).toMatchObject({ unit, transaction });
  expect(isAnswer(request, answered.pdu)).toBe(true);
  const data = words === undefined ? undefined : Uint16Array.from(words);
  if (data !== undefined) expect(decodeReply(request, answered.pdu)).toEqual({ fc: request.fc, words: data });
  expect(wrap({ unit, pdu: encodeReply(request, data), transaction })).toEqual(bytesOf(received));
});

test.each([
  ['the checksum of another write', '01 10 30 0C 00 01 02 00 01 FA C8'],
  ['a reply where a query should stand', '01 03 30 0D 00 01 79 84'],
])('a misprint does not pass: %s (Applent AT381x, page 109)', (_what, printed) => {
  expect(FRAMINGS.rtu.open(bytesOf(printed))).toBeNull();
});
