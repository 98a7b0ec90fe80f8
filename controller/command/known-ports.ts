/** Which serial ports this computer has, in words or as JSON. */
import { SerialPort } from 'serialport';

export async function knownPortsText(json: boolean): Promise<string> {
  // rejects on a Linux without udev
  const ports = await SerialPort.list().catch(() => []);
  if (json) return `${JSON.stringify({ ports }, null, 2)}\n`;
  if (ports.length === 0)
    return 'This system tells of no serial port; name one with --port (Linux: ls /dev/serial/by-id).\n';
  const rows = ports.map(({ path, manufacturer, serialNumber, vendorId, productId }) =>
    ['  ', path, manufacturer, serialNumber, vendorId === undefined ? undefined : `${vendorId}:${productId}`]
      .filter((one) => one !== undefined)
      .join('  '),
  );
  return ['Serial ports of this computer; none was opened. Look at one with --port.', ...rows, ''].join('\n');
}
