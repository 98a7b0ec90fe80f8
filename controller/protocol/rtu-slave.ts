/** One RTU slave alone on its port. */
import type { BytePort, Clock } from './byte-port.ts';
import { startModbusSlaves } from './modbus-slaves.ts';
import type { RegisterBank } from './register-bank.ts';

export interface RtuSlaveOptions {
  /** Slave address, 1 to 247. */
  readonly unit: number;
  /** As in `ModbusSlavesOptions`. */
  readonly gapMs: number;
}

/** Serves `bank` on `port` from now on; takes over the port's data listener. */
export const startRtuSlave = (
  port: BytePort,
  clock: Clock,
  bank: RegisterBank,
  { unit, gapMs }: RtuSlaveOptions,
): void => startModbusSlaves(port, clock, new Map([[unit, bank]]), { framing: 'rtu', gapMs });
