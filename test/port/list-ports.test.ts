/** Serial devices as Linux shows them in its files, with and without udev. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { listPorts, portAdvice } from '../../controller/port/list-ports.ts';

let root: string;
const roots = (): { dev: string; sys: string } => ({ dev: join(root, 'dev'), sys: join(root, 'sys') });

function put(path: string, text = ''): void {
  const full = join(root, path);
  mkdirSync(dirname(full), { recursive: true });
  writeFileSync(full, text);
}
function link(path: string, to: string): void {
  const full = join(root, path);
  mkdirSync(dirname(full), { recursive: true });
  symlinkSync(join(root, to), full);
}

/** An FTDI adapter and an ACM board as sysfs lays them out. */
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'elastocool-ports-'));
  const ftdi = 'sys/devices/pci/usb1/1-2';
  put(`${ftdi}/idVendor`, '0403\n');
  put(`${ftdi}/idProduct`, '6001\n');
  put(`${ftdi}/manufacturer`, 'FTDI\n');
  put(`${ftdi}/serial`, 'A50285BI\n');
  put(`${ftdi}/1-2:1.0/ttyUSB0/latency_timer`, '16\n');
  link('sys/class/tty/ttyUSB0/device', `${ftdi}/1-2:1.0/ttyUSB0`);
  link('sys/bus/usb-serial/devices/ttyUSB0', `${ftdi}/1-2:1.0/ttyUSB0`);
  const board = 'sys/devices/pci/usb1/1-3';
  put(`${board}/idVendor`, '2341\n');
  put(`${board}/idProduct`, '0043\n');
  put(`${board}/1-3:1.0/bInterfaceClass`, '02\n');
  link('sys/class/tty/ttyACM0/device', `${board}/1-3:1.0`);
  for (const name of ['ttyUSB0', 'ttyACM0', 'ttyS0', 'tty1', 'null']) put(`dev/${name}`);
  link('dev/serial/by-id/usb-FTDI_A50285BI-if00-port0', 'dev/ttyUSB0');
});
afterEach(() => rmSync(root, { recursive: true }));

test('without udev the files of the system are read; built-in names without a device are left out', async () => {
  const ports = await listPorts(() => Promise.reject(new Error('spawn udevadm ENOENT')), roots());
  expect(ports).toEqual([
    {
      path: join(root, 'dev/ttyACM0'),
      stablePath: null,
      manufacturer: null,
      serialNumber: null,
      vendorId: '2341',
      productId: '0043',
      latencyMs: null,
    },
    {
      path: join(root, 'dev/ttyUSB0'),
      stablePath: join(root, 'dev/serial/by-id/usb-FTDI_A50285BI-if00-port0'),
      manufacturer: 'FTDI',
      serialNumber: 'A50285BI',
      vendorId: '0403',
      productId: '6001',
      latencyMs: 16,
    },
  ]);
});

test('with udev its words come first, and what it does not know is added', async () => {
  const path = join(root, 'dev/ttyUSB0');
  const ports = await listPorts(
    () => Promise.resolve([{ path, manufacturer: 'Future Technology Devices' }, { path: '/dev/ttyS4' }]),
    roots(),
  );
  expect(ports.map((port) => port.path)).toEqual(['/dev/ttyS4', join(root, 'dev/ttyACM0'), path].toSorted());
  expect(ports.find((port) => port.path === path)).toMatchObject({
    manufacturer: 'Future Technology Devices',
    serialNumber: 'A50285BI',
    latencyMs: 16,
  });
});

test('an adapter that holds replies back is named, with what to do', async () => {
  const ports = await listPorts(() => Promise.resolve([]), roots());
  const [board, ftdi] = ports;
  expect(portAdvice(ftdi)).toMatch(
    /up to 16 ms \(its latency timer\); set 1 ms: echo 1 .*ttyUSB0\/latency_timer/,
  );
  expect(portAdvice(board)).toBeNull();
  expect(portAdvice({ ...ftdi, latencyMs: 1 })).toBeNull();
});

test('this computer has some list, whatever it is made of', async () => {
  expect(Array.isArray(await listPorts())).toBe(true);
});

test('no system files at all: an empty list', async () => {
  const nowhere = { dev: join(root, 'x'), sys: join(root, 'y') };
  expect(await listPorts(() => Promise.reject(new Error('no')), nowhere)).toEqual([]);
});
