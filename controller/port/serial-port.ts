/**
 * A serial device, raw. The stream's own `close` event can be missed on unplug, so the device file is watched as
 * well; the master's age of the last byte is the last resort.
 */
import { execFile } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { SerialPort } from 'serialport';
import type { BytePort } from '../protocol/byte-port.ts';
import type { LineOptions } from './line-options.ts';
import { type ListedPort, listPorts } from './list-ports.ts';
import { streamPort } from './stream-port.ts';

/** How often to look whether the device is still there, ms. */
const LOOK_MS = 250;

/** Devices that this program has open, by the path that all their other names lead to. */
const ours = new Set<string>();

/** @returns an open port, or one sentence that says why there is none. */
export async function openSerialPort(path: string, options: LineOptions): Promise<BytePort | string> {
  const devicePath = pathBehind(path);
  if (ours.has(devicePath))
    return `${path}: this program has it open already; give each line its own device.`;
  ours.add(devicePath);
  if (options.dropDtrOnClose === false) await keepDtr(path);
  const device = new SerialPort({
    path,
    baudRate: options.baudRate,
    dataBits: options.dataBits ?? 8,
    parity: options.parity ?? 'none',
    stopBits: options.stopBits ?? 1,
    hupcl: options.dropDtrOnClose ?? true,
    autoOpen: false,
  });
  const error = await new Promise<Error | null>((resolve) => device.open(resolve));
  const problem =
    error === null ? await setLevels(device, options) : describe(path, error) + knownPorts(await listPorts());
  if (problem === null) return portOver(device, devicePath);
  ours.delete(devicePath);
  if (device.isOpen) device.close();
  return problem;
}

/** `/dev/serial/by-id/...` and `/dev/ttyUSB0` may be one device. */
function pathBehind(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

/**
 * The library can set HUPCL and not clear it (bindings-cpp 13), and the system begins with it set. Where there is no
 * stty, closing drops DTR all the same.
 */
function keepDtr(path: string): Promise<void> {
  const file = process.platform === 'linux' ? '-F' : '-f';
  return new Promise((resolve) => execFile('stty', [file, path, '-hupcl'], () => resolve()));
}

/** Sets what was asked for and nothing else; a sentence where the device has no such lines. */
async function setLevels(device: SerialPort, { dtr, rts }: LineOptions): Promise<string | null> {
  if (dtr === undefined && rts === undefined) return null;
  const levels = { dtr: dtr ?? true, rts: rts ?? true };
  const error = await new Promise<Error | null>((resolve) => device.set(levels, resolve));
  if (error === null) return null;
  return `${device.path}: DTR and RTS cannot be set (${error.message}); leave dtr and rts out for a device that has no control lines.`;
}

const knownPorts = (ports: readonly ListedPort[]): string =>
  ports.length === 0 ? '' : ` Known here: ${ports.map((port) => port.path).join(', ')}.`;

function portOver(device: SerialPort, devicePath: string): BytePort {
  const { path } = device;
  const { port, end } = streamPort({
    name: path,
    stream: device,
    describe: (error) => describe(path, error),
    release() {
      clearInterval(look);
      ours.delete(devicePath);
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
  if (/EBUSY|lock|busy/i.test(message))
    return `${path}: another program uses it; close that program (a serial monitor, another controller, ModemManager).`;
  if (/ENOTTY|Inappropriate ioctl|not a (tty|serial)/i.test(message))
    return `${path}: this is not a serial device; give the device's own path.`;
  return `${path}: ${message.replace(/^Error:?\s*/, '')}`;
}
