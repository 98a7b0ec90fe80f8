/** A bus whose slaves are scripted by the test, on a virtual clock: what was asked when, and what comes back. */
import type { ModbusBusOptions } from '../../controller/protocol/bus-options.ts';
import { FrameScanner } from '../../controller/protocol/frame-scanner.ts';
import { type FramingName, FRAMINGS } from '../../controller/protocol/framings.ts';
import { ModbusBus } from '../../controller/protocol/modbus-bus.ts';
import { encodeReply } from '../../controller/protocol/pdu-reply.ts';
import { decodeRequest } from '../../controller/protocol/pdu-request.ts';
import type { Request } from '../../controller/protocol/pdu.ts';
import { rtuRequestLengthAt } from '../../controller/protocol/rtu-framing.ts';
import type { TransactResult } from '../../controller/protocol/transaction.ts';
import { MemoryPort } from './faulty-line.ts';
import { VirtualClock } from './virtual-clock.ts';

export interface Asked {
  readonly unit: number;
  readonly request: Request;
  readonly atMs: number;
}

/** The reply PDU, or null for silence; or a delay in ms before the honest reply. */
export type Script = (request: Request) => Uint8Array | number | null;

/** Words that count up from 1000 times the slave's address plus the register's. */
export function honest(unit: number, request: Request): Uint8Array {
  const from = request.fc === 23 ? request.readAddress : 'address' in request ? request.address : 0;
  const count = request.fc === 23 ? request.readCount : 'count' in request ? request.count : 0;
  const words = Uint16Array.from({ length: count }, (_, i) => 1000 * unit + from + i);
  return encodeReply(request, count > 0 ? words : undefined);
}

export const wordsOf = (result: TransactResult): number[] =>
  result.ok && 'words' in result.value ? [...result.value.words] : [];
export const read = (address: number, count = 2): Request => ({ fc: 4, address, count });

/** How long a reply takes, ms. */
const ANSWER_MS = 1;

export class ScriptedBus {
  readonly clock = new VirtualClock();
  readonly asked: Asked[] = [];
  /** By address; an address without a script answers honestly. */
  readonly scripts = new Map<number, Script>();
  readonly port: MemoryPort;
  readonly bus: ModbusBus;
  private readonly framing: FramingName;

  constructor(options: Partial<ModbusBusOptions> = {}) {
    this.framing = options.framing ?? 'rtu';
    const { longest, open, ownLength } = FRAMINGS[this.framing];
    const scanner = new FrameScanner(longest, open);
    this.port = new MemoryPort('/dev/bus', (bytes) => {
      scanner.push(bytes);
      const frame = scanner.next(ownLength ?? rtuRequestLengthAt(() => true));
      if (frame === null) throw new Error('the master sent something that is no frame');
      const request = decodeRequest(frame.pdu);
      if (typeof request === 'number') throw new Error('the master sent an impossible request');
      this.asked.push({ unit: frame.unit, request, atMs: this.clock.nowMs() });
      if (frame.unit !== 0) this.answer(frame.unit, request, frame.transaction);
    });
    this.bus = new ModbusBus(this.port, this.clock, options);
  }

  /** What was asked of a slave, probes apart. */
  work(unit: number): Asked[] {
    return this.asked.filter((each) => each.unit === unit && each.request.fc !== 8);
  }

  probes(unit: number): Asked[] {
    return this.asked.filter((each) => each.unit === unit && each.request.fc === 8);
  }

  /** Puts a reply on the line after `delayMs`, wanted or not. */
  say(delayMs: number, unit: number, pdu: Uint8Array, transaction = 0): void {
    const bytes = FRAMINGS[this.framing].wrap({ unit, pdu, transaction });
    this.clock.after(delayMs, () => this.port.deliver(bytes));
  }

  private answer(unit: number, request: Request, transaction: number): void {
    const said = this.scripts.get(unit)?.(request) ?? (this.scripts.has(unit) ? null : ANSWER_MS);
    if (said === null) return;
    if (typeof said === 'number') this.say(said, unit, honest(unit, request), transaction);
    else this.say(ANSWER_MS, unit, said, transaction);
  }
}
