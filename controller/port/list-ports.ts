/** Which serial devices this computer has. Never rejects: without udev the device files and sysfs are read. */
import { SerialPort } from 'serialport';
import { SYSTEM_ROOTS, type SystemRoots, stableNameOf, ttyNames, usbFacts } from './system-files.ts';

export interface ListedPort {
  /** What `openPort` takes. */
  readonly path: string;
  /** A name that stays the same wherever the device is plugged in, or null. */
  readonly stablePath: string | null;
  readonly manufacturer: string | null;
  readonly serialNumber: string | null;
  /** USB vendor and product, four hexadecimal digits. */
  readonly vendorId: string | null;
  readonly productId: string | null;
  /** How long the adapter may hold bytes back, ms; null where it does not say. FTDI's default is 16. */
  readonly latencyMs: number | null;
}

/**
 * @param ask what the serial library knows; it rejects on a Linux without udev
 * @param roots where the system's files stand
 */
export async function listPorts(
  ask: () => Promise<readonly { readonly path: string }[]> = () => SerialPort.list(),
  roots: SystemRoots = SYSTEM_ROOTS,
): Promise<readonly ListedPort[]> {
  const known: readonly Partial<ListedPort & { path: string }>[] = await ask().catch(() => []);
  const paths = new Set([...known.map(({ path }) => path ?? ''), ...ttyNames(roots)]);
  return [...paths]
    .filter((path) => path !== '')
    .toSorted()
    .map((path): ListedPort => {
      const port = known.find((each) => each.path === path);
      const facts = usbFacts(path, roots);
      return {
        path,
        stablePath: stableNameOf(path, roots),
        manufacturer: port?.manufacturer ?? facts.manufacturer,
        serialNumber: port?.serialNumber ?? facts.serialNumber,
        vendorId: port?.vendorId?.toLowerCase() ?? facts.vendorId,
        productId: port?.productId?.toLowerCase() ?? facts.productId,
        latencyMs: facts.latencyMs,
      };
    });
}

/** What to change about a port before it carries a control loop, or null. */
export function portAdvice({ path, latencyMs }: ListedPort): string | null {
  if (latencyMs === null || latencyMs <= 1) return null;
  const name = path.slice(path.lastIndexOf('/') + 1);
  return (
    `${path}: the adapter holds every reply back by up to ${latencyMs} ms (its latency timer); ` +
    `set 1 ms: echo 1 | sudo tee /sys/bus/usb-serial/devices/${name}/latency_timer, ` +
    `or for good: ACTION=="add", SUBSYSTEM=="usb-serial", DRIVER=="ftdi_sio", ATTR{latency_timer}="1" ` +
    'in /etc/udev/rules.d/99-serial-latency.rules.'
  );
}

/** What to change about the ports at these paths, whichever of their names is used. */
export async function adviceFor(paths: readonly string[]): Promise<string[]> {
  const used = (await listPorts()).filter(
    ({ path, stablePath }) => paths.includes(path) || (stablePath !== null && paths.includes(stablePath)),
  );
  return used.map(portAdvice).filter((advice) => advice !== null);
}
