/** `elastocool virtual-rig --devices FILE`: the devices of a rig file, simulated, one pseudo-terminal a bus. */
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { loadRigPlan } from '../device/profile-files.ts';
import type { BusPlan } from '../device/rig-devices.ts';
import { byteMs } from '../device/time-budget.ts';
import type { VirtualBus, VirtualDevicesReady } from '../protocol/virtual-devices-ready.ts';

const MAIN = fileURLToPath(new URL('../virtual-rig/devices/main.ts', import.meta.url));

/** Ends when the devices end. Ctrl-C reaches both; they also end when this process is gone. */
export async function runVirtualDevices(file: string, json: boolean): Promise<void> {
  const plan = loadRigPlan(file);
  const buses = typeof plan === 'string' ? plan : virtualBuses(plan.buses);
  if (typeof buses === 'string') {
    process.stderr.write(`${buses}\n`);
    process.exitCode = 2;
    return;
  }
  const devices = fork(MAIN, [JSON.stringify(buses)]);
  const end = (): void => {
    if (devices.connected) devices.disconnect();
  };
  process.on('SIGINT', end);
  process.on('SIGTERM', end);
  devices.once('message', (ready: VirtualDevicesReady) =>
    process.stdout.write(json ? `${JSON.stringify(ready.ports)}\n` : greeting(file, buses, ready)),
  );
  const code = await new Promise<number | null>((resolve) => devices.once('exit', resolve));
  process.removeListener('SIGINT', end);
  process.removeListener('SIGTERM', end);
  process.exitCode = code ?? 1;
}

function virtualBuses(plans: readonly BusPlan[]): VirtualBus[] | string {
  const buses: VirtualBus[] = [];
  for (const { name, protocol, serial, devices } of plans) {
    if (protocol === 'framed')
      return `buses.${name}: a framed board is simulated by elastocool virtual-rig without --devices.`;
    const own = devices.map((device) => ({
      name: device.name,
      profile: device.profile.profile,
      address: device.address ?? null,
    }));
    buses.push({ name, protocol, baudRate: serial.baudRate, byteMs: byteMs(serial), devices: own });
  }
  return buses;
}

function greeting(file: string, buses: readonly VirtualBus[], { ports }: VirtualDevicesReady): string {
  const lines = buses.map(
    ({ name, devices, baudRate }) =>
      `  ${name}  ${ports[name]} (${baudRate} Bd): ${devices.map((one) => `${one.name} (${one.profile})`).join(', ')}`,
  );
  const given = buses.map(({ name }) => `--port ${name}=${ports[name]}`).join(' ');
  return [
    'Simulated devices answer on',
    ...lines,
    `Try: npx elastocool rig check ${file} ${given}`,
    'Ctrl-C ends them.',
    '',
  ].join('\n');
}
