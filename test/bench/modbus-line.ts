/** A Modbus bus on a pseudo-terminal, both ends held to the speed of a wire: how much of it is used, how soon a STOP goes out. */
import { openPort } from '../../controller/port/open-port.ts';
import { systemClock } from '../../controller/port/system-clock.ts';
import type { BytePort } from '../../controller/protocol/byte-port.ts';
import { ModbusBus, type ModbusUnit } from '../../controller/protocol/modbus-bus.ts';
import { startModbusSlaves } from '../../controller/protocol/modbus-slaves.ts';
import type { RegisterBank } from '../../controller/protocol/register-bank.ts';
import { PRIORITY } from '../../controller/protocol/transaction.ts';
import { pacedPort } from '../../controller/virtual-rig/paced-port.ts';
import { openPseudoTerminal } from '../../controller/virtual-rig/pseudo-terminal.ts';

const REGISTERS = 10;
/** Query and reply of such a read, bytes. */
const EXCHANGE_BYTES = 8 + 5 + 2 * REGISTERS;
const SLAVES = [1, 2, 3];
const SILENT_SLAVE = 9;
/** A register that only a STOP writes. */
const STOP_AT = 110;

const bank: RegisterBank = { read: (_table, _address, count) => new Uint16Array(count), write: () => null };

interface Line {
  readonly bus: ModbusBus;
  readonly units: readonly ModbusUnit[];
  /** Called with every frame at the moment it is handed to the line. */
  onWrite(listener: (bytes: Uint8Array) => void): void;
  close(): void;
}

/** Null where the system has no pseudo-terminals. */
async function openLine(
  baudRate: number,
  addresses: readonly number[],
  pace: (port: BytePort) => BytePort = (port) => pacedPort(port, systemClock, baudRate),
): Promise<Line | null> {
  const terminal = openPseudoTerminal();
  if (terminal === null) return null;
  const port = await openPort(terminal.path, { baudRate });
  if (typeof port === 'string') throw new Error(port);
  const slaves = new Map(SLAVES.map((address) => [address, bank]));
  startModbusSlaves(pace(terminal.port), systemClock, slaves, {
    framing: 'rtu',
    gapMs: 20,
  });
  let listener = (_bytes: Uint8Array): void => {};
  const paced = pace(port);
  const watched: BytePort = {
    ...paced,
    write(bytes) {
      listener(bytes);
      paced.write(bytes);
    },
  };
  // nothing repeats a reply on this line
  const bus = new ModbusBus(watched, systemClock, {
    interFrameMs: 35_000 / baudRate,
    byteMs: 10_000 / baudRate,
  });
  const options = { timeoutMs: 40, lateReplyGuardMs: 20, duplicateGuardMs: 0 };
  return {
    bus,
    units: addresses.map((address) => bus.unit(address, options)),
    onWrite(heard) {
      listener = heard;
    },
    close() {
      bus.close();
      terminal.port.close();
    },
  };
}

export interface Throughput {
  readonly transactionsPerS: number;
  /** Of what the wire could carry: the bytes of both frames and 3.5 characters of silence before each. */
  readonly shareOfWire: number;
}

/**
 * @param seconds how long to measure
 * @param isPaced false: no line at all between the ends, so that what is left is the program's own time; pacing both ends
 *   with timers of 1 ms costs a fast line most of its speed, which a real wire does not
 */
export async function busThroughput(
  baudRate: number,
  seconds: number,
  isPaced = true,
): Promise<Throughput | null> {
  const line = isPaced ? await openLine(baudRate, SLAVES) : await openLine(baudRate, SLAVES, (port) => port);
  if (line === null) return null;
  let done = 0;
  const load = async (unit: ModbusUnit, untilMs: number): Promise<void> => {
    while (systemClock.nowMs() < untilMs) {
      const result = await unit.transact({ fc: 4, address: 0, count: REGISTERS });
      if (result.ok) done++;
    }
  };
  await Promise.all(line.units.map((unit) => load(unit, systemClock.nowMs() + 500)));
  done = 0;
  await Promise.all(line.units.map((unit) => load(unit, systemClock.nowMs() + 1000 * seconds)));
  line.close();
  const wirePerS = baudRate / 10 / (EXCHANGE_BYTES + 2 * 3.5);
  return { transactionsPerS: done / seconds, shareOfWire: done / seconds / wirePerS };
}

export interface StopLatency {
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly worstMs: number;
}

/** From the call to the frame being handed to the line, while three slaves are polled without a pause and one is dead. */
export async function stopLatency(baudRate: number, stops: number): Promise<StopLatency | null> {
  const line = await openLine(baudRate, [...SLAVES, SILENT_SLAVE]);
  if (line === null) return null;
  let isOver = false;
  const busy = line.units.map(async (unit) => {
    while (!isOver) {
      const result = await unit.transact({ fc: 4, address: 0, count: REGISTERS });
      if (!result.ok) await new Promise((resolve) => setTimeout(resolve, 20));
    }
  });
  const delays: number[] = [];
  for (let i = 0; i < stops; i++) {
    await new Promise((resolve) => setTimeout(resolve, 5 + (i % 17)));
    const calledMs = systemClock.nowMs();
    const sent = new Promise<number>((resolve) => {
      line.onWrite((bytes) => {
        if (bytes[1] === 16 && bytes[3] === STOP_AT) resolve(systemClock.nowMs());
      });
    });
    const stopping = line.units[i % SLAVES.length].transact(
      { fc: 16, address: STOP_AT, words: [4] },
      { priority: PRIORITY.command, urgent: true },
    );
    delays.push((await sent) - calledMs);
    await stopping;
  }
  isOver = true;
  await Promise.all(busy);
  line.close();
  delays.sort((a, b) => a - b);
  const at = (share: number): number =>
    delays[Math.min(delays.length - 1, Math.floor(share * delays.length))];
  return { p50Ms: at(0.5), p99Ms: at(0.99), worstMs: at(1) };
}
