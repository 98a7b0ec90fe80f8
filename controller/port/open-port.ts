/** One name for any line: `/dev/ttyUSB0`, `COM3`, `tcp://127.0.0.1:5020`. */
import type { BytePort } from '../protocol/byte-port.ts';
import { type LineOptions, lineProblem } from './line-options.ts';
import { openSerialPort } from './serial-port.ts';
import { openTcpPort } from './tcp-port.ts';

/** @returns an open port, or one sentence that says why there is none and what to do. */
export async function openPort(name: string, options: LineOptions): Promise<BytePort | string> {
  if (name.trim() === '') return 'The port has no name: give a device path or tcp://HOST:PORT.';
  if (/^tcp:/i.test(name)) return openTcp(name);
  if (/^[a-z]+:\/\//i.test(name)) return `${name}: only tcp://HOST:PORT and device paths are known.`;
  return lineProblem(name, options) ?? openSerialPort(name, options);
}

async function openTcp(name: string): Promise<BytePort | string> {
  const parts = /^tcp:\/\/(\[[0-9a-f:]+\]|[^/:\s]+):(\d{1,5})$/i.exec(name);
  const port = Number(parts?.[2]);
  if (parts === null || port < 1 || port > 65_535)
    return `${name}: a TCP line is written tcp://HOST:PORT with a port from 1 to 65535, tcp://127.0.0.1:5020 for example.`;
  return openTcpPort(parts[1], port);
}
