/** `elastocool serve`: the same controller and page on a real line. Nothing moves before a person has cleared and started it. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { Command } from 'commander';
import { inHouse } from './child.ts';
import { preparePage, run } from './run.ts';
import { webPortOption, type WebPortOption } from './web-port.ts';

const EXAMPLES = `
The machine stays in ABORTED until a person clears, resets and starts it on the page. The printed address carries a
key; without it nobody on this computer can command the machine. Read SAFETY.md first.

Examples:
  npx elastocool serve --serial /dev/ttyUSB0 --rig my-rig.yaml
  npx elastocool serve --serial COM3
  npx elastocool serve --serial COM3 --shadow            (reads, writes nothing, says what it would write)
  npx elastocool serve --serial tcp://127.0.0.1:5020     (against \`npx elastocool virtual-rig\`)`;

interface ServeOptions extends WebPortOption {
  readonly serial: string;
  readonly rig: string;
  readonly shadow?: true;
}

export function serveCommand(): Command {
  return new Command('serve')
    .description('Drives a machine on a serial line, with the page and a key to it.')
    .requiredOption('--serial <line>', 'device path, or tcp://HOST:PORT for RTU over TCP')
    .option(
      '--rig <file>',
      'rig file: limits, recipe, serial settings',
      inHouse('fixtures/rigs/virtual-kilowatt.yaml'),
    )
    .option('--shadow', 'read everything, write nothing: watch beside whatever drives the machine')
    .addOption(webPortOption())
    .addHelpText('after', EXAMPLES)
    .action(serve);
}

async function serve({ serial, rig, port, shadow }: ServeOptions, command: Command): Promise<void> {
  const rigFile = resolve(rig);
  if (!existsSync(rigFile)) command.error(`error: the rig file ${rig} does not exist`, { exitCode: 2 });
  preparePage();
  const control = { rigFile, port: serial, autoStart: false, isShadow: shadow === true };
  await run({ control, webPort: port, tokenRequired: true });
}
