/** From the rig file to an assembled machine: profiles, ports, devices. */
import { openDevices } from '../../../device/open-devices.ts';
import { loadProfiles } from '../../../device/profile-files.ts';
import { planRig, type RigPlan } from '../../../device/rig-devices.ts';
import { openPort } from '../../../port/open-port.ts';
import type { BytePort, Clock } from '../../../protocol/byte-port.ts';
import type { OpenElectronics } from '../electronics.ts';
import type { Assembly } from '../settings.ts';
import { assembly } from './assembly.ts';
import { wire } from './wiring.ts';

export interface AssemblyPlace {
  /** Folder of the rig file: profiles of one's own are named from there. */
  readonly folder: string;
  /** Ports by the name of their bus, in place of those of the rig file. */
  readonly ports: Readonly<Record<string, string>>;
}

/** One sentence where the devices, their profiles and the machine map do not fit together; nothing is opened yet. */
export function openAssembly(
  settings: Assembly,
  { folder, ports }: AssemblyPlace,
  clock: Clock,
): OpenElectronics | string {
  const profiles = loadProfiles(settings, folder);
  if (typeof profiles === 'string') return `electronics.devices: ${profiles}`;
  const found = planRig(settings, profiles);
  if ('says' in found) return `electronics.${found.path.join('.')}: ${found.says}.`;
  const unknown = Object.keys(ports).find((name) => found.buses.every((bus) => bus.name !== name));
  if (unknown !== undefined)
    return `--serial ${unknown}=…: there is no bus "${unknown}"; there are ${found.buses.map(({ name }) => name).join(', ')}.`;
  const plan = { ...found, buses: found.buses.map((bus) => ({ ...bus, port: ports[bus.name] ?? bus.port })) };
  const wiring = wire(settings.machine, plan);
  if (typeof wiring === 'string') return `electronics.${wiring}`;
  return async () => {
    const open = await openPorts(plan);
    if (typeof open === 'string') return open;
    const devices = openDevices(plan, open, clock);
    if (typeof devices !== 'string') return assembly({ clock, map: settings.machine, plan, ...devices });
    for (const port of open.values()) port.close();
    return devices;
  };
}

/** All of them, or none. */
async function openPorts({ buses }: RigPlan): Promise<ReadonlyMap<string, BytePort> | string> {
  const open = new Map<string, BytePort>();
  for (const { name, port: path, serial } of buses) {
    const port = await openPort(path, serial);
    if (typeof port === 'string') {
      for (const other of open.values()) other.close();
      return `${name}: ${port}`;
    }
    open.set(name, port);
  }
  return open;
}
