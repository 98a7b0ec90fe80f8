/** Our master against slaves that others wrote, through real serial ports; none of them knows FC08. */
import { server } from 'jsmodbus';
import { ServerSerial } from 'modbus-serial';
import { SerialPort } from 'serialport';
import { afterEach, describe, expect, test } from 'vitest';
import { openPort } from '../../controller/port/open-port.ts';
import { systemClock } from '../../controller/port/system-clock.ts';
import { RtuMaster } from '../../controller/protocol/rtu-master.ts';
import type { TransactResult } from '../../controller/protocol/transaction.ts';
import { openNullModem } from './null-modem.ts';

const BAUD_RATE = 115_200;

let cleanUp: (() => void | Promise<void>)[] = [];
afterEach(async () => {
  for (const action of cleanUp.toReversed()) await action();
  cleanUp = [];
});

/** A master on one end of a cable; the path of the other end. */
async function cable(): Promise<{ master: RtuMaster; path: string } | null> {
  const modem = openNullModem();
  if (modem === null) return null;
  cleanUp.push(() => modem.close());
  const port = await openPort(modem.a, { baudRate: BAUD_RATE });
  if (typeof port === 'string') throw new Error(port);
  const master = new RtuMaster(port, systemClock, {
    timeoutMs: 500,
    waitMs: 10_000,
    lateReplyGuardMs: 20,
    probe: { kind: 'read', fc: 3, address: 0, most: 8 },
  });
  cleanUp.push(() => master.close());
  return { master, path: modem.b };
}

const words = (result: TransactResult): number[] => {
  if (!result.ok) throw new Error(result.sentence);
  return 'words' in result.value ? [...result.value.words] : [];
};
const bits = (result: TransactResult): readonly boolean[] => {
  if (!result.ok) throw new Error(result.sentence);
  return 'bits' in result.value ? result.value.bits : [];
};
const acknowledged = (result: TransactResult): void => expect(result.ok ? 'ok' : result.sentence).toBe('ok');

async function exercise(master: RtuMaster): Promise<void> {
  acknowledged(await master.writeRegisters(10, [11, 22, 33, 65_535]));
  expect(words(await master.transact({ fc: 3, address: 10, count: 4 }))).toEqual([11, 22, 33, 65_535]);
  acknowledged(await master.transact({ fc: 6, address: 11, value: 7 }));
  expect(words(await master.transact({ fc: 3, address: 11, count: 1 }))).toEqual([7]);
  expect(words(await master.transact({ fc: 4, address: 20, count: 3 }))).toEqual([1020, 1021, 1022]);
  const pattern = [true, false, true, true, false, false, true, false, true, true];
  acknowledged(await master.transact({ fc: 15, address: 8, bits: pattern }));
  expect(bits(await master.transact({ fc: 1, address: 8, count: 10 }))).toEqual(pattern);
  acknowledged(await master.transact({ fc: 5, address: 9, on: true }));
  expect(bits(await master.transact({ fc: 1, address: 9, count: 1 }))).toEqual([true]);
  const many = await Promise.all(
    Array.from({ length: 40 }, (_, i) => master.transact({ fc: 4, address: i, count: 2 })),
  );
  expect(many.map(words)).toEqual(many.map((_, i) => [1000 + i, 1001 + i]));
  expect(master.statistics()).toMatchObject({ state: 'up', timeouts: 0, garbled: 0, resyncs: 0 });
}

describe.skipIf(process.platform === 'win32')('master', () => {
  test('with modbus-serial as slave', async () => {
    const line = await cable();
    if (line === null) return;
    const holding = new Uint16Array(200);
    const coils = Array.from({ length: 200 }, () => false);
    const slave = new ServerSerial(
      {
        getHoldingRegister: (address: number) => holding[address],
        getInputRegister: (address: number) => 1000 + address,
        getCoil: (address: number) => coils[address],
        setRegister: (address: number, value: number) => {
          holding[address] = value;
        },
        setCoil: (address: number, on: boolean) => {
          coils[address] = on;
        },
      },
      { path: line.path, baudRate: BAUD_RATE, unitID: 1 },
    );
    cleanUp.push(() => new Promise((resolve) => slave.close(() => resolve())));
    await new Promise((resolve) => slave.on('initialized', () => resolve(undefined)));
    await exercise(line.master);
  });

  test('with jsmodbus as slave', async () => {
    const line = await cable();
    if (line === null) return;
    const port = new SerialPort({ path: line.path, baudRate: BAUD_RATE });
    cleanUp.push(() => new Promise((resolve) => port.close(() => resolve())));
    await new Promise((resolve) => port.once('open', () => resolve(undefined)));
    const input = Buffer.alloc(400);
    for (let i = 0; i < 200; i++) input.writeUInt16BE(1000 + i, 2 * i);
    const slave = new server.RTU(port, {
      input,
      holding: Buffer.alloc(400),
      coils: Buffer.alloc(100),
      discrete: Buffer.alloc(100),
    });
    expect(slave.input).toBe(input);
    await exercise(line.master);
  });
});
