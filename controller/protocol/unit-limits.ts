/** What one slave, or all of them together, may be asked: a sentence where a request goes beyond it, else null. */
import { describeRequest } from './link-sentences.ts';
import type { Request } from './pdu.ts';
import type { UnitState } from './unit-state.ts';

/** The slave's own limits; those of the protocol are in `requestProblem`. */
export function unitProblem({ where, options }: UnitState, request: Request): string | null {
  const { fc } = request;
  const read = fc === 3 || fc === 4 ? request.count : fc === 23 ? request.readCount : 0;
  const written = fc === 16 || fc === 23 ? request.words.length : 0;
  const sentence = (given: number, verb: string, most: number, key: string): string =>
    `${describeRequest(request)}: ${where} ${verb} at most ${most} registers in one request (${key}), ${given} were asked for; split it.`;
  if (read > options.maxRead) return sentence(read, 'gives', options.maxRead, 'maxRead');
  if (written > options.maxWrite) return sentence(written, 'takes', options.maxWrite, 'maxWrite');
  return null;
}

const BROADCAST = [5, 6, 15, 16];

export function broadcastProblem(request: Request, isNumbered: boolean): string | null {
  if (isNumbered) return `${describeRequest(request)}: Modbus TCP has no broadcast; write to each device.`;
  if (BROADCAST.includes(request.fc)) return null;
  return `${describeRequest(request)}: nobody answers a broadcast, so that only writes (FC 5, 6, 15, 16) can be sent to all.`;
}
