/** What a simulated device is: bytes in, bytes out, habits included. Written from manuals, not from our profiles. */
import type { Clock } from '../../protocol/byte-port.ts';
import type { RegisterBank } from '../../protocol/register-bank.ts';
import type { PlantSide } from './plant-side.ts';

export interface ModbusSimulator {
  readonly kind: 'modbus';
  readonly bank: RegisterBank;
  /** A frame that begins sooner after the device's own reply is not heard, ms. */
  readonly deafMs: number;
  /** Text of the identification (function 43/14) by object, where the device has it. */
  readonly objects?: ReadonlyMap<number, string>;
}

export interface LineSimulator {
  readonly kind: 'line';
  readonly terminatorIn: string;
  readonly terminatorOut: string;
  /** The reply to a whole line, without terminator; null: none. */
  answer(line: string): string | null;
  /** Sends by itself: every so many ms what this gives. */
  readonly stream?: { readonly everyMs: number; line(): string };
}

export type Simulator = ModbusSimulator | LineSimulator;

export interface SimulatorSetting {
  readonly plant: PlantSide;
  readonly clock: Clock;
  /** As the rig file gives it: a number, a letter, or undefined. */
  readonly address: number | string | undefined;
}

export type MakeSimulator = (setting: SimulatorSetting) => Simulator;
