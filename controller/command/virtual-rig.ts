/** `elastocool virtual-rig`: the virtual machine alone, a process of its own, for any host to talk to. */
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { Command, InvalidArgumentError } from 'commander';
import { moduleBeside } from '../../sim/command/module-beside.ts';
import { orderProblem } from '../protocol/faults/amount.ts';
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
import type { VirtualRigReady } from '../protocol/virtual-rig-channel.ts';
import { printDictionary } from './print-dictionary.ts';
import { runVirtualDevices } from './virtual-devices.ts';

const MAIN = moduleBeside(import.meta.url, '../virtual-rig/main');
const PRESET = 'hkust-kilowatt-2025';
const presetPath = (name: string): string =>
  fileURLToPath(new URL(`../../fixtures/presets/${name}.yaml`, import.meta.url));

const EXAMPLES = `
Examples:
  npx elastocool virtual-rig
  npx elastocool virtual-rig --port 5020 --framed-port 5021 --acceleration 5
  npx elastocool virtual-rig --register-map
  npx elastocool virtual-rig --devices fixtures/rigs/bench-devices.yaml
  npx elastocool virtual-rig --dictionary`;

interface Options {
  readonly port: number;
  readonly preset: string;
  readonly baudRate: number;
  readonly acceleration: number;
  readonly fault: readonly PlannedFault[];
  readonly framedPort: number;
  readonly registerMap?: true;
  readonly dictionary?: true;
  readonly devices?: string;
  readonly json?: true;
}

/** As the rig takes it in its options. */
interface PlannedFault {
  readonly fault: string;
  readonly at_s: number;
  readonly amount?: number;
}

export function virtualRigCommand(): Command {
  return new Command('virtual-rig')
    .summary('run the virtual rig alone, for any Modbus master or framed host to talk to')
    .description(
      'Runs the virtual machine on pseudo-terminals and over TCP on 127.0.0.1: Modbus RTU, slave address 1, and the ' +
        'framed contract of controller/firmware/PROTOCOL.md.',
    )
    .option('--port <number>', 'TCP port, 0 for any free one', whole(0, 65_535), 5020)
    .option(
      '--framed-port <number>',
      'TCP port of the framed contract, 0 for any free one',
      whole(0, 65_535),
      0,
    )
    .option('--preset <name>', 'which machine: a file of fixtures/presets without its ending', PRESET)
    .option(
      '--baud-rate <number>',
      'speed of the emulated line, bits a second',
      whole(300, 4_000_000),
      921_600,
    )
    .option('--acceleration <number>', 'simulated seconds a second', whole(1, 20), 1)
    .option(
      '--fault <name[=amount]@time>',
      'break something after so many seconds, e.g. pump-trip@10s or delay=40@5s; may be repeated',
      planFault,
      [],
    )
    .option('--register-map', 'print the register map and end')
    .option('--dictionary', 'print the dictionary of the framed contract, as the rig sends it, and end')
    .option('--devices <file>', 'simulate the devices of a rig file instead, one pseudo-terminal a bus')
    .option('--json', 'with --devices: print the ports as JSON')
    .addHelpText('after', EXAMPLES)
    .action((options: Options) => {
      if (options.registerMap) return printRegisterMap();
      if (options.devices !== undefined) return runVirtualDevices(options.devices, options.json === true);
      return options.dictionary ? printDictionary(presetPath(options.preset)) : run(options);
    });
}

/** A parser of whole numbers within bounds, for one option. */
function whole(low: number, high: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= low && value <= high) return value;
    throw new InvalidArgumentError(`A whole number from ${low} to ${high} is allowed.`);
  };
}

const FAULT_TEXT = /^([a-z-]+)(?:=([\d.]+))?@([\d.]+)s$/;

function planFault(text: string, before: readonly PlannedFault[]): readonly PlannedFault[] {
  const [, fault = '', amountText, at = ''] = FAULT_TEXT.exec(text) ?? [];
  if (fault === '')
    throw new InvalidArgumentError(`"${text}" given, NAME@10s or NAME=AMOUNT@10s is expected.`);
  const amount = amountText === undefined ? undefined : Number(amountText);
  const problem = orderProblem(fault, amount);
  if (problem !== null) throw new InvalidArgumentError(problem);
  return [...before, { fault, at_s: Number(at), ...(amount === undefined ? {} : { amount }) }];
}

/** Ends when the rig ends. Ctrl-C reaches both; the rig also ends when this process is gone. */
async function run({
  port,
  framedPort,
  preset,
  baudRate,
  acceleration,
  fault: faults,
}: Options): Promise<void> {
  const options = {
    presetFile: presetPath(preset),
    tcpPort: port,
    framedTcpPort: framedPort,
    baudRate,
    acceleration,
    faults,
  };
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
  const none = 'none: this system has no pseudo-terminals';
  const { pseudoTerminal, tcp, framed } = ready;
  return [
    'The virtual rig answers as Modbus RTU slave 1:',
    `  serial  ${pseudoTerminal ?? none} (paced to ${baudRate} Bd, 8N1)`,
    `  TCP     ${tcp} (RTU frames, not Modbus TCP)`,
    'and by the framed contract, with a stream of 1000 rows a second:',
    `  serial  ${framed.pseudoTerminal ?? none} (paced to ${baudRate} Bd, 8N1)`,
    `  TCP     ${framed.tcp}`,
    'Ctrl-C ends it. What it knows: elastocool virtual-rig --register-map, --dictionary',
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
