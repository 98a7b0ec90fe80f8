/** A reply as bytes and back. `encodeReply` is the slave's half; `replyShape` and `decodeReply` are the master's. */
import { packBits, unpackBits } from './bits.ts';
import type { Reply, Request } from './pdu.ts';
import { encodeRequest, READ_IDENTIFICATION, readWords, wordBytes } from './pdu-request.ts';
import { NEED_MORE, NOT_A_FRAME } from './frame-scanner.ts';
import { decodeIdentification, identificationLength } from './identification.ts';

/** What the master knows of a reply before it comes: its first bytes and its length in bytes, null where it varies. */
export interface ReplyShape {
  readonly header: Uint8Array;
  readonly length: number | null;
}

/** The shape of the normal reply to `request`; the only other one is an exception, `fc | 0x80` and a code. */
export function replyShape(request: Request): ReplyShape {
  switch (request.fc) {
    case 1:
    case 2:
      return counted(request.fc, Math.ceil(request.count / 8));
    case 3:
    case 4:
      return counted(request.fc, 2 * request.count);
    case 23:
      return counted(23, 2 * request.readCount);
    case 5:
    case 6:
    case 8:
    case 15:
    case 16:
    case 22: {
      const echo = encodeRequest(request);
      const header = request.fc === 15 || request.fc === 16 ? echo.subarray(0, 5) : echo;
      return { header, length: header.length };
    }
    case 43:
      return { header: Uint8Array.of(43, READ_IDENTIFICATION, request.category), length: null };
    default:
      return request satisfies never;
  }
}

const counted = (fc: number, byteCount: number): ReplyShape => ({
  header: Uint8Array.of(fc, byteCount),
  length: 2 + byteCount,
});

/**
 * Length in bytes of the PDU at `start` if it answers `request`: the reply, or an exception to the same function.
 * NOT_A_FRAME where it does not, NEED_MORE while that cannot be told.
 */
export function replyLength(request: Request, bytes: Uint8Array, start: number, end: number): number {
  if (start >= end) return NEED_MORE;
  if (bytes[start] === (request.fc | 0x80)) return 2;
  const { header, length } = replyShape(request);
  const known = Math.min(header.length, end - start);
  for (let i = 0; i < known; i++) if (bytes[start + i] !== header[i]) return NOT_A_FRAME;
  if (known < header.length) return NEED_MORE;
  return length ?? identificationLength(bytes, start, end);
}

/** A whole PDU that answers `request`. */
export const isAnswer = (request: Request, pdu: Uint8Array): boolean =>
  replyLength(request, pdu, 0, pdu.length) === pdu.length;

/** The reply in a PDU that has the shape of a reply to `request`. */
export function decodeReply(request: Request, pdu: Uint8Array): Reply {
  switch (request.fc) {
    case 1:
    case 2:
      return { fc: request.fc, bits: unpackBits(pdu.subarray(2), request.count) };
    case 3:
    case 4:
    case 23: {
      const view = new DataView(pdu.buffer, pdu.byteOffset, pdu.byteLength);
      return { fc: request.fc, words: readWords(view, 2) };
    }
    case 5:
    case 6:
    case 8:
    case 15:
    case 16:
    case 22:
      return { fc: request.fc };
    case 43:
      return { fc: 43, ...decodeIdentification(pdu) };
    default:
      return request satisfies never;
  }
}

/** A slave's answer to any `request` but FC43: `data` are the bits or words that were read; echoes need none. */
export function encodeReply(request: Request, data?: readonly boolean[] | Uint16Array): Uint8Array {
  const { header } = replyShape(request);
  if (data === undefined) return header.slice();
  const bytes = data instanceof Uint16Array ? wordBytes(data) : packBits(data);
  return Uint8Array.from([...header, ...bytes]);
}

export const encodeException = (fc: number, code: number): Uint8Array => Uint8Array.of(fc | 0x80, code);
