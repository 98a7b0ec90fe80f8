/** `elastocool rig`: what is on the serial lines, and whether a rig file fits it. Nothing here ever writes to a device. */
import { Command } from 'commander';
import { checkCommand } from './rig-check.ts';
import { identifyCommand } from './rig-identify.ts';
import { scanCommand } from './rig-scan.ts';

const EXAMPLES = `
Examples:
  npx elastocool rig scan
  npx elastocool rig scan --port /dev/ttyUSB0 --addresses 1-16
  npx elastocool rig check my-rig.yaml
  npx elastocool rig check my-rig.yaml --offline
  npx elastocool rig identify my-rig.yaml
  npx elastocool rig identify --port /dev/ttyUSB0 --profile delta-vfd-el --address 2`;

export function rigCommand(): Command {
  return new Command('rig')
    .summary('find the devices of a rig, check its file, read every point')
    .description(
      'Looks at a rig: finds devices, checks a rig file, reads every point. Only reads; nothing is ever written.',
    )
    .helpCommand(false)
    .addHelpText('after', EXAMPLES)
    .addCommand(scanCommand())
    .addCommand(checkCommand())
    .addCommand(identifyCommand());
}
