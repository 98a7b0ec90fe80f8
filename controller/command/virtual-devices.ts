/** `elastocool virtual-rig --devices FILE`: the devices of a rig file, simulated, one pseudo-terminal a bus. */
import { fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { moduleBeside } from '../../sim/command/module-beside.ts';
import { parseRigFile } from '../control/rig-file.ts';
import { loadRigPlan } from '../device/profile-files.ts';
import type { BusPlan } from '../device/rig-devices.ts';
import { byteMs } from '../device/time-budget.ts';
import { inHouse } from './child.ts';
import { refuse } from './rig-ports.ts';
import type { VirtualBus, VirtualDevicesReady } from '../protocol/virtual-devices-ready.ts';

const MAIN = moduleBeside(import.meta.url, '../virtual-rig/devices/main');

/** Ends when the devices end. Ctrl-C reaches both; they also end when this process is gone. */
export async function runVirtualDevices(file: string, json: boolean): Promise<void> {
  const plan = loadRigPlan(file);
  const buses = typeof plan === 'string' ? plan : virtualBuses(plan.buses);
  if (typeof buses === 'string') return refuse(buses);
  const machine = presetOf(file);
  if (typeof machine === 'string') return refuse(machine);
  const preset = machine.path;
  const devices = fork(MAIN, [JSON.stringify(buses), ...(preset === null ? [] : [preset])]);
  const end = (): void => {
    if (devices.connected) devices.disconnect();
  };
  process.on('SIGINT', end);
  process.on('SIGTERM', end);
  devices.once('message', (ready: VirtualDevicesReady) =>
    process.stdout.write(json ? `${JSON.stringify(ready.ports)}\n` : greeting(file, buses, ready, preset)),
  );
  const code = await new Promise<number | null>((resolve) => devices.once('exit', resolve));
  process.removeListener('SIGINT', end);
  process.removeListener('SIGTERM', end);
  process.exitCode = code ?? 1;
}

/** Devices of a whole rig file share one machine, that of its preset; a file of devices alone names none. */
function presetOf(file: string): { readonly path: string | null } | string {
  const text = readFileSync(file, 'utf8');
  if (!/^electronics:/m.test(text)) return { path: null };
  const rig = parseRigFile(text);
  return typeof rig === 'string'
    ? `${file}: ${rig}`
    : { path: inHouse(`fixtures/presets/${rig.preset}.yaml`) };
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

function greeting(
  file: string,
  buses: readonly VirtualBus[],
  { ports }: VirtualDevicesReady,
  preset: string | null,
): string {
  const lines = buses.map(
    ({ name, devices, baudRate }) =>
      `  ${name}  ${ports[name]} (${baudRate} Bd): ${devices.map((one) => `${one.name} (${one.profile})`).join(', ')}`,
  );
  const given = buses.map(({ name }) => `--port ${name}=${ports[name]}`).join(' ');
  return [
    'Simulated devices answer on',
    ...lines,
    `Try: npx elastocool rig check ${file} ${given}`,
    ...(preset === null
      ? []
      : [
          `     npx elastocool serve --rig ${file} --serial ${given.replaceAll('--port ', '').replaceAll(' ', ',')}`,
        ]),
    'Ctrl-C ends them.',
    '',
  ].join('\n');
}
