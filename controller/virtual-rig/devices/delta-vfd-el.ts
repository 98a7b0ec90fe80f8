/**
 * Delta VFD-EL drive in front of a pump, from its user manual (2ELE V1.02, August 2008, 4-84 to 4-97): command 2000H,
 * frequency 2001H, status from 2100H on; Pr.09.03, the time-out, is shipped at 0.0 (disabled). It ramps by itself.
 */
import { DeadMan } from './dead-man.ts';
import type { MakeSimulator } from './simulator.ts';
import { type Cell, sparseBank } from './sparse-bank.ts';

const COMMAND = 0x2000;
const FREQUENCY = 0x2001;
const RESET = 0x2002;
const TREATMENT = 0x0902;
const TIMEOUT = 0x0903;
const FIRST_STATUS = 0x2100;
const MOST_HZ = 60;
/** "cE10" on the keypad. */
const TIME_OUT_FAULT = 54;
/** Pr.01.09, acceleration, and Pr.01.10, deceleration, as shipped: 10 s for the whole range. */
const HZ_PER_MS = MOST_HZ / 10_000;

export const deltaVfdEl: MakeSimulator = ({ plant, clock }) => {
  let isRunning = false;
  let isReverse = false;
  let wantedHz = 0;
  let fault = 0;
  let treatment = 0;
  let timeout = 0;
  let outputHz = 0;
  let atMs = clock.nowMs();
  const deadMan = new DeadMan(clock, () => {
    if (treatment === 3) return;
    fault = TIME_OUT_FAULT;
    if (treatment > 0) isRunning = false;
  });

  function advance(): void {
    const nowMs = clock.nowMs();
    const target = isRunning ? wantedHz : 0;
    const step = (nowMs - atMs) * HZ_PER_MS;
    outputHz += Math.max(-step, Math.min(step, target - outputHz));
    atMs = nowMs;
    plant.set('frequency_Hz', isReverse ? -outputHz : outputHz);
  }

  function command(word: number): null {
    const run = word & 0b11;
    if (run === 1) isRunning = false;
    if (run === 2 && fault === 0) isRunning = true;
    const direction = (word >> 4) & 0b11;
    if (direction === 1) isReverse = false;
    if (direction === 2) isReverse = true;
    if (direction === 3) isReverse = !isReverse;
    return null;
  }

  /** Bits 0 and 1: 00 stopped, 10 slowing down, 11 running; 8 and 10: frequency and command by communication. */
  const statusWord = (): number =>
    (isRunning ? 3 : outputHz > 0 ? 2 : 0) | (isReverse ? 0b11000 : 0) | 0x0500;

  const status = [
    () => fault,
    statusWord,
    () => wantedHz * 100,
    () => outputHz * 100,
    () => plant.get('current_A') * 10,
    () => 0,
    () => 0,
    () => 0,
    () => 3105,
    () => (outputHz / MOST_HZ) * 2200,
    () => plant.get('heatsink_C'),
  ];

  const writable: Readonly<Record<number, Cell>> = {
    [COMMAND]: { get: () => (isRunning ? 2 : 1), set: command },
    [FREQUENCY]: {
      get: () => wantedHz * 100,
      set: (word) => (word > MOST_HZ * 100 ? 3 : ((wantedHz = word / 100), null)),
    },
    [RESET]: { get: () => 0, set: (word) => ((word & 2) !== 0 && (fault = 0), null) },
    [TREATMENT]: { get: () => treatment, set: (word) => (word > 3 ? 3 : ((treatment = word), null)) },
    [TIMEOUT]: {
      get: () => timeout,
      set: (word) => (word > 1200 ? 3 : ((timeout = word), deadMan.set(word * 100), null)),
    },
  };

  function cell(address: number): Cell | undefined {
    const reading = status[address - FIRST_STATUS];
    return reading === undefined ? writable[address] : { get: () => Math.round(reading()) & 0xffff };
  }

  const bank = sparseBank((table, address) => (table === 'holding' ? cell(address) : undefined), {
    maxRead: 12,
    maxWrite: 8,
    tooMany: 3,
    readOnly: 2,
    onRequest() {
      advance();
      deadMan.feed();
    },
  });
  return { kind: 'modbus', bank, deafMs: 3 };
};
