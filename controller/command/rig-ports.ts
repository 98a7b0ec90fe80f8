/** The lines of a plan, opened, with ports of one's own in place of those in the file. */
import { InvalidArgumentError } from 'commander';
import { openBus } from '../device/open-devices.ts';
import type { Device } from '../device/device.ts';
import { loadRigPlan } from '../device/profile-files.ts';
import type { BusPlan, RigPlan } from '../device/rig-devices.ts';
import { openPort } from '../port/open-port.ts';
import { systemClock } from '../port/system-clock.ts';

/** By the name of the bus. */
export type PortChoice = Readonly<Record<string, string>>;

/** Collects `--port BUS=PATH`. */
export function choosePort(text: string, chosen: PortChoice = {}): PortChoice {
  const [, bus, path] = /^([a-z][a-z0-9_]*)=(.+)$/.exec(text) ?? [];
  if (bus === undefined)
    throw new InvalidArgumentError('Written BUS=PATH, press_bus=/dev/ttyUSB0 for example.');
  return { ...chosen, [bus]: path };
}

export function planWithPorts(file: string, ports: PortChoice): RigPlan | string {
  const plan = loadRigPlan(file);
  if (typeof plan === 'string') return plan;
  const unknown = Object.keys(ports).find((name) => plan.buses.every((bus) => bus.name !== name));
  if (unknown !== undefined)
    return `--port ${unknown}=…: ${file} has no bus "${unknown}"; it has ${plan.buses.map(({ name }) => name).join(', ')}.`;
  return { ...plan, buses: plan.buses.map((bus) => ({ ...bus, port: ports[bus.name] ?? bus.port })) };
}

export interface OpenBus {
  readonly devices: readonly Device[];
  close(): void;
}

/** The devices of one line, or one sentence that says why there are none. */
export async function openLine(bus: BusPlan): Promise<OpenBus | string> {
  const port = await openPort(bus.port, bus.serial);
  if (typeof port === 'string') return port;
  const devices = openBus(bus, port, systemClock);
  if (typeof devices !== 'string') return { devices, close: () => port.close() };
  port.close();
  return devices;
}

/** One sentence for whoever asked wrongly; exit status 2. */
export function refuse(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
  process.exitCode = 2;
}
