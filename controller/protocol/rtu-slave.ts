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

/** Serves `bank` on `port` from now on; takes over the port's data listener. */
export function startRtuSlave(
  port: BytePort,
  clock: Clock,
  bank: RegisterBank,
  { unit, gapMs }: RtuSlaveOptions,
): void {
  const scanner = new FrameScanner();
  const lengthAt = requestLengthAt(unit);
  let cancelGap: () => void = () => {};

  function serveWholeFrames(): void {
    for (;;) {
      const frame = scanner.next(lengthAt);
      if (frame === null) return;
      const reply = answer(bank, frame.subarray(1, -2));
      if (frame[0] !== 0) port.write(wrapFrame(unit, reply));
    }
  }

  /** The held bytes looked like the beginning of a frame and were none: look for one behind them. */
  function giveUpBeginning(): void {
    while (scanner.held > 0) {
      scanner.skipByte();
      serveWholeFrames();
    }
  }

  port.onData((chunk) => {
    for (const piece of pieces(chunk)) {
      scanner.push(piece);
      serveWholeFrames();
    }
    cancelGap();
    if (scanner.held > 0) cancelGap = clock.after(gapMs, giveUpBeginning);
  });
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
