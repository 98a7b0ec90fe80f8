/**
 * Modbus slaves behind one port: each answers requests to its own address and carries out broadcasts (address 0)
 * without answering; what is for others is passed over in silence.
 */
import { type FramingName, FRAMINGS } from './framings.ts';
import type { BytePort, Clock } from './byte-port.ts';
import { FrameScanner, pieces } from './frame-scanner.ts';
import type { Frame } from './framing.ts';
import type { RegisterBank } from './register-bank.ts';
import { rtuRequestLengthAt } from './rtu-framing.ts';
import { answer } from './slave-answer.ts';

export interface ModbusSlavesOptions {
  readonly framing: FramingName;
  /** A frame whose next byte does not come within this time was none, ms. */
  readonly gapMs: number;
}

/** Serves each bank under its address, 1 to 247, from now on; takes over the port's data listener. */
export function startModbusSlaves(
  port: BytePort,
  clock: Clock,
  banks: ReadonlyMap<number, RegisterBank>,
  { framing, gapMs }: ModbusSlavesOptions,
): void {
  const { longest, open, wrap, ownLength, isNumbered } = FRAMINGS[framing];
  const scanner = new FrameScanner(longest, open);
  const lengthAt = ownLength ?? rtuRequestLengthAt((unit) => banks.has(unit) || unit === 0);
  let cancelGap: () => void = () => {};

  function serve({ unit, pdu, transaction }: Frame): void {
    // TCP has no broadcast: there, 0 is one more address
    if (unit === 0 && !isNumbered) return banks.forEach((bank) => void answer(bank, pdu));
    const bank = banks.get(unit);
    if (bank !== undefined) port.write(wrap({ unit, pdu: answer(bank, pdu), transaction }));
  }

  function serveWholeFrames(): void {
    for (let frame = scanner.next(lengthAt); frame !== null; frame = scanner.next(lengthAt)) serve(frame);
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
