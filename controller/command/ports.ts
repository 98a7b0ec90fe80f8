/** `elastocool ports`: the serial devices of this computer, and what to change about them. */
import { Command } from 'commander';
import { type ListedPort, listPorts, portAdvice } from '../port/list-ports.ts';

export function portsCommand(): Command {
  return new Command('ports')
    .summary('list the serial devices of this computer')
    .description('Lists the serial devices of this computer; opens none of them.')
    .option('--json', 'for machines', false)
    .addHelpText(
      'after',
      '\nExamples:\n  elastocool ports\n  elastocool ports --json\n\n' +
        'Give a rig file the name under /dev/serial/by-id where there is one: it survives replugging.',
    )
    .action(async ({ json }: { json: boolean }) => {
      const ports = await listPorts();
      process.stdout.write(json ? `${JSON.stringify(withAdvice(ports), null, 2)}\n` : describe(ports));
    });
}

const withAdvice = (ports: readonly ListedPort[]): unknown =>
  ports.map((port) => ({ ...port, advice: portAdvice(port) }));

function describe(ports: readonly ListedPort[]): string {
  if (ports.length === 0)
    return 'No serial device is plugged in. A line can also be a device server: tcp://HOST:PORT.\n';
  return ports.map((port) => `${lineOf(port)}\n`).join('');
}

function lineOf(port: ListedPort): string {
  const { path, stablePath, manufacturer, serialNumber, vendorId, productId } = port;
  const usb = vendorId === null ? null : `USB ${vendorId}:${productId ?? '????'}`;
  const serial = serialNumber === null ? null : `serial number ${serialNumber}`;
  const facts = [manufacturer, usb, serial].filter((fact) => fact !== null).join(', ');
  const lines = [facts === '' ? path : `${path}: ${facts}`];
  if (stablePath !== null) lines.push(`  ${stablePath}`);
  const advice = portAdvice(port);
  if (advice !== null) lines.push(`  ${advice}`);
  return lines.join('\n');
}
