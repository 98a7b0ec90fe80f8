/** One name for any line: `/dev/ttyUSB0`, `COM3`, `tcp://127.0.0.1:5020`. */
import type { BytePort } from '../protocol/byte-port.ts';
import { openSerialPort } from './serial-port.ts';
import { openTcpPort } from './tcp-port.ts';

const HIGHEST_BAUD_RATE = 4_000_000;

export interface LineOptions {
  /** Bits a second of a serial device, 300 to 4,000,000; a TCP line has none. */
  readonly baudRate: number;
}

/** @returns an open port, or one sentence that says why there is none and what to do. */
export async function openPort(name: string, { baudRate }: LineOptions): Promise<BytePort | string> {
  if (name.trim() === '') return 'The port has no name: give a device path or tcp://HOST:PORT.';
  if (/^tcp:/i.test(name)) return openTcp(name);
  if (/^[a-z]+:\/\//i.test(name)) return `${name}: only tcp://HOST:PORT and device paths are known.`;
  if (!Number.isInteger(baudRate) || baudRate < 300 || baudRate > HIGHEST_BAUD_RATE)
    return `${name}: baud rate ${baudRate}: a whole number from 300 to ${HIGHEST_BAUD_RATE} is allowed.`;
  return openSerialPort(name, baudRate);
}

async function openTcp(name: string): Promise<BytePort | string> {
  const parts = /^tcp:\/\/(\[[0-9a-f:]+\]|[^/:\s]+):(\d{1,5})$/i.exec(name);
  const port = Number(parts?.[2]);
  if (parts === null || port < 1 || port > 65_535)
    return `${name}: a TCP line is written tcp://HOST:PORT with a port from 1 to 65535, tcp://127.0.0.1:5020 for example.`;
  return openTcpPort(parts[1], port);
}
