/**
 * Our master with several slaves on one pseudo-terminal, most of them written by others and in two languages; and slaves
 * of ours under a master that others wrote. RTU, ASCII and TCP.
 */
import { createServer } from 'node:net';
import { ServerSerial } from 'modbus-serial';
import { afterEach, describe, expect, test } from 'vitest';
import { openPort } from '../../controller/port/open-port.ts';
import { streamPort } from '../../controller/port/stream-port.ts';
import { systemClock } from '../../controller/port/system-clock.ts';
import type { BytePort } from '../../controller/protocol/byte-port.ts';
import type { FramingName } from '../../controller/protocol/framings.ts';
import { ModbusBus, type ModbusUnit } from '../../controller/protocol/modbus-bus.ts';
import { startModbusSlaves } from '../../controller/protocol/modbus-slaves.ts';
import { readIdentification } from '../../controller/protocol/read-identification.ts';
import type { RegisterBank } from '../../controller/protocol/register-bank.ts';
import type { TransactResult } from '../../controller/protocol/transaction.ts';
import { openPseudoTerminal } from '../../controller/virtual-rig/pseudo-terminal.ts';
import { openNullModem } from './null-modem.ts';
import { hasPymodbus, runPymodbusMaster, startPymodbusSlaves } from './peers/pymodbus.ts';
import { joinLine, shortCable } from './peers/serial-hub.ts';

const LINE = { baudRate: 115_200 };
/** Neither pymodbus 3.0 as configured here nor modbus-serial answers FC08 in all framings. */
const UNIT = {
  timeoutMs: 1000,
  waitMs: 20_000,
  lateReplyGuardMs: 20,
  probe: { kind: 'read', fc: 3, address: 0, most: 8 },
} as const;

/**
 * modbus-serial finds frames by silence: what is said without a pause in between hides its own. Long, because a busy
 * computer delivers late what was sent apart.
 */
const SILENCE_MS = 30;

let cleanUp: (() => unknown)[] = [];
afterEach(async () => {
  for (const action of cleanUp.toReversed()) await action();
  cleanUp = [];
});

async function opened(name: string): Promise<BytePort> {
  const port = await openPort(name, LINE);
  if (typeof port === 'string') throw new Error(port);
  cleanUp.push(() => port.close());
  return port;
}

const words = (result: TransactResult): number[] => {
  if (!result.ok) throw new Error(result.sentence);
  return 'words' in result.value ? [...result.value.words] : [];
};
const ok = (result: TransactResult): void => expect(result.ok ? 'ok' : result.sentence).toBe('ok');

/** Registers of slave `unit`, as all peers have them: input register i reads 1000 u + i. */
function bankOf(unit: number): RegisterBank {
  const holding = new Uint16Array(200);
  const coils = Array.from({ length: 200 }, () => false);
  return {
    identification: new Map([
      [0, 'Elastocool'],
      [1, `EC-${unit}`],
      [2, 'V1'],
    ]),
    read(table, address, count) {
      if (address + count > 200) return 2;
      if (table === 'holding') return holding.slice(address, address + count);
      return Uint16Array.from({ length: count }, (_, i) => 1000 * unit + address + i);
    },
    write(address, values) {
      holding.set(values, address);
      return null;
    },
    bits: {
      read: (_table, address, count) => coils.slice(address, address + count),
      write(address, values) {
        coils.splice(address, values.length, ...values);
        return null;
      },
    },
  };
}

/** Everything a slave should do, on all slaves at once. */
async function exercise(units: readonly ModbusUnit[]): Promise<void> {
  await Promise.all(
    units.map(async (unit) => {
      const { address } = unit;
      ok(await unit.transact({ fc: 16, address: 10, words: [address, 22, 65_535] }));
      ok(await unit.transact({ fc: 6, address: 11, value: 7 }));
      expect(words(await unit.transact({ fc: 3, address: 10, count: 3 }))).toEqual([address, 7, 65_535]);
      ok(await unit.transact({ fc: 15, address: 8, bits: [true, false, true] }));
      ok(await unit.transact({ fc: 5, address: 9, on: true }));
      const coils = await unit.transact({ fc: 1, address: 8, count: 3 });
      expect(coils.ok && 'bits' in coils.value && coils.value.bits).toEqual([true, true, true]);
    }),
  );
  const reads = units.flatMap((unit) =>
    Array.from({ length: 8 }, async (_, i) => ({
      got: words(await unit.transact({ fc: 4, address: i, count: 4 })),
      first: 1000 * unit.address + i,
    })),
  );
  for (const { got, first } of await Promise.all(reads))
    expect(got).toEqual([0, 1, 2, 3].map((i) => first + i));
  for (const unit of units) expect(unit.statistics()).toMatchObject({ state: 'up', timeouts: 0, garbled: 0 });
}

async function modbusSerialSlave(unit: number): Promise<BytePort | null> {
  const modem = openNullModem();
  if (modem === null) return null;
  cleanUp.push(() => modem.close());
  const bank = bankOf(unit);
  const coils = Array.from({ length: 200 }, () => false);
  const one = (table: 'input' | 'holding', address: number): number => {
    const got = bank.read(table, address, 1);
    return typeof got === 'number' ? 0 : got[0];
  };
  // its types do not know `interval`
  const options = { path: modem.b, baudRate: LINE.baudRate, unitID: unit, interval: SILENCE_MS / 3 };
  const slave = new ServerSerial(
    {
      getHoldingRegister: (address: number) => one('holding', address),
      getInputRegister: (address: number) => one('input', address),
      setRegister: (address: number, value: number) => void bank.write(address, Uint16Array.of(value)),
      getCoil: (address: number) => coils[address],
      setCoil: (address: number, on: boolean) => {
        coils[address] = on;
      },
    },
    options,
  );
  cleanUp.push(() => new Promise((resolve) => slave.close(() => resolve(undefined))));
  await new Promise((resolve) => slave.on('initialized', () => resolve(undefined)));
  return opened(modem.a);
}

describe.skipIf(process.platform === 'win32')('five slaves of three makers on one line', () => {
  test.skipIf(!hasPymodbus)('RTU', async () => {
    const terminal = openPseudoTerminal();
    const theirs = await modbusSerialSlave(4);
    if (terminal === null || theirs === null) return;
    cleanUp.push(() => terminal.port.close());
    const slaves = await startPymodbusSlaves('rtu', [1, 2, 3]);
    cleanUp.push(() => slaves.close());
    const ours = shortCable();
    startModbusSlaves(ours.b, systemClock, new Map([[5, bankOf(5)]]), { framing: 'rtu', gapMs: 50 });
    joinLine(terminal.port, [
      // pymodbus 3.0 takes the reply of another slave for the beginning of a request and waits for its end; modbus-serial
      // would hear two frames as one wherever this computer is late
      { port: await opened(`tcp://127.0.0.1:${slaves.port}`), hearsAll: false },
      { port: theirs, hearsAll: false },
      { port: ours.a, hearsAll: true },
    ]);
    const bus = new ModbusBus(await opened(terminal.path), systemClock, { interFrameMs: SILENCE_MS });
    await exercise([1, 2, 3, 4, 5].map((address) => bus.unit(address, UNIT)));
  });
});

describe.skipIf(!hasPymodbus)('pymodbus', () => {
  test.each(['rtu', 'ascii', 'tcp'] as const)(
    'as three slaves behind one connection, %s',
    async (framing) => {
      const slaves = await startPymodbusSlaves(framing, [1, 2, 3]);
      cleanUp.push(() => slaves.close());
      const bus = new ModbusBus(await opened(`tcp://127.0.0.1:${slaves.port}`), systemClock, { framing });
      const units = [1, 2, 3].map((address) => bus.unit(address, UNIT));
      await exercise(units);
      const [first] = units;
      const both = await first.transact({
        fc: 23,
        readAddress: 10,
        readCount: 2,
        writeAddress: 30,
        words: [5],
      });
      expect(words(both)).toEqual([1, 7]);
      ok(await first.transact({ fc: 22, address: 30, andMask: 4, orMask: 8 }));
      expect(words(await first.transact({ fc: 3, address: 30, count: 1 }))).toEqual([12]);
      expect(await first.transact({ fc: 3, address: 199, count: 2 })).toMatchObject({ exception: 2 });
      const plate = await readIdentification(first, 1);
      expect(plate.ok && [...plate.value]).toEqual([
        [0, 'pymodbus'],
        [1, 'PM'],
        [2, '3'],
      ]);
    },
  );

  const expected = (unit: number): unknown => ({
    // 65535 masked: (65535 AND F0F0h) OR (0101h AND NOT F0F0h)
    holding: [unit, 7, 0xf1f1],
    input: Array.from({ length: 125 }, (_, i) => 1000 * unit + 20 + i),
    coils: [true, false, true],
    both: [unit, 7],
    refused: 2,
    plate: { 0: 'Elastocool', 1: `EC-${unit}`, 2: 'V1' },
  });
  const banks = (): ReadonlyMap<number, RegisterBank> => new Map([1, 2].map((unit) => [unit, bankOf(unit)]));

  test.each(['rtu', 'ascii'] as const)(
    'as master of two slaves of ours on a serial line, %s',
    async (framing) => {
      const terminal = openPseudoTerminal();
      if (terminal === null) return;
      cleanUp.push(() => terminal.port.close());
      startModbusSlaves(terminal.port, systemClock, banks(), { framing, gapMs: 50 });
      const found = await runPymodbusMaster(terminal.path, framing, [1, 2]);
      expect(found).toEqual({ 1: expected(1), 2: expected(2) });
    },
  );

  test('as master of two slaves of ours through Modbus TCP', async () => {
    const port = await serveTcp('tcp', banks());
    expect(await runPymodbusMaster(`tcp:${port}`, 'tcp', [1, 2])).toEqual({ 1: expected(1), 2: expected(2) });
  });
});

/** Serves banks on a listener of 127.0.0.1; returns its port. */
async function serveTcp(framing: FramingName, banks: ReadonlyMap<number, RegisterBank>): Promise<number> {
  const server = createServer((socket) => {
    const { port } = streamPort({
      name: 'client',
      stream: socket,
      describe: String,
      release: () => void socket.destroy(),
    });
    startModbusSlaves(port, systemClock, banks, { framing, gapMs: 50 });
  });
  cleanUp.push(() => server.close());
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(address !== null && typeof address === 'object' ? address.port : 0);
    });
  });
}
