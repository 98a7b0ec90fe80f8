/** `elastocool start`: the virtual rig, the controller and the page. It never opens a real port. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Command, Option } from 'commander';
import { boardOf } from '../control/electronics/settings.ts';
import { parseRigFile } from '../control/rig-file.ts';
import { inHouse } from './child.ts';
import { keepFaults } from './fault-keeper.ts';
import { startRig, type RigProcess } from './rig-process.ts';
import { preparePage, run } from './run.ts';
import { recordingOptions, type RecordingOptions } from './recording.ts';
import {
  auditOption,
  reportOption,
  webPortOption,
  type ReportOption,
  type WebPortOption,
} from './web-port.ts';

const RIG_FILE = 'fixtures/rigs/virtual-kilowatt.yaml';

const EXAMPLES = `
The virtual kilowatt cooler starts by itself and cools its model house. Open the address that is printed.

Examples:
  npm start
  npm start -- --port 9000
  npx elastocool start
  npx elastocool start --rig fixtures/rigs/virtual-kilowatt-instrumented.yaml`;

const NOT_FOR_OTHERS =
  'error: `start` asks for no key, so it stays on this computer; for others run `npx elastocool virtual-rig` and ' +
  '`npx elastocool serve --serial LINE --lan` with the line that it prints';

export function startCommand(): Command {
  const command = new Command('start')
    .description('Runs the virtual rig, the controller and the page.')
    .addOption(webPortOption())
    .addOption(auditOption())
    .addOption(reportOption())
    .option(
      '--rig <file>',
      'another rig file of a virtual board; its port is never opened',
      inHouse(RIG_FILE),
    )
    .addHelpText('after', EXAMPLES)
    .action(start);
  for (const option of recordingOptions()) command.addOption(option);
  for (const flag of ['--lan', '--host [address]', '--allow-host [name]']) {
    const option = new Option(flag).hideHelp();
    command.addOption(option);
    command.on(`option:${option.name()}`, () => command.error(NOT_FOR_OTHERS, { exitCode: 2 }));
  }
  return command;
}

type Options = WebPortOption & ReportOption & RecordingOptions & { readonly rig: string };

async function start(options: Options, command: Command): Promise<void> {
  const { port, audit } = options;
  const rigFile = resolve(options.rig);
  preparePage();
  console.log('Starting the virtual rig.');
  const rig = await startVirtualRig(rigFile).catch((error: Error) =>
    command.error(`error: ${error.message}`, { exitCode: 1 }),
  );
  const control = { rigFile, port: rig.port, autoStart: true, isBreakable: true };
  const { hub } = await run(
    {
      control,
      webPort: port,
      tokenRequired: false,
      auditFile: resolve(audit),
      recording: options,
      reportFolder: resolve(options.report),
    },
    rig,
  );
  keepFaults(rig, hub);
  rig.onExit((how) => {
    const sentence = `The virtual rig ended ${how}: there is no machine any more. Press Ctrl-C and start again.`;
    hub.announce('alarm', sentence);
    console.error(sentence);
  });
}

async function startVirtualRig(rigFile: string): Promise<RigProcess> {
  const rig = parseRigFile(textOf(rigFile));
  if (typeof rig === 'string') throw new Error(`${rigFile}: ${rig}`);
  const board = boardOf(rig.electronics);
  if (board === null) throw new Error(`${rigFile}: the virtual rig is a board, not an assembly.`);
  const { baudRate, kind } = board;
  const instrumented = rig.virtual_rig?.instrumented ?? false;
  return startRig({ preset: rig.preset, baudRate, kind, instrumented });
}

function textOf(rigFile: string): string {
  try {
    return readFileSync(rigFile, 'utf8');
  } catch {
    throw new Error(`${rigFile}: the rig file cannot be read; is the path right?`);
  }
}
