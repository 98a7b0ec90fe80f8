/**
 * The virtual rig: a process of its own that behaves like the machine's electronics. Started with its options as JSON
 * in the first argument; tells its parent VirtualRigReady and ends when that channel closes, or prints its addresses.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import {
  buildStrokeSchedule,
  createHousePlant,
  houseRecipe,
  parsePreset,
  type Preset,
  UserError,
} from '../../sim/index.ts';
import type { BytePort } from '../protocol/byte-port.ts';
import { startRtuSlave } from '../protocol/rtu-slave.ts';
import type { VirtualRigReady } from '../protocol/virtual-rig-ready.ts';
import { runDevice } from './device-loop.ts';
import { Firmware } from './firmware.ts';
import { type FramedService, framedService } from './framed-serve.ts';
import { Pace } from './pace.ts';
import { pacedPort } from './paced-port.ts';
import { openPseudoTerminal } from './pseudo-terminal.ts';
import { DEFAULT_BAUD_RATE, readRigOptions, type VirtualRigOptions } from './rig-options.ts';
import { rigRegisters } from './rig-registers.ts';
import { systemClock } from './system-clock.ts';
import { listenTcp } from './tcp-listener.ts';

const SLAVE_ADDRESS = 1;
/** A request whose bytes pause for longer is given up, ms; longer than any hiccup of the host. */
const GAP_MS = 50;

export interface RunningRig {
  readonly ready: VirtualRigReady;
  close(): void;
}

/** @returns the running rig, or one sentence that says why there is none */
export async function runVirtualRig(options: VirtualRigOptions): Promise<RunningRig | string> {
  const preset = readPreset(options.presetFile);
  if (typeof preset === 'string') return preset;
  const pace = new Pace(options.acceleration ?? 1, performance.now());
  const firmware = new Firmware({
    plant: createHousePlant(preset),
    buildSchedule: (recipe) => buildStrokeSchedule(preset.device, recipe),
    recipe: houseRecipe(preset.device),
    nowMs: () => performance.now(),
  });
  const bank = rigRegisters(firmware, pace);
  const baudRate = options.baudRate ?? DEFAULT_BAUD_RATE;
  const serve = (port: BytePort): void =>
    startRtuSlave(pacedPort(port, systemClock, baudRate), systemClock, bank, {
      unit: SLAVE_ADDRESS,
      gapMs: GAP_MS,
    });
  const listener = await listenTcp(options.tcpPort ?? 0, serve);
  if (typeof listener === 'string') return listener;
  const terminal = openPseudoTerminal();
  if (terminal !== null) serve(terminal.port);
  const service = framedService(firmware, pace, systemClock, baudRate);
  const framed = await openFramed(service, options.framedTcpPort ?? 0);
  if (typeof framed === 'string') return framed;
  const endLoop = runDevice(firmware, pace, service);
  return {
    ready: {
      kind: 'ready',
      pseudoTerminal: terminal?.path ?? null,
      tcp: listener.name,
      framed: framed.lines,
    },
    close() {
      endLoop();
      listener.close();
      terminal?.port.close();
      framed.close();
    },
  };
}

/** A line of each kind for the framed contract. */
async function openFramed(service: FramedService, tcpPort: number) {
  const serve = (port: BytePort): void => service.serve(port);
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

function readPreset(file: string): Preset | string {
  const text = readText(file);
  if (text === undefined) return `${file}: the preset cannot be read; give the path of a preset file.`;
  try {
    return parsePreset(text, file, { read: readText });
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
}

function readText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

async function main(argument: string | undefined): Promise<void> {
  const options = readRigOptions(argument);
  const rig = typeof options === 'string' ? options : await runVirtualRig(options);
  if (typeof rig === 'string') {
    process.stderr.write(`${rig}\n`);
    process.exitCode = 2;
    process.disconnect?.();
    return;
  }
  const end = (): void => {
    rig.close();
    process.exit(0);
  };
  process.on('SIGINT', end);
  process.on('SIGTERM', end);
  process.on('disconnect', end);
  if (process.send === undefined) process.stdout.write(`${JSON.stringify(rig.ready)}\n`);
  else process.send(rig.ready);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main(process.argv[2]);
