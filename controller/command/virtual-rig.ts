/** `elastocool virtual-rig`: the virtual machine alone, a process of its own, for any Modbus master to talk to. */
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { Command, InvalidArgumentError } from 'commander';
import {
  FAULT_BITS,
  INPUT_MIRROR,
  REGISTER_MAP,
  type Register,
  type RegisterBlock,
  registersPer,
  WAVEFORM_PAGE_STRIDE,
  WAVEFORM_PAGES,
  WAVEFORM_SCALE,
} from '../protocol/register-map.ts';
import type { VirtualRigReady } from '../protocol/virtual-rig-ready.ts';

const MAIN = fileURLToPath(new URL('../virtual-rig/main.ts', import.meta.url));
const PRESET = 'hkust-kilowatt-2025';
const presetPath = (name: string): string =>
  fileURLToPath(new URL(`../../fixtures/presets/${name}.yaml`, import.meta.url));

interface Options {
  readonly port: number;
  readonly preset: string;
  readonly baudRate: number;
  readonly acceleration: number;
  readonly registerMap?: true;
}

export function virtualRigCommand(): Command {
  return new Command('virtual-rig')
    .summary('run the virtual rig alone, for any Modbus master to talk to')
    .description(
      'Runs the virtual machine: Modbus RTU on a pseudo-terminal and over TCP on 127.0.0.1, slave address 1.',
    )
    .option('--port <number>', 'TCP port, 0 for any free one', whole(0, 65_535), 5020)
    .option('--preset <name>', 'which machine: a file of fixtures/presets without its ending', PRESET)
    .option(
      '--baud-rate <number>',
      'speed of the emulated line, bits a second',
      whole(300, 4_000_000),
      921_600,
    )
    .option('--acceleration <number>', 'simulated seconds a second', whole(1, 20), 1)
    .option('--register-map', 'print the register map and end')
    .action((options: Options) => (options.registerMap ? printRegisterMap() : run(options)));
}

/** A parser of whole numbers within bounds, for one option. */
function whole(low: number, high: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= low && value <= high) return value;
    throw new InvalidArgumentError(`A whole number from ${low} to ${high} is allowed.`);
  };
}

/** Ends when the rig ends. Ctrl-C reaches both; the rig also ends when this process is gone. */
async function run({ port, preset, baudRate, acceleration }: Options): Promise<void> {
  const options = { presetFile: presetPath(preset), tcpPort: port, baudRate, acceleration };
  const rig = fork(MAIN, [JSON.stringify(options)]);
  const end = (): void => {
    if (rig.connected) rig.disconnect();
  };
  process.on('SIGINT', end);
  process.on('SIGTERM', end);
  rig.once('message', (ready: VirtualRigReady) => process.stdout.write(greeting(ready, baudRate)));
  const code = await new Promise<number | null>((resolve) => rig.once('exit', resolve));
  process.removeListener('SIGINT', end);
  process.removeListener('SIGTERM', end);
  process.exitCode = code ?? 1;
}

function greeting(ready: VirtualRigReady, baudRate: number): string {
  const terminal = ready.pseudoTerminal ?? 'none: this system has no pseudo-terminals';
  return [
    'The virtual rig answers as Modbus RTU slave 1:',
    `  serial  ${terminal} (paced to ${baudRate} Bd, 8N1)`,
    `  TCP     ${ready.tcp} (RTU frames, not Modbus TCP)`,
    'Ctrl-C ends it. Its registers: elastocool virtual-rig --register-map',
    '',
  ].join('\n');
}

function printRegisterMap(): void {
  const mirror = `Input registers stand a second time in the holding table, read-only, at address + ${INPUT_MIRROR}.`;
  const intro = `Addresses count from zero; u32 and f32 are two registers, high word first.\n${mirror}\n`;
  const tables = [...REGISTER_MAP.map(blockTable), faultTable(), waveformTable()];
  process.stdout.write(`${intro}\n${tables.join('\n')}`);
}

function faultTable(): string {
  const rows = Object.entries(FAULT_BITS).map(([name, bit]) => `  bit ${String(bit).padEnd(7)}${name}`);
  return ['FAULT_BITS of fault_word', ...rows, ''].join('\n');
}

function waveformTable(): string {
  const rows = WAVEFORM_SCALE.map(({ name, perCount }) => `  ${name.padEnd(17)}${perCount} a count`);
  const pages = `${WAVEFORM_PAGES} pages, each ${WAVEFORM_PAGE_STRIDE} registers after the one before`;
  return [`WAVEFORM_SCALE, the channels of one bin in order (${pages})`, ...rows, ''].join('\n');
}

function blockTable(block: RegisterBlock): string {
  const last = block.start + block.length - 1;
  const reads = block.table === 'input' ? 'input, read with FC04' : 'holding, FC03, FC06, FC16, FC23';
  const title = `${block.title.toUpperCase()}  ${block.start}-${last}  (${reads})`;
  return [title, ...block.registers.map(registerRow), ''].join('\n');
}

function registerRow({ name, address, type, count, help }: Register): string {
  const last = address + registersPer(type) * count - 1;
  const range = last === address ? `${address}` : `${address}-${last}`;
  const kind = count === 1 ? type : `${type} x ${count}`;
  return `  ${range.padEnd(11)}${kind.padEnd(10)}${name.padEnd(23)}${help}`;
}
