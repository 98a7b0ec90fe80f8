/** What a slave does with one request: reads or writes its bank and puts the answer into a PDU. */
import { encodeException, encodeReply } from './pdu-reply.ts';
import { encodeIdentification, type IdentificationRequest } from './identification.ts';
import { decodeRequest } from './pdu-request.ts';
import type { ExceptionCode, Request } from './pdu.ts';
import type { RegisterBank } from './register-bank.ts';

/** The reply PDU to a request PDU. */
export function answer(bank: RegisterBank, pdu: Uint8Array): Uint8Array {
  const request = decodeRequest(pdu);
  if (typeof request === 'number') return encodeException(pdu[0], request);
  if (request.fc === 43) return identify(bank, request);
  const outcome = perform(bank, request);
  if (typeof outcome === 'number') return encodeException(request.fc, outcome);
  return encodeReply(request, outcome ?? undefined);
}

function identify(bank: RegisterBank, request: IdentificationRequest): Uint8Array {
  const reply = bank.identification === undefined ? 1 : encodeIdentification(bank.identification, request);
  return typeof reply === 'number' ? encodeException(43, reply) : reply;
}

/** What was read, null where the request only writes, or the exception. */
function perform(
  bank: RegisterBank,
  request: Exclude<Request, { fc: 43 }>,
): Uint16Array | boolean[] | ExceptionCode | null {
  switch (request.fc) {
    case 1:
      return bank.bits?.read('coil', request.address, request.count) ?? 1;
    case 2:
      return bank.bits?.read('discrete', request.address, request.count) ?? 1;
    case 3:
      return bank.read('holding', request.address, request.count);
    case 4:
      return bank.read('input', request.address, request.count);
    case 5:
      return bank.bits ? bank.bits.write(request.address, [request.on]) : 1;
    case 6:
      return bank.write(request.address, Uint16Array.of(request.value));
    case 8:
      return null;
    case 15:
      return bank.bits ? bank.bits.write(request.address, request.bits) : 1;
    case 16:
      return bank.write(request.address, Uint16Array.from(request.words));
    case 22: {
      const old = bank.read('holding', request.address, 1);
      if (typeof old === 'number') return old;
      const value = (old[0] & request.andMask) | (request.orMask & ~request.andMask);
      return bank.write(request.address, Uint16Array.of(value));
    }
    case 23: {
      const refusal = bank.write(request.writeAddress, Uint16Array.from(request.words));
      return refusal ?? bank.read('holding', request.readAddress, request.readCount);
    }
    default:
      return request satisfies never;
  }
}
