/** A reply as bytes and back. `encodeReply` is the slave's half; `replyShape` and `decodeReply` are the master's. */
import { packBits, unpackBits } from './bits.ts';
import type { Reply, Request } from './pdu.ts';
import { encodeRequest, readWords, wordBytes } from './pdu-request.ts';
import { type LengthAt, NEED_MORE, NOT_A_FRAME } from './rtu-framing.ts';

/** What the master knows of a reply before it comes: its first bytes and its exact length in bytes. */
export interface ReplyShape {
  readonly header: Uint8Array;
  readonly length: number;
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
    default:
      return request satisfies never;
  }
}

const counted = (fc: number, byteCount: number): ReplyShape => ({
  header: Uint8Array.of(fc, byteCount),
  length: 2 + byteCount,
});

/** Recognises an RTU frame that answers `request`: the reply, or an exception to the same function. */
export function replyLengthAt(unit: number, request: Request): LengthAt {
  const { header, length } = replyShape(request);
  return (bytes, start, end) => {
    if (bytes[start] !== unit) return NOT_A_FRAME;
    if (end - start < 2) return NEED_MORE;
    if (bytes[start + 1] === (request.fc | 0x80)) return 5;
    const known = Math.min(header.length, end - start - 1);
    for (let i = 0; i < known; i++) if (bytes[start + 1 + i] !== header[i]) return NOT_A_FRAME;
    return known < header.length ? NEED_MORE : length + 3;
  };
}

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
    default:
      return request satisfies never;
  }
}

/** A slave's answer to `request`: `data` are the bits or words that were read; echoes need none. */
export function encodeReply(request: Request, data?: readonly boolean[] | Uint16Array): Uint8Array {
  const { header } = replyShape(request);
  if (data === undefined) return header.slice();
  const bytes = data instanceof Uint16Array ? wordBytes(data) : packBits(data);
  return Uint8Array.from([...header, ...bytes]);
}

export const encodeException = (fc: number, code: number): Uint8Array => Uint8Array.of(fc | 0x80, code);
