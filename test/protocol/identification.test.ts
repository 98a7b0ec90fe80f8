/** The name plate of a device: in one reply, in several, one object alone, and from devices that get it wrong. */
import { expect, test } from 'vitest';
import { decodeReply, encodeException } from '../../controller/protocol/pdu-reply.ts';
import { encodeRequest } from '../../controller/protocol/pdu-request.ts';
import type { Request } from '../../controller/protocol/pdu.ts';
import { readIdentification } from '../../controller/protocol/read-identification.ts';
import type { RegisterBank } from '../../controller/protocol/register-bank.ts';
import { answer } from '../../controller/protocol/slave-answer.ts';
import { ScriptedBus } from './scripted-bus.ts';

const PLATE = new Map([
  [0, 'Elastocool'],
  [1, 'EC-1'],
  [2, 'V2.11'],
  [3, 'u'.repeat(120)],
  [4, 'n'.repeat(120)],
  [5, 'm'.repeat(300)],
  [0x80, 'cells 21; größe µ€'],
]);
const bankWith = (identification?: ReadonlyMap<number, string>): RegisterBank => ({
  read: () => 2,
  write: () => 2,
  ...(identification && { identification }),
});
const pduOf = (request: Request): Uint8Array => answer(bankWith(PLATE), encodeRequest(request));

test('the basic plate as the standard lays it out (1.1b3, section 6.21)', () => {
  const [company, product, revision] = ['Elastocool', 'EC-1', 'V2.11'].map((text) =>
    Array.from(text, (char) => char.charCodeAt(0)),
  );
  expect([...pduOf({ fc: 43, category: 1, object: 0 })]).toEqual(
    // conformity 83h: all categories and single objects; nothing follows; three objects
    [0x2b, 0x0e, 1, 0x83, 0, 0, 3, 0, 10, ...company, 1, 4, ...product, 2, 5, ...revision],
  );
});

test('one object alone, and one that does not exist', () => {
  const request = { fc: 43, category: 4, object: 1 } as const;
  expect(decodeReply(request, pduOf(request))).toMatchObject({
    objects: new Map([[1, 'EC-1']]),
    nextObject: null,
  });
  expect(pduOf({ ...request, object: 99 })).toEqual(encodeException(43, 2));
  expect(answer(bankWith(), encodeRequest(request))).toEqual(encodeException(43, 1));
});

test('no reply is longer than a PDU may be', () => {
  for (const category of [1, 2, 3] as const)
    for (let object = 0; object < 256; object++)
      expect(pduOf({ fc: 43, category, object }).length).toBeLessThanOrEqual(253);
});

test.each(['rtu', 'ascii', 'tcp'] as const)('the whole plate takes several replies, %s', async (framing) => {
  const line = new ScriptedBus({ framing });
  const unit = line.bus.unit(1);
  line.scripts.set(1, (request) => pduOf(request));
  const plate = await line.clock.wait(readIdentification(unit, 3));
  if (!plate.ok) throw new Error(plate.sentence);
  expect([...plate.value.keys()]).toEqual([...PLATE.keys()]);
  expect(plate.value.get(5)).toBe('m'.repeat(244));
  expect(plate.value.get(0x80)).toBe('cells 21; größe µ?');
  expect(line.work(1).length).toBeGreaterThan(2);
});

test('a device that says "more follows" for ever is stopped', async () => {
  const line = new ScriptedBus();
  const unit = line.bus.unit(1);
  line.scripts.set(1, (request) =>
    request.fc === 43 ? Uint8Array.of(43, 14, 1, 1, 0xff, 0, 1, 0, 1, 65) : 1,
  );
  const plate = await line.clock.wait(readIdentification(unit));
  expect(plate).toMatchObject({ ok: false, kind: 'refused' });
  expect(line.work(1).length).toBe(1);
});
