/**
 * Simulated devices as a process of its own: started with an array of VirtualBus as JSON in its first argument and,
 * where they belong to one machine, the path of its preset in the second; one pseudo-terminal a bus. Ends when the channel to its parent closes.
 */
import { fileURLToPath } from 'node:url';
import { createHousePlant } from '../../../sim/index.ts';
import type { BytePort } from '../../protocol/byte-port.ts';
import type { FramingName } from '../../protocol/framings.ts';
import type { VirtualBus, VirtualDevicesReady } from '../../protocol/virtual-devices-ready.ts';
import { pacedPort } from '../paced-port.ts';
import { openPseudoTerminal } from '../pseudo-terminal.ts';
import { readPreset } from '../read-preset.ts';
import { systemClock } from '../system-clock.ts';
import { listenTcp } from '../tcp-listener.ts';
import { CATALOGUE } from './catalogue.ts';
import { type PlantSide, stillPlant } from './plant-side.ts';
import { pressBench } from './press-bench.ts';
import { serveLines, type ServedModbus, serveModbus } from './serve-devices.ts';
import type { LineSimulator, Simulator } from './simulator.ts';

export interface RunningDevices {
  readonly ready: VirtualDevicesReady;
  close(): void;
}

/** @param plantOf what each device finds; by default a world in which nothing happens by itself */
export async function runVirtualDevices(
  buses: readonly VirtualBus[],
  plantOf: (device: string, profile: string) => PlantSide = (_, profile) =>
    stillPlant(CATALOGUE[profile].world),
): Promise<RunningDevices | string> {
  const ports: Record<string, string> = {};
  const closers: (() => void)[] = [];
  for (const bus of buses) {
    const unknown = bus.devices.find(({ profile }) => CATALOGUE[profile] === undefined);
    if (unknown !== undefined)
      return `${unknown.name}: no simulator of "${unknown.profile}"; there are ${Object.keys(CATALOGUE).join(', ')}.`;
    const line = await openLine(bus, simulatorsOf(bus, plantOf));
    if (typeof line === 'string') return line;
    ports[bus.name] = line.path;
    closers.push(line.close);
  }
  return { ready: { kind: 'ready', ports }, close: () => closers.forEach((close) => close()) };
}

interface Placed {
  readonly address: number;
  readonly simulator: Simulator;
}

const simulatorsOf = (bus: VirtualBus, plantOf: (device: string, profile: string) => PlantSide): Placed[] =>
  bus.devices.map(({ name, profile, address }) => ({
    address: Number(address),
    simulator: CATALOGUE[profile].make({
      plant: plantOf(name, profile),
      clock: systemClock,
      address: address ?? undefined,
    }),
  }));

async function openLine(
  bus: VirtualBus,
  placed: readonly Placed[],
): Promise<{ path: string; close: () => void } | string> {
  const overTcp = bus.protocol === 'modbus-tcp';
  const terminal = overTcp ? null : openPseudoTerminal();
  if (terminal !== null) {
    serve(bus, pacedPort(terminal.port, systemClock, bus.baudRate), placed);
    return { path: terminal.path, close: () => terminal.port.close() };
  }
  const listener = await listenTcp(0, (port) =>
    serve(bus, overTcp ? port : pacedPort(port, systemClock, bus.baudRate), placed),
  );
  return typeof listener === 'string' ? listener : { path: listener.name, close: () => listener.close() };
}

const isModbus = (placed: Placed): placed is ServedModbus => placed.simulator.kind === 'modbus';
const isLine = (simulator: Simulator): simulator is LineSimulator => simulator.kind === 'line';

function serve({ protocol, byteMs }: VirtualBus, port: BytePort, placed: readonly Placed[]): void {
  if (protocol === 'line')
    serveLines(port, systemClock, placed.map(({ simulator }) => simulator).filter(isLine));
  else
    serveModbus(port, systemClock, placed.filter(isModbus), {
      framing: protocol.slice('modbus-'.length) as FramingName,
      byteMs,
    });
}

/** `presetFile`: the machine that the devices belong to; without it each stands in a world where nothing happens. */
async function main(argument: string | undefined, presetFile: string | undefined): Promise<void> {
  const preset = presetFile === undefined ? undefined : readPreset(presetFile);
  const bench = typeof preset === 'object' ? pressBench(createHousePlant(preset), systemClock) : undefined;
  const plantOf = bench && ((_device: string, profile: string) => bench(profile));
  const running =
    typeof preset === 'string'
      ? preset
      : await runVirtualDevices(JSON.parse(argument ?? '[]') as VirtualBus[], plantOf);
  if (typeof running === 'string') {
    process.stderr.write(`${running}\n`);
    process.exitCode = 2;
    process.disconnect?.();
    return;
  }
  const end = (): void => {
    running.close();
    process.exit(0);
  };
  process.on('SIGINT', end);
  process.on('SIGTERM', end);
  process.on('disconnect', end);
  if (process.send === undefined) process.stdout.write(`${JSON.stringify(running.ready)}\n`);
  else process.send(running.ready);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main(process.argv[2], process.argv[3]);
