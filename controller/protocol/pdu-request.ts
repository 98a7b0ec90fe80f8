/** A request as bytes and back. `encodeRequest` is the master's half, `decodeRequest` the slave's. */
import { packBits, unpackBits } from './bits.ts';
import { type ExceptionCode, type Request, requestProblem } from './pdu.ts';

/** The MEI type of FC43 that Modbus defines for serial devices. */
export const READ_IDENTIFICATION = 14;

/** Bytes of a request for which `requestProblem` is null. */
export function encodeRequest(request: Request): Uint8Array {
  switch (request.fc) {
    case 1:
    case 2:
    case 3:
    case 4:
      return join(request.fc, [request.address, request.count]);
    case 5:
      return join(5, [request.address, request.on ? 0xff00 : 0]);
    case 6:
      return join(6, [request.address, request.value]);
    case 8:
      return join(8, [0, request.data]);
    case 15: {
      const packed = packBits(request.bits);
      return join(15, [request.address, request.bits.length], packed.length, packed);
    }
    case 16:
      return joinWords(16, [request.address, request.words.length], request.words);
    case 22:
      return join(22, [request.address, request.andMask, request.orMask]);
    case 23:
      return joinWords(
        23,
        [request.readAddress, request.readCount, request.writeAddress, request.words.length],
        request.words,
      );
    case 43:
      return Uint8Array.of(43, READ_IDENTIFICATION, request.category, request.object);
    default:
      return request satisfies never;
  }
}

/** The request in a PDU, or the exception code that a slave owes for it. */
export function decodeRequest(pdu: Uint8Array): Request | ExceptionCode {
  const view = new DataView(pdu.buffer, pdu.byteOffset, pdu.byteLength);
  const request = readRequest(pdu, view);
  if (request === null) return 1;
  if (request === undefined || requestProblem(request) !== null) return 3;
  return request;
}

/** null: unknown function; undefined: the lengths contradict each other. */
function readRequest(pdu: Uint8Array, view: DataView): Request | null | undefined {
  const word = (at: number): number => (at + 2 <= pdu.length ? view.getUint16(at) : Number.NaN);
  const fc = pdu[0];
  switch (fc) {
    case 1:
    case 2:
    case 3:
    case 4:
      return pdu.length === 5 ? { fc, address: word(1), count: word(3) } : undefined;
    case 5: {
      const state = word(3);
      if (pdu.length !== 5 || (state !== 0 && state !== 0xff00)) return undefined;
      return { fc, address: word(1), on: state === 0xff00 };
    }
    case 6:
      return pdu.length === 5 ? { fc, address: word(1), value: word(3) } : undefined;
    case 8:
      if (word(1) !== 0) return null;
      return pdu.length === 5 ? { fc, data: word(3) } : undefined;
    case 15: {
      const count = word(3);
      if (pdu.length !== 6 + pdu[5] || pdu[5] !== Math.ceil(count / 8)) return undefined;
      return { fc, address: word(1), bits: unpackBits(pdu.subarray(6), count) };
    }
    case 16:
      if (pdu.length !== 6 + pdu[5] || pdu[5] !== 2 * word(3)) return undefined;
      return { fc, address: word(1), words: readWords(view, 6) };
    case 22:
      if (pdu.length !== 7) return undefined;
      return { fc, address: word(1), andMask: word(3), orMask: word(5) };
    case 23:
      if (pdu.length !== 10 + pdu[9] || pdu[9] !== 2 * word(7)) return undefined;
      return {
        fc,
        readAddress: word(1),
        readCount: word(3),
        writeAddress: word(5),
        words: readWords(view, 10),
      };
    case 43:
      if (pdu[1] !== READ_IDENTIFICATION) return null;
      return pdu.length === 4 ? identificationRequest(pdu[2], pdu[3]) : undefined;
    default:
      return null;
  }
}

function identificationRequest(category: number, object: number): Request | undefined {
  if (category !== 1 && category !== 2 && category !== 3 && category !== 4) return undefined;
  return { fc: 43, category, object };
}

/** The words from byte `at` to the end. */
export function readWords(view: DataView, at: number): Uint16Array {
  return Uint16Array.from({ length: (view.byteLength - at) >> 1 }, (_, i) => view.getUint16(at + 2 * i));
}

/** Words as bytes, high byte first. */
export function wordBytes(words: ArrayLike<number>): Uint8Array {
  const bytes = new Uint8Array(2 * words.length);
  for (let i = 0; i < words.length; i++) {
    bytes[2 * i] = words[i] >> 8;
    bytes[2 * i + 1] = words[i];
  }
  return bytes;
}

function joinWords(fc: number, head: readonly number[], words: ArrayLike<number>): Uint8Array {
  return join(fc, head, 2 * words.length, wordBytes(words));
}

function join(fc: number, head: readonly number[], byteCount?: number, tail?: Uint8Array): Uint8Array {
  const counted = byteCount === undefined ? [] : [byteCount];
  return Uint8Array.from([fc, ...wordBytes(head), ...counted, ...(tail ?? [])]);
}
