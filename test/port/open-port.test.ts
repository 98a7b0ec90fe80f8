/** Every line that cannot be opened says why in one sentence. */
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { LineOptions } from '../../controller/port/line-options.ts';
import { openPort } from '../../controller/port/open-port.ts';
import type { BytePort } from '../../controller/protocol/byte-port.ts';
import { openNullModem } from '../protocol/null-modem.ts';

const LINE = { baudRate: 115_200 };

test.each([
  ['', /no name/],
  ['tcp://', /tcp:\/\/HOST:PORT/],
  ['tcp://localhost', /tcp:\/\/HOST:PORT/],
  ['tcp://localhost:0', /port from 1 to 65535/],
  ['tcp://localhost:70000', /port from 1 to 65535/],
  ['http://localhost:80', /only tcp:\/\/HOST:PORT and device paths/],
  ['/dev/there-is-no-such-device', /no such device.*check the cable/],
])('%s', async (name, sentence) => {
  expect(await openPort(name, LINE)).toMatch(sentence);
});

test('a baud rate that no line has', async () => {
  expect(await openPort('/dev/ttyUSB0', { baudRate: 0 })).toMatch(/baud rate 0.*300 to 4000000/);
});

test.each<[Partial<LineOptions>, RegExp]>([
  [{ parity: 'evn' as 'even' }, /parity evn: none, even, odd, mark, space are allowed/],
  [{ stopBits: 3 as 2 }, /stopBits 3: 1, 2 are allowed/],
  [{ dataBits: 9 as 8 }, /dataBits 9: 7, 8 are allowed/],
])('%j', async (change, sentence) => {
  expect(await openPort('/dev/ttyUSB0', { ...LINE, ...change })).toMatch(sentence);
});

test('a port where nothing listens', async () => {
  const server = createServer();
  const port = await new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(address !== null && typeof address === 'object' ? address.port : 0);
    });
  });
  await new Promise((resolve) => server.close(resolve));
  expect(await openPort(`tcp://127.0.0.1:${port}`, LINE)).toMatch(/nothing listens there/);
});

describe.skipIf(process.platform === 'win32')('a serial line', () => {
  test('that this program has open, by whatever name', async () => {
    const modem = openNullModem();
    if (modem === null) return;
    const folder = mkdtempSync(join(tmpdir(), 'elastocool-port-'));
    const alias = join(folder, 'usb-the-same-one');
    symlinkSync(modem.a, alias);
    const first = await opened(modem.a);
    expect(await openPort(modem.a, LINE)).toMatch(/this program has it open already/);
    expect(await openPort(alias, LINE)).toMatch(/usb-the-same-one: this program has it open already/);
    // another line of the same program is no trouble
    const other = await opened(modem.b);
    first.close();
    const third = await opened(alias);
    for (const port of [third, other]) port.close();
    modem.close();
    rmSync(folder, { recursive: true });
  });

  test('that another program holds', async () => {
    const modem = openNullModem();
    if (modem === null) return;
    const holder = spawn(process.execPath, ['-e', HOLD, modem.a], { cwd: import.meta.dirname });
    await new Promise((resolve) => holder.stdout.once('data', resolve));
    expect(await openPort(modem.a, LINE)).toMatch(/another program uses it; close that program/);
    const ended = new Promise((resolve) => holder.once('exit', resolve));
    holder.kill();
    await ended;
    (await opened(modem.a)).close();
    modem.close();
  });

  test.skipIf(process.platform !== 'linux')('gets the settings that were asked for', async () => {
    const modem = openNullModem();
    if (modem === null) return;
    const settings = (): string => execFileSync('stty', ['-a', '-F', modem.a], { encoding: 'utf8' });
    const plain = await opened(modem.a);
    expect(settings()).toMatch(/speed 115200 baud(?=[^]*\shupcl)(?=[^]*-cstopb)/);
    plain.close();
    const special = { baudRate: 19_200, stopBits: 2, parity: 'even', dropDtrOnClose: false } as const;
    const port = await openPort(modem.a, special);
    // a pseudo-terminal carries no parity: that it opens is all that can be seen
    expect(settings()).toMatch(/speed 19200 baud(?=[^]*-hupcl)(?=[^]*\scstopb)/);
    if (typeof port !== 'string') port.close();
    modem.close();
  });

  test('without control lines says so when their levels are asked for, and is free again', async () => {
    const modem = openNullModem();
    if (modem === null) return;
    expect(await openPort(modem.a, { ...LINE, dtr: false })).toMatch(
      /DTR and RTS cannot be set.*leave dtr and rts out/,
    );
    (await opened(modem.a)).close();
    modem.close();
  });

  test('carries bytes both ways and says when it ends', async () => {
    const modem = openNullModem();
    if (modem === null) return;
    const a = await openPort(modem.a, LINE);
    const b = await openPort(modem.b, LINE);
    if (typeof a === 'string' || typeof b === 'string') throw new Error('no line');
    const all = Uint8Array.from({ length: 256 }, (_, i) => i);
    expect(await echoed(a, b, all)).toEqual(all);
    expect(await echoed(b, a, all)).toEqual(all);
    const ended = new Promise<string>((resolve) => a.onClose(resolve));
    a.close();
    a.write(all);
    expect(await ended).toMatch(/closed by this program/);
    b.close();
    modem.close();
  });

  test('whose other end vanishes', async () => {
    const modem = openNullModem();
    if (modem === null) return;
    const port = await openPort(modem.a, LINE);
    const other = await openPort(modem.b, LINE);
    if (typeof port === 'string' || typeof other === 'string') throw new Error('no line');
    const ended = new Promise<string>((resolve) => port.onClose(resolve));
    expect(await echoed(other, port, Uint8Array.of(1))).toEqual(Uint8Array.of(1));
    modem.close();
    expect(await ended).toContain(modem.a);
    other.close();
  });
});

/** Opens the device with the serial library, says so, and stays. */
const HOLD = `
import('serialport').then(({ SerialPort }) => {
  const port = new SerialPort({ path: process.argv[1], baudRate: 115200 }, () => console.log('open'));
  port.on('error', (error) => console.log(String(error)));
});
`;

async function opened(name: string): Promise<BytePort> {
  const port = await openPort(name, LINE);
  if (typeof port === 'string') throw new Error(port);
  return port;
}

interface Line {
  write(bytes: Uint8Array): void;
  onData(listener: (chunk: Uint8Array) => void): void;
}

function echoed(from: Line, to: Line, bytes: Uint8Array): Promise<Uint8Array> {
  const received: number[] = [];
  return new Promise((resolve) => {
    to.onData((chunk) => {
      received.push(...chunk);
      if (received.length >= bytes.length) resolve(Uint8Array.from(received));
    });
    from.write(bytes);
  });
}
