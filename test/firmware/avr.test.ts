/** The C firmware on a simulated ATmega328P: every instruction of the compiled program, at the pace of its crystal. */
import { fileURLToPath } from 'node:url';
import { AvrBoard } from './avr-board.ts';
import type { Bench } from './bench.ts';
import { conformance } from './conformance.ts';

const HEX = fileURLToPath(new URL('../../fixtures/firmware/atmega328p.hex', import.meta.url));

async function avrBench(): Promise<Bench> {
  const board = new AvrBoard(HEX);
  return {
    clock: board,
    open: async () => board.open(),
    run: (promise) => board.run(promise),
    sleepMs: (ms) => board.sleepMs(ms),
    end: async () => {},
  };
}

conformance('C on an ATmega328P', avrBench);
