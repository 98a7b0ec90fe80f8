/** Devices of shipped profiles, opened against their simulators on lines in memory. */
import type { Device } from '../../controller/device/device.ts';
import { openDevices } from '../../controller/device/open-devices.ts';
import { loadProfiles } from '../../controller/device/profile-files.ts';
import { planRig, RigDevicesSchema, type RigPlan } from '../../controller/device/rig-devices.ts';
import type { FramingName } from '../../controller/protocol/framings.ts';
import { CATALOGUE } from '../../controller/virtual-rig/devices/catalogue.ts';
import { type PlantSide, stillPlant } from '../../controller/virtual-rig/devices/plant-side.ts';
import { serveLines, serveModbus } from '../../controller/virtual-rig/devices/serve-devices.ts';
import type { LineSimulator, Simulator } from '../../controller/virtual-rig/devices/simulator.ts';
import { VirtualClock } from '../protocol/virtual-clock.ts';
import { type MemoryLine, memoryLine } from './memory-line.ts';

export interface SimulatedRig {
  readonly clock: VirtualClock;
  readonly devices: ReadonlyMap<string, Device>;
  /** By bus. */
  readonly lines: ReadonlyMap<string, MemoryLine>;
  /** By device. */
  readonly plants: ReadonlyMap<string, PlantSide>;
}

/** Throws where the plan is no plan: a fault of the test. */
export function planOf(rig: object): RigPlan {
  const parsed = RigDevicesSchema.parse(rig);
  const profiles = loadProfiles(parsed, '.');
  if (typeof profiles === 'string') throw new Error(profiles);
  const plan = planRig(parsed, profiles);
  if ('says' in plan) throw new Error(`${plan.path.join('.')}: ${plan.says}`);
  return plan;
}

export function simulatedRig(rig: object): SimulatedRig {
  const plan = planOf(rig);
  const clock = new VirtualClock();
  const plants = new Map<string, PlantSide>();
  const lines = new Map(plan.buses.map(({ name }) => [name, memoryLine(clock)]));
  for (const bus of plan.buses) {
    const line = lines.get(bus.name);
    if (line === undefined) continue;
    const simulators = bus.devices.map(({ name, profile, address }) => {
      const { make, world } = CATALOGUE[profile.profile];
      const plant = stillPlant(world);
      plants.set(name, plant);
      return { address: Number(address), simulator: make({ plant, clock, address }) };
    });
    serve(line, clock, bus.protocol, simulators);
  }
  const ports = new Map([...lines].map(([name, { host }]) => [name, host]));
  const opened = openDevices(plan, ports, clock);
  if (typeof opened === 'string') throw new Error(opened);
  return { clock, devices: opened.devices, lines, plants };
}

function serve(
  line: MemoryLine,
  clock: VirtualClock,
  protocol: string,
  simulators: readonly { address: number; simulator: Simulator }[],
): void {
  const modbus = simulators.flatMap(({ address, simulator }) =>
    simulator.kind === 'modbus' ? [{ address, simulator }] : [],
  );
  const lines = simulators
    .map(({ simulator }) => simulator)
    .filter((one): one is LineSimulator => one.kind === 'line');
  if (protocol === 'line') serveLines(line.device, clock, lines);
  else
    serveModbus(line.device, clock, modbus, {
      framing: protocol.replace('modbus-', '') as FramingName,
      byteMs: 0,
    });
}

/** One device alone on one line. */
export function oneDevice(
  profile: string,
  protocol: string,
  address?: number | string,
): SimulatedRig & { device: Device; line: MemoryLine; plant: PlantSide } {
  const rig = simulatedRig({
    buses: { line: { port: 'memory', protocol } },
    devices: { it: { bus: 'line', profile, address } },
  });
  const device = rig.devices.get('it');
  const line = rig.lines.get('line');
  const plant = rig.plants.get('it');
  if (device === undefined || line === undefined || plant === undefined) throw new Error('no such device');
  return { ...rig, device, line, plant };
}

/** Runs the clock until `promise` settles, however long the chain of promises behind it. */
export async function settle<T>(clock: VirtualClock, promise: Promise<T>): Promise<T> {
  let isDone = false;
  const note = (): void => {
    isDone = true;
  };
  promise.then(note, note);
  for (let idle = 0; !isDone && idle < 3; ) {
    await new Promise((resolve) => setImmediate(resolve));
    if (!isDone) idle = (await clock.step()) ? 0 : idle + 1;
  }
  if (!isDone) throw new Error('nothing is left to happen and the promise waits');
  return promise;
}
