/**
 * RTU frames on a line that may carry anything: address, PDU, CRC low byte first, 4 to 256 bytes. Frames are found by
 * expected length and checksum, never by silence, because USB adapters and TCP move silences about.
 */
import { crc16 } from './crc16.ts';
import { type LengthAt, NEED_MORE, NOT_A_FRAME } from './frame-scanner.ts';
import type { Framing } from './framing.ts';
import type { Request } from './pdu.ts';
import { replyLength } from './pdu-reply.ts';

const LONGEST_FRAME = 256;
/** Address and checksum around a PDU. */
const AROUND = 3;

/** Address and PDU with their checksum. */
export function wrapFrame(unit: number, pdu: Uint8Array): Uint8Array {
  const frame = new Uint8Array(pdu.length + AROUND);
  frame[0] = unit;
  frame.set(pdu, 1);
  const crc = crc16(frame, 0, pdu.length + 1);
  frame[pdu.length + 1] = crc & 0xff;
  frame[pdu.length + 2] = crc >> 8;
  return frame;
}

export const rtuFraming: Framing = {
  isNumbered: false,
  longest: LONGEST_FRAME,
  wrap: ({ unit, pdu }) => wrapFrame(unit, pdu),
  open(bytes) {
    const at = bytes.length - 2;
    if (crc16(bytes, 0, at) !== (bytes[at] | (bytes[at + 1] << 8))) return null;
    return { unit: bytes[0], pdu: bytes.slice(1, at), transaction: 0 };
  },
  ownLength: null,
};

/** Recognises a frame of slave `unit` that answers `request`. */
export function rtuReplyLengthAt(unit: number, request: Request): LengthAt {
  return (bytes, start, end) => {
    if (bytes[start] !== unit) return NOT_A_FRAME;
    const length = replyLength(request, bytes, start + 1, end);
    return length > 0 ? atMost(length + AROUND) : length;
  };
}

/** Frame lengths of requests without and with a byte count, by function. */
const FIXED_LENGTH: Readonly<Record<number, number>> = {
  1: 8,
  2: 8,
  3: 8,
  4: 8,
  5: 8,
  6: 8,
  8: 8,
  22: 10,
  43: 7,
};
const COUNT_AT: Readonly<Record<number, number>> = { 15: 6, 16: 6, 23: 10 };
/** An unknown function is answered with exception 1 when it comes as the shortest frame. */
const SHORTEST_FRAME = 4;

/** Recognises a frame that asks one of the slaves for which `serves` holds. */
export function rtuRequestLengthAt(serves: (unit: number) => boolean): LengthAt {
  return (bytes, start, end) => {
    if (!serves(bytes[start])) return NOT_A_FRAME;
    if (end - start < 2) return NEED_MORE;
    const fc = bytes[start + 1];
    const fixed = FIXED_LENGTH[fc];
    if (fixed !== undefined) return fixed;
    const countAt = COUNT_AT[fc];
    if (countAt === undefined) return SHORTEST_FRAME;
    if (start + countAt >= end) return NEED_MORE;
    return atMost(countAt + 1 + bytes[start + countAt] + 2);
  };
}

const atMost = (length: number): number => (length <= LONGEST_FRAME ? length : NOT_A_FRAME);
