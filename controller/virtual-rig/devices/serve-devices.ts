/** Simulated devices on one line: Modbus slaves with their habits, or modules that speak in lines. */
import type { BytePort, Clock } from '../../protocol/byte-port.ts';
import type { FramingName } from '../../protocol/framings.ts';
import { latin1Bytes, LineCutter } from '../../protocol/line-text.ts';
import { startModbusSlaves } from '../../protocol/modbus-slaves.ts';
import type { LineSimulator, ModbusSimulator } from './simulator.ts';

/** A request whose bytes pause for longer is given up, ms; longer than any hiccup of the host. */
const GAP_MS = 50;

export interface ServedModbus {
  readonly address: number;
  readonly simulator: ModbusSimulator;
}

/** @param byteMs time of one character on the line, 0 where it has no speed */
export function serveModbus(
  port: BytePort,
  clock: Clock,
  devices: readonly ServedModbus[],
  { framing, byteMs }: { readonly framing: FramingName; readonly byteMs: number },
): void {
  const banks = new Map(devices.map(({ address, simulator }) => [address, simulator.bank]));
  const deafMs =
    framing === 'rtu'
      ? new Map(devices.map(({ address, simulator }) => [address, simulator.deafMs]))
      : new Map();
  startModbusSlaves(deafPort(port, clock, deafMs, byteMs), clock, banks, { framing, gapMs: GAP_MS });
}

/** Drops what begins too soon after the last reply for the device that it is for. */
function deafPort(
  port: BytePort,
  clock: Clock,
  deafMs: ReadonlyMap<number, number>,
  byteMs: number,
): BytePort {
  let repliedAtMs = Number.NEGATIVE_INFINITY;
  let heardAtMs = Number.NEGATIVE_INFINITY;
  let isDeaf = false;
  const begins = (): boolean => clock.nowMs() - heardAtMs > GAP_MS || heardAtMs <= repliedAtMs;
  return {
    ...port,
    write(bytes) {
      port.write(bytes);
      repliedAtMs = clock.nowMs() + bytes.length * byteMs;
    },
    onData(listener) {
      port.onData((chunk) => {
        if (begins()) isDeaf = clock.nowMs() - repliedAtMs < (deafMs.get(chunk[0]) ?? 0);
        heardAtMs = clock.nowMs();
        if (!isDeaf) listener(chunk);
      });
    },
  };
}

const LONGEST_LINE = 1024;

/** All devices of a line end their lines alike. */
export function serveLines(port: BytePort, clock: Clock, devices: readonly LineSimulator[]): void {
  const [first] = devices;
  if (first === undefined) return;
  const cutter = new LineCutter(first.terminatorIn, LONGEST_LINE);
  const say = (text: string): void => port.write(latin1Bytes(text + first.terminatorOut));
  port.onData((chunk) => {
    for (const line of cutter.push(chunk))
      for (const device of devices) {
        const reply = device.answer(line);
        if (reply !== null) say(reply);
      }
  });
  for (const { stream } of devices)
    if (stream !== undefined) repeat(clock, stream.everyMs, () => say(stream.line()));
}

function repeat(clock: Clock, everyMs: number, action: () => void): void {
  clock.after(everyMs, () => {
    action();
    repeat(clock, everyMs, action);
  });
}
