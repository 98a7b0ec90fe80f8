/** Every line that cannot be opened says why in one sentence. */
import { createServer } from 'node:net';
import { describe, expect, test } from 'vitest';
import { openPort } from '../../controller/port/open-port.ts';
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
  test('that another program holds', async () => {
    const modem = openNullModem();
    if (modem === null) return;
    const first = await openPort(modem.a, LINE);
    const second = await openPort(modem.a, LINE);
    expect(second).toMatch(/another program uses it/);
    if (typeof first === 'string') throw new Error(first);
    first.close();
    const third = await openPort(modem.a, LINE);
    expect(third).not.toBeTypeOf('string');
    if (typeof third !== 'string') third.close();
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
