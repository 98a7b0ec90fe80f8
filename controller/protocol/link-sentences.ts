/** What a link says when a transaction fails; `where` names device and port. */
import { exceptionSentence, FC, type Request } from './pdu.ts';

export const queueFull = (where: string, request: Request, most: number): string =>
  `${describeRequest(request)}: ${most} requests already wait for ${where}; ask less often.`;

export const waitedTooLong = (where: string, request: Request, waitMs: number, why: string): string =>
  `${describeRequest(request)}: not sent to ${where} within ${waitMs} ms: ${why}.`;

export function noReply(where: string, request: Request, timeoutMs: number, bytesSeen: number): string {
  const came = bytesSeen === 0 ? 'no reply' : `${bytesSeen} bytes but no valid reply`;
  return `${describeRequest(request)}: ${came} from ${where} within ${Math.round(timeoutMs)} ms; check power, cable, address and baud rate.`;
}

export const doesNotAnswer = (where: string, request: Request, misses: number, sinceMs: number): string =>
  `${describeRequest(request)}: not sent, because ${where} left ${misses} requests in a row unanswered, the first ${Math.round(sinceMs)} ms ago; check power, cable, address and baud rate. It is probed until it answers.`;

export const probeRefused = (where: string, request: Request, code: number): string =>
  `${describeRequest(request)}: not sent, because ${where} refuses the sync probe (exception ${code}); set the probe to reads of registers it has.`;

export const dropped = (key: string): string =>
  `"${key}" was given up before it was sent, or a newer one took its place.`;

export const deviceRefused = (where: string, request: Request, code: number): string =>
  `${describeRequest(request)}: ${exceptionSentence(code)}, says ${where}.`;

const some = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;

/** A request in words: "read 4 holding registers at 120". */
export function describeRequest(request: Request): string {
  switch (request.fc) {
    case FC.readCoils:
      return `read ${some(request.count, 'coil')} at ${request.address}`;
    case FC.readDiscreteInputs:
      return `read ${some(request.count, 'discrete input')} at ${request.address}`;
    case FC.readHoldingRegisters:
      return `read ${some(request.count, 'holding register')} at ${request.address}`;
    case FC.readInputRegisters:
      return `read ${some(request.count, 'input register')} at ${request.address}`;
    case FC.writeCoil:
      return `switch coil ${request.address} ${request.on ? 'on' : 'off'}`;
    case FC.writeRegister:
      return `write ${request.value} to register ${request.address}`;
    case FC.diagnostics:
      return `echo ${request.data}`;
    case FC.writeCoils:
      return `write ${some(request.bits.length, 'coil')} at ${request.address}`;
    case FC.writeRegisters:
      return `write ${some(request.words.length, 'register')} at ${request.address}`;
    case FC.maskWriteRegister:
      return `mask register ${request.address}`;
    case FC.readWriteRegisters:
      return `write ${some(request.words.length, 'register')} at ${request.writeAddress} and read ${request.readCount} at ${request.readAddress}`;
    case FC.encapsulated:
      return `read identification ${request.category} from object ${request.object}`;
    default:
      return request satisfies never;
  }
}
