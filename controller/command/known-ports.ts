/** Which serial ports this computer has, in words or as JSON; none is opened. */
import { listPorts, portAdvice } from '../port/list-ports.ts';

export async function knownPortsText(json: boolean): Promise<string> {
  const ports = await listPorts();
  if (json) return `${JSON.stringify({ ports }, null, 2)}\n`;
  if (ports.length === 0)
    return 'This system tells of no serial port; name one with --port (Linux: ls /dev/serial/by-id).\n';
  const rows = ports.map(({ path, stablePath, manufacturer, serialNumber, vendorId, productId }) =>
    [
      '  ',
      path,
      stablePath,
      manufacturer,
      serialNumber,
      vendorId === null ? null : `${vendorId}:${productId}`,
    ]
      .filter((one) => one !== null)
      .join('  '),
  );
  const advice = ports.map(portAdvice).filter((one) => one !== null);
  const head = 'Serial ports of this computer; none was opened. Look at one with --port.';
  return [head, ...rows, ...advice, ''].join('\n');
}
