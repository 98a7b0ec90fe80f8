/** A serial device, raw 8N1. Node's `close` event can be missed on unplug: also watch the age of the last byte. */
import { SerialPort } from 'serialport';
import type { BytePort } from '../protocol/byte-port.ts';
import { streamPort } from './stream-port.ts';

/** @returns an open port, or one sentence that says why there is none. */
export function openSerialPort(path: string, baudRate: number): Promise<BytePort | string> {
  const port = new SerialPort({ path, baudRate, autoOpen: false });
  return new Promise((resolve) => {
    port.open((error) => {
      resolve(error === null ? streamPort(path, port, (e) => describe(path, e)) : describe(path, error));
    });
  });
}

/** Paths of the serial devices that this system knows of; empty where it cannot tell. */
export async function listSerialPorts(): Promise<string[]> {
  try {
    return (await SerialPort.list()).map(({ path }) => path);
  } catch {
    return [];
  }
}

/** The binding gives errors as text; the system's error name stands in it. */
function describe(path: string, { message }: Error): string {
  if (/ENOENT|No such file|File not found/i.test(message))
    return `${path}: there is no such device; check the cable and the name (Linux: ls /dev/serial/by-id).`;
  if (/EACCES|EPERM|Permission denied|Access denied/i.test(message))
    return `${path}: this user may not open it; on Linux join the group "dialout" and log in again.`;
  if (/EBUSY|lock|busy/i.test(message)) return `${path}: another program uses it; close that program.`;
  if (/ENOTTY|Inappropriate ioctl|not a (tty|serial)/i.test(message))
    return `${path}: this is not a serial device; give the device's own path.`;
  return `${path}: ${message.replace(/^Error:?\s*/, '')}`;
}
