/**
 * ASCII frames (Modbus over Serial Line 1.02, section 2.5.2): a colon, address, PDU and LRC as pairs of hexadecimal
 * digits, carriage return, line feed; 9 to 513 characters. The LRC is the two's complement of the sum of the bytes.
 */
import { type LengthAt, NEED_MORE, NOT_A_FRAME } from './frame-scanner.ts';
import type { Framing } from './framing.ts';

const COLON = 0x3a;
const CR = 0x0d;
const LF = 0x0a;
const LONGEST_FRAME = 513;

/** What makes the sum of all bytes 0, modulo 256. */
export function lrc(bytes: Uint8Array): number {
  let sum = 0;
  for (const byte of bytes) sum += byte;
  return -sum & 0xff;
}

const lengthAt: LengthAt = (bytes, start, end) => {
  if (bytes[start] !== COLON) return NOT_A_FRAME;
  const last = Math.min(end, start + LONGEST_FRAME);
  for (let at = start + 1; at < last; at++) {
    if (bytes[at] === LF) return bytes[at - 1] === CR ? at + 1 - start : NOT_A_FRAME;
    if (bytes[at] !== CR && digit(bytes[at]) < 0) return NOT_A_FRAME;
  }
  return last - start === LONGEST_FRAME ? NOT_A_FRAME : NEED_MORE;
};

export const asciiFraming: Framing = {
  isNumbered: false,
  longest: LONGEST_FRAME,
  wrap({ unit, pdu }) {
    const bytes = Uint8Array.of(unit, ...pdu);
    const text = Array.from([...bytes, lrc(bytes)], (byte) => byte.toString(16).padStart(2, '0')).join('');
    return Uint8Array.from(`:${text.toUpperCase()}\r\n`, (char) => char.charCodeAt(0));
  },
  open(frame) {
    const bytes = fromHex(frame.subarray(1, -2));
    if (bytes === null || bytes.length < 3 || lrc(bytes) !== 0) return null;
    return { unit: bytes[0], pdu: bytes.slice(1, -1), transaction: 0 };
  },
  ownLength: lengthAt,
};

function fromHex(text: Uint8Array): Uint8Array | null {
  if (text.length % 2 !== 0) return null;
  const bytes = new Uint8Array(text.length / 2);
  for (let i = 0; i < bytes.length; i++) {
    const [high, low] = [digit(text[2 * i]), digit(text[2 * i + 1])];
    if (high < 0 || low < 0) return null;
    bytes[i] = 16 * high + low;
  }
  return bytes;
}

/** Value of a hexadecimal digit, or -1. Small letters are read too: some devices send them. */
function digit(char: number): number {
  if (char >= 0x30 && char <= 0x39) return char - 0x30;
  const letter = char | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x61 + 10 : -1;
}
