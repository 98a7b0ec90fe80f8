/**
 * Frames of Modbus TCP (Modbus Messaging on TCP/IP 1.0b, section 3.1.3): number of the transaction, protocol 0, count
 * of the bytes that follow, unit, PDU; 8 to 260 bytes, no checksum of its own.
 */
import { type LengthAt, NEED_MORE, NOT_A_FRAME } from './frame-scanner.ts';
import type { Framing } from './framing.ts';

/** Bytes before the unit. */
const HEAD = 6;
const LONGEST_FRAME = 260;

const lengthAt: LengthAt = (bytes, start, end) => {
  if (end - start < HEAD) return NEED_MORE;
  const count = (bytes[start + 4] << 8) | bytes[start + 5];
  if (bytes[start + 2] !== 0 || bytes[start + 3] !== 0) return NOT_A_FRAME;
  return count < 2 || HEAD + count > LONGEST_FRAME ? NOT_A_FRAME : HEAD + count;
};

export const tcpFraming: Framing = {
  isNumbered: true,
  longest: LONGEST_FRAME,
  wrap({ unit, pdu, transaction }) {
    const frame = new Uint8Array(HEAD + 1 + pdu.length);
    const view = new DataView(frame.buffer);
    view.setUint16(0, transaction);
    view.setUint16(4, pdu.length + 1);
    frame[HEAD] = unit;
    frame.set(pdu, HEAD + 1);
    return frame;
  },
  open: (bytes) => ({
    unit: bytes[HEAD],
    pdu: bytes.slice(HEAD + 1),
    transaction: (bytes[0] << 8) | bytes[1],
  }),
  ownLength: lengthAt,
};
