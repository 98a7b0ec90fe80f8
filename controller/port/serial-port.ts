/**
 * A serial device, raw 8N1. The stream's own `close` event can be missed on unplug, so the device file is watched as
 * well; the master's age of the last byte is the last resort.
 */
import { existsSync } from 'node:fs';
import { SerialPort } from 'serialport';
import type { BytePort } from '../protocol/byte-port.ts';
import { streamPort } from './stream-port.ts';

/** How often to look whether the device is still there, ms. */
const LOOK_MS = 250;

/** @returns an open port, or one sentence that says why there is none. */
export async function openSerialPort(path: string, baudRate: number): Promise<BytePort | string> {
  const device = new SerialPort({ path, baudRate, autoOpen: false });
  const error = await new Promise<Error | null>((resolve) => device.open(resolve));
  return error === null ? portOver(device) : describe(path, error) + (await knownPorts());
}

/** Which serial devices this system knows of, as a sentence; nothing where it cannot tell (Linux without udev). */
async function knownPorts(): Promise<string> {
  const ports = await SerialPort.list().catch(() => []);
  return ports.length === 0 ? '' : ` Known here: ${ports.map((port) => port.path).join(', ')}.`;
}

function portOver(device: SerialPort): BytePort {
  const { path } = device;
  const { port, end } = streamPort({
    name: path,
    stream: device,
    describe: (error) => describe(path, error),
    release() {
      clearInterval(look);
      if (device.isOpen) device.close();
    },
  });
  const look = setInterval(() => {
    if (hasVanished(path)) end(`${path}: the device vanished; was it unplugged?`);
  }, LOOK_MS);
  return port;
}

/** Where devices are files, an unplugged one is gone from the file system. */
const hasVanished = (path: string): boolean => path.startsWith('/') && !existsSync(path);

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
