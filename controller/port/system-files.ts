/** What Linux says about serial devices in /dev and /sys, for systems without udev and for the latency timer. */
import { readdirSync, readFileSync, realpathSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

export interface SystemRoots {
  readonly dev: string;
  readonly sys: string;
}

export const SYSTEM_ROOTS: SystemRoots = { dev: '/dev', sys: '/sys' };

export interface UsbFacts {
  readonly manufacturer: string | null;
  readonly serialNumber: string | null;
  readonly vendorId: string | null;
  readonly productId: string | null;
  readonly latencyMs: number | null;
}

/** Serial devices that are plugged in; built-in UARTs (`ttyS`) have files whether they exist or not. */
const PLUGGED_IN = /^tty(USB|ACM)\d+$/;
/** Directories between a tty and its USB device, and some to spare. */
const MOST_STEPS_UP = 6;

export const ttyNames = ({ dev }: SystemRoots): string[] =>
  namesIn(dev)
    .filter((name) => PLUGGED_IN.test(name))
    .map((name) => join(dev, name));

/** The name under /dev/serial/by-id that leads to `path`. */
export function stableNameOf(path: string, { dev }: SystemRoots): string | null {
  const folder = join(dev, 'serial/by-id');
  const target = realOf(path);
  const name = namesIn(folder).find((each) => target !== null && realOf(join(folder, each)) === target);
  return name === undefined ? null : join(folder, name);
}

export function usbFacts(path: string, { sys }: SystemRoots): UsbFacts {
  const tty = basename(realOf(path) ?? path);
  const usb = usbDeviceOf(join(sys, 'class/tty', tty, 'device'));
  const latency = Number(text(join(sys, 'bus/usb-serial/devices', tty, 'latency_timer')) ?? Number.NaN);
  const fact = (name: string): string | null => (usb === null ? null : text(join(usb, name)));
  return {
    manufacturer: fact('manufacturer'),
    serialNumber: fact('serial'),
    vendorId: fact('idVendor'),
    productId: fact('idProduct'),
    latencyMs: Number.isFinite(latency) ? latency : null,
  };
}

/** The directory above `device` that describes a USB device. */
function usbDeviceOf(device: string): string | null {
  let at = realOf(device);
  for (let step = 0; at !== null && step < MOST_STEPS_UP; step++) {
    if (text(join(at, 'idVendor')) !== null) return at;
    at = dirname(at);
  }
  return null;
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function realOf(path: string): string | null {
  try {
    return realpathSync(path);
  } catch {
    return null;
  }
}

function text(path: string): string | null {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return null;
  }
}
