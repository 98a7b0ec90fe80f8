/**
 * The virtual rig: a process of its own that behaves like the machine's electronics. Started with its options as JSON
 * in the first argument; tells its parent VirtualRigReady and ends when that channel closes, or prints its addresses.
 */
import { fileURLToPath } from 'node:url';
import { buildStrokeSchedule, createHousePlant, houseRecipe } from '../../sim/index.ts';
import type { BytePort } from '../protocol/byte-port.ts';
import type { VirtualRigReady } from '../protocol/virtual-rig-channel.ts';
import { runDevice } from './device-loop.ts';
import { takeOrders } from './faults/orders.ts';
import { FaultyRig } from './faults/faulty-rig.ts';
import { framedService } from './framed-serve.ts';
import { Pace } from './pace.ts';
import { pacedPort } from './paced-port.ts';
import { openPseudoTerminal } from './pseudo-terminal.ts';
import { readPreset } from './read-preset.ts';
import { DEFAULT_BAUD_RATE, readRigOptions, type VirtualRigOptions } from './rig-options.ts';
import { openRigLines } from './rig-lines.ts';
import { systemClock } from './system-clock.ts';
import { listenTcp } from './tcp-listener.ts';

export interface RunningRig {
  readonly ready: VirtualRigReady;
  readonly rig: FaultyRig;
  close(): void;
}

/** @returns the running rig, or one sentence that says why there is none */
export async function runVirtualRig(options: VirtualRigOptions): Promise<RunningRig | string> {
  const preset = readPreset(options.presetFile);
  if (typeof preset === 'string') return preset;
  const pace = new Pace(options.acceleration ?? 1, performance.now());
  const baudRate = options.baudRate ?? DEFAULT_BAUD_RATE;
  const rig = new FaultyRig({
    plant: createHousePlant(preset),
    buildSchedule: (recipe) => buildStrokeSchedule(preset.device, recipe),
    recipe: houseRecipe(preset.device),
    clock: systemClock,
    pace,
    seed: 1,
  });
  const lines = await openRigLines(options.tcpPort ?? 0, systemClock, (port) =>
    rig.serve(pacedPort(port, systemClock, baudRate)),
  );
  if (typeof lines === 'string') return lines;
  rig.pull = (awayMs) => lines.unplug(awayMs);
  const service = framedService(rig.firmware, pace, systemClock, baudRate, options.instrumented);
  // What is broken on the bytes is broken on these lines too.
  const framed = await openFramed((port) => service.serve(rig.line.wrap(port)), options.framedTcpPort ?? 0);
  if (typeof framed === 'string') return framed;
  const endLoop = runDevice(rig.firmware, pace, service);
  return {
    ready: { kind: 'ready', pseudoTerminal: lines.pseudoTerminal, tcp: lines.tcp, framed: framed.lines },
    rig,
    close() {
      endLoop();
      lines.close();
      framed.close();
    },
  };
}

/** A line of each kind for the framed contract. */
async function openFramed(serve: (port: BytePort) => void, tcpPort: number) {
  const listener = await listenTcp(tcpPort, serve);
  if (typeof listener === 'string') return listener;
  const terminal = openPseudoTerminal();
  if (terminal !== null) serve(terminal.port);
  return {
    lines: { pseudoTerminal: terminal?.path ?? null, tcp: listener.name },
    close() {
      listener.close();
      terminal?.port.close();
    },
  };
}

function refuse(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
  process.exitCode = 2;
  process.disconnect?.();
}

async function main(argument: string | undefined): Promise<void> {
  const options = readRigOptions(argument);
  if (typeof options === 'string') return refuse(options);
  const rig = await runVirtualRig(options);
  if (typeof rig === 'string') return refuse(rig);
  const end = (): void => {
    rig.close();
    process.exit(0);
  };
  process.on('SIGINT', end);
  process.on('SIGTERM', end);
  process.on('disconnect', end);
  takeOrders(rig.rig, options.faults ?? []);
  if (process.send === undefined) process.stdout.write(`${JSON.stringify(rig.ready)}\n`);
  else process.send(rig.ready);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main(process.argv[2]);
