/** `elastocool serve`: the same controller and page on a real line. Nothing moves before a person has cleared and started it. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { Command } from 'commander';
import { inHouse } from './child.ts';
import { preparePage, run } from './run.ts';
import { listensAt, reachOptions, type ReachOptions } from './reach-options.ts';
import { recordingOptions, type RecordingOptions } from './recording.ts';
import {
  auditOption,
  reportOption,
  webPortOption,
  type ReportOption,
  type WebPortOption,
} from './web-port.ts';

const EXAMPLES = `
The machine stays in ABORTED until a person clears, resets and starts it on the page. The printed addresses carry keys, one
a role: engineer, operator and viewer; without a key nobody sees the machine. One page at a time has control of it; when
that page is gone the machine holds, and stops after the rig file's holdLimitS. Read SAFETY.md first.

Examples:
  npx elastocool serve --serial /dev/ttyUSB0 --rig my-rig.yaml
  npx elastocool serve --serial COM3
  npx elastocool serve --rig fixtures/rigs/bench-press.yaml     (several devices, ports as the file says)
  npx elastocool serve --serial COM3 --shadow            (reads, writes nothing, says what it would write)
  npx elastocool serve --serial /dev/ttyUSB0 --rig my-rig.yaml --lan           (others on the network, with a key)
  npx elastocool serve --serial /dev/ttyUSB0 --rig my-rig.yaml --allow-host cooler.lab   (behind a TLS proxy)
  npx elastocool serve --serial tcp://127.0.0.1:5020     (against \`npx elastocool virtual-rig\`)`;

interface ServeOptions extends WebPortOption, ReportOption, ReachOptions, RecordingOptions {
  readonly serial?: string;
  readonly rig: string;
  readonly shadow?: true;
}

export function serveCommand(): Command {
  const command = new Command('serve')
    .description('Drives a machine on a serial line, with the page and a key to it.')
    .option(
      '--serial <line>',
      'device path or tcp://HOST:PORT of a board; BUS=PATH,BUS=PATH in place of the ports in the rig file',
    )
    .option(
      '--rig <file>',
      'rig file: limits, recipe, serial settings',
      inHouse('fixtures/rigs/virtual-kilowatt.yaml'),
    )
    .option('--shadow', 'read everything, write nothing: watch beside whatever drives the machine')
    .addOption(webPortOption())
    .addOption(auditOption())
    .addOption(reportOption())
    .addHelpText('after', EXAMPLES)
    .action(serve);
  for (const option of [...reachOptions(), ...recordingOptions()]) command.addOption(option);
  return command;
}

async function serve(options: ServeOptions, command: Command): Promise<void> {
  const { serial, rig, port, audit, allowHost, shadow } = options;
  const rigFile = resolve(rig);
  if (!existsSync(rigFile)) command.error(`error: the rig file ${rig} does not exist`, { exitCode: 2 });
  preparePage();
  await run({
    control: { rigFile, port: serial ?? '', autoStart: false, isShadow: shadow === true },
    webPort: port,
    tokenRequired: true,
    host: listensAt(options),
    allowHosts: allowHost,
    auditFile: resolve(audit),
    recording: options,
    reportFolder: resolve(options.report),
  }).catch((error: Error) => command.error(`error: ${error.message}`, { exitCode: 2 }));
}
