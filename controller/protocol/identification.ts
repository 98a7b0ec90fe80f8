/**
 * The reply to "read device identification" (FC43, MEI type 14; Modbus Application Protocol 1.1b3, section 6.21):
 * 2B 0E, category, conformity, more follows (00 or FF), next object, count, then per object: number, length, text.
 */
import type { ExceptionCode, IdentificationCategory } from './pdu.ts';
import { NEED_MORE } from './frame-scanner.ts';

/** Bytes before the first object. */
const HEAD = 7;
const LONGEST_PDU = 253;
const LONGEST_TEXT = LONGEST_PDU - HEAD - 2;
/** Highest object number of a category. */
const LAST_OBJECT: Readonly<Record<IdentificationCategory, number>> = { 1: 0x02, 2: 0x7f, 3: 0xff, 4: 0xff };
/** Added to the conformity of a device that also gives single objects. */
const SINGLE_OBJECTS = 0x80;

export interface IdentificationRequest {
  readonly category: IdentificationCategory;
  readonly object: number;
}

/** The slave's reply PDU, or the exception: 2 where a single object does not exist. Texts are cut at 244 characters. */
export function encodeIdentification(
  objects: ReadonlyMap<number, string>,
  { category, object }: IdentificationRequest,
): Uint8Array | ExceptionCode {
  const all = [...objects].toSorted(([a], [b]) => a - b);
  if (category === 4) {
    const single = all.find(([id]) => id === object);
    return single === undefined ? 2 : reply(category, conformity(all), [single], 0);
  }
  const ofCategory = all.filter(([id]) => id <= LAST_OBJECT[category]);
  // the standard: an object that does not exist starts the list from its beginning
  const start = ofCategory.findIndex(([id]) => id === object);
  const wanted = ofCategory.slice(Math.max(0, start));
  const fitting = howManyFit(wanted);
  return reply(category, conformity(all), wanted.slice(0, fitting), wanted[fitting]?.[0] ?? 0);
}

type Objects = readonly (readonly [number, string])[];

function conformity(all: Objects): number {
  const highest = all.at(-1)?.[0] ?? 0;
  return SINGLE_OBJECTS | (highest > LAST_OBJECT[2] ? 3 : highest > LAST_OBJECT[1] ? 2 : 1);
}

function howManyFit(objects: Objects): number {
  let bytes = HEAD;
  const tooMany = objects.findIndex(([, text]) => (bytes += 2 + latin1(text).length) > LONGEST_PDU);
  return tooMany < 0 ? objects.length : tooMany;
}

function reply(category: number, conforms: number, objects: Objects, next: number): Uint8Array {
  const body = objects.flatMap(([id, text]) => {
    const bytes = latin1(text);
    return [id, bytes.length, ...bytes];
  });
  const more = next === 0 ? 0 : 0xff;
  return Uint8Array.from([43, 14, category, conforms, more, next, objects.length, ...body]);
}

const latin1 = (text: string): number[] =>
  Array.from(text.slice(0, LONGEST_TEXT), (char) => {
    const code = char.codePointAt(0) ?? 0;
    return code > 0xff ? 0x3f : code;
  });

/** Length of the reply PDU that starts at `start`, or NEED_MORE while it cannot be told. */
export function identificationLength(bytes: Uint8Array, start: number, end: number): number {
  if (end - start < HEAD) return NEED_MORE;
  let at = start + HEAD;
  for (let left = bytes[start + HEAD - 1]; left > 0; left--) {
    if (at + 2 > end) return NEED_MORE;
    at += 2 + bytes[at + 1];
    if (at - start > LONGEST_PDU) break;
  }
  return at - start;
}

/** What a whole reply PDU says. */
export function decodeIdentification(pdu: Uint8Array): {
  readonly nextObject: number | null;
  readonly objects: ReadonlyMap<number, string>;
} {
  const objects = new Map<number, string>();
  let at = HEAD;
  for (let left = pdu[HEAD - 1]; left > 0; left--) {
    const end = at + 2 + pdu[at + 1];
    objects.set(pdu[at], String.fromCodePoint(...pdu.subarray(at + 2, end)));
    at = end;
  }
  return { nextObject: pdu[4] === 0xff ? pdu[5] : null, objects };
}
