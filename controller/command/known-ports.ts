/** Which serial ports this computer has and what to change about them, in words or as JSON; none is opened. */
import { type ListedPort, listPorts, portAdvice } from '../port/list-ports.ts';

export async function knownPortsText(json: boolean): Promise<string> {
  const ports = await listPorts();
  return json ? `${JSON.stringify({ ports: withAdvice(ports) }, null, 2)}\n` : describe(ports);
}

const withAdvice = (ports: readonly ListedPort[]): unknown =>
  ports.map((port) => ({ ...port, advice: portAdvice(port) }));

function describe(ports: readonly ListedPort[]): string {
  if (ports.length === 0)
    return 'No serial device is plugged in. A line can also be a device server: tcp://HOST:PORT.\n';
  const head = 'Serial ports of this computer; none was opened. Look at one with --port.\n';
  return head + ports.map((port) => `${lineOf(port)}\n`).join('');
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
