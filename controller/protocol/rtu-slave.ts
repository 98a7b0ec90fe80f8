/**
 * A Modbus RTU slave on one port: answers requests to its own address, carries out broadcasts (address 0) without
 * answering, and is silent to everything else.
 */
import type { BytePort, Clock } from './byte-port.ts';
import type { RegisterBank } from './register-bank.ts';
import { FrameScanner, type LengthAt, NEED_MORE, NOT_A_FRAME, pieces, wrapFrame } from './rtu-framing.ts';
import { answer } from './slave-answer.ts';

export interface RtuSlaveOptions {
  /** Slave address, 1 to 247. */
  readonly unit: number;
  /** A frame whose next byte does not come within this time was none, ms. */
  readonly gapMs: number;
}

/** Takes over the port's data listener. */
export class RtuSlave {
  private readonly port: BytePort;
  private readonly clock: Clock;
  private readonly bank: RegisterBank;
  private readonly options: RtuSlaveOptions;
  private readonly scanner = new FrameScanner();
  private readonly lengthAt: LengthAt;
  private cancelGap: () => void = () => {};

  constructor(port: BytePort, clock: Clock, bank: RegisterBank, options: RtuSlaveOptions) {
    this.port = port;
    this.clock = clock;
    this.bank = bank;
    this.options = options;
    this.lengthAt = requestLengthAt(options.unit);
    port.onData((chunk) => this.receive(chunk));
  }

  private receive(chunk: Uint8Array): void {
    for (const piece of pieces(chunk)) {
      this.scanner.push(piece);
      this.serveWholeFrames();
    }
    this.cancelGap();
    if (this.scanner.held > 0)
      this.cancelGap = this.clock.after(this.options.gapMs, () => this.giveUpBeginning());
  }

  private serveWholeFrames(): void {
    for (;;) {
      const frame = this.scanner.next(this.lengthAt);
      if (frame === null) return;
      const reply = answer(this.bank, frame.subarray(1, -2));
      if (frame[0] !== 0) this.port.write(wrapFrame(this.options.unit, reply));
    }
  }

  /** The held bytes looked like the beginning of a frame and were none: look for one behind them. */
  private giveUpBeginning(): void {
    while (this.scanner.held > 0) {
      this.scanner.skipByte();
      this.serveWholeFrames();
    }
  }
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

function requestLengthAt(unit: number): LengthAt {
  return (bytes, start, end) => {
    if (bytes[start] !== unit && bytes[start] !== 0) return NOT_A_FRAME;
    if (end - start < 2) return NEED_MORE;
    const fc = bytes[start + 1];
    const fixed = FIXED_LENGTH[fc];
    if (fixed !== undefined) return fixed;
    const countAt = COUNT_AT[fc];
    if (countAt === undefined) return SHORTEST_FRAME;
    if (start + countAt >= end) return NEED_MORE;
    const length = countAt + 1 + bytes[start + countAt] + 2;
    return length <= 256 ? length : NOT_A_FRAME;
  };
}
