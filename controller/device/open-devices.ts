/** From a plan and open ports to devices: one object a line, which carries all the devices on it. */
import { randomInt } from 'node:crypto';
import type { BytePort, Clock } from '../protocol/byte-port.ts';
import { type FramingName } from '../protocol/framings.ts';
import { FramedLink } from '../protocol/framed-link.ts';
import { LineLink } from '../protocol/line-link.ts';
import type { LineLinkOptions } from '../protocol/line-options.ts';
import { ModbusBus } from '../protocol/modbus-bus.ts';
import type { UnitOptions } from '../protocol/bus-options.ts';
import type { Device } from './device.ts';
import { FramedFamily } from './framed-family.ts';
import { LineFamily, pattern, writeAddress } from './line-family.ts';
import { ModbusFamily } from './modbus-family.ts';
import { ProfileDevice } from './profile-device.ts';
import type { DeviceProfile, ProfileOf } from './profile.ts';
import type { BusPlan, DevicePlan, RigPlan } from './rig-devices.ts';
import { byteMs } from './time-budget.ts';

export interface OpenDevices {
  /** By the name that the rig file gives. */
  readonly devices: ReadonlyMap<string, Device>;
  close(): void;
}

/**
 * @param ports one of each bus of the plan, by its name; they belong to the devices from now on
 * @returns the devices, or one sentence that says what does not fit together
 */
export function openDevices(
  plan: RigPlan,
  ports: ReadonlyMap<string, BytePort>,
  clock: Clock,
): OpenDevices | string {
  const devices = new Map<string, Device>();
  for (const bus of plan.buses) {
    const port = ports.get(bus.name);
    if (port === undefined) return `buses.${bus.name}: its port is not open.`;
    const opened = openBus(bus, port, clock);
    if (typeof opened === 'string') return opened;
    for (const device of opened) devices.set(device.name, device);
  }
  const close = (): void => {
    for (const port of ports.values()) port.close();
  };
  return { devices, close };
}

export function openBus(bus: BusPlan, port: BytePort, clock: Clock): Device[] | string {
  if (bus.protocol === 'line') return openLine(bus, port, clock);
  if (bus.protocol === 'framed') return openFramed(bus, port, clock);
  return openModbus(bus, port, clock);
}

function openModbus(bus: BusPlan, port: BytePort, clock: Clock): Device[] {
  const line = new ModbusBus(port, clock, {
    framing: bus.protocol.replace('modbus-', '') as FramingName,
    interFrameMs: longest(bus, ({ interFrameMs }) => interFrameMs),
    byteMs: bus.protocol === 'modbus-tcp' ? 0 : byteMs(bus.serial),
  });
  return only(bus, 'modbus').map((plan) => {
    const { name, profile, address } = plan;
    const unit = line.unit(Number(address), unitOptions(profile, clock));
    return new ProfileDevice(plan, new ModbusFamily(name, profile, unit), clock);
  });
}

function unitOptions({ modbus, timing }: ProfileOf<'modbus'>, clock: Clock): Partial<UnitOptions> {
  const { syncProbe, maxRead, maxWrite, duplicateGuardMs, addressing } = modbus;
  const { timeoutMs, lateReplyGuardMs, turnaroundMs } = timing;
  const probeSeed = Math.floor(clock.nowMs()) & 0xffff;
  const offset = addressing === 'plc1' ? 1 : 0;
  const probe: UnitOptions['probe'] =
    syncProbe === 'echo'
      ? { kind: 'echo' }
      : {
          kind: 'read',
          fc: syncProbe.table === 'input' ? 4 : 3,
          address: syncProbe.address - offset,
          most: syncProbe.most,
        };
  const own = { timeoutMs, lateReplyGuardMs, turnaroundMs, maxRead, maxWrite, probe, probeSeed };
  return duplicateGuardMs === undefined ? own : { ...own, duplicateGuardMs };
}

function openLine(bus: BusPlan, port: BytePort, clock: Clock): Device[] | string {
  const devices = only(bus, 'line');
  const options = lineOptions(bus, devices);
  if (typeof options === 'string') return options;
  const link = new LineLink(port, clock, options);
  return devices.map((plan) => {
    const { name, profile, address } = plan;
    const { timing, line } = profile;
    const own = writeAddress(line.address, address);
    const probe =
      line.syncProbe === undefined
        ? null
        : {
            out: pattern(line.syncProbe.out).write(own, new Map()),
            accept: pattern(line.syncProbe.in).replyOf(own),
          };
    const { timeoutMs, lateReplyGuardMs } = timing;
    const unit = link.unit(name, { title: name, timeoutMs, lateReplyGuardMs, waitMs: 1000, probe });
    return new ProfileDevice(plan, new LineFamily(name, profile, unit, own), clock);
  });
}

/** One board a line: the contract has no addresses. */
function openFramed(bus: BusPlan, port: BytePort, clock: Clock): Device[] {
  return only(bus, 'framed').map((plan) => {
    const { timeoutMs } = plan.profile.timing;
    const nonce = randomInt(1, 2 ** 32);
    const link = new FramedLink(port, clock, { nonce, timeoutMs });
    return new ProfileDevice(plan, new FramedFamily(plan.name, plan.profile, link), clock);
  });
}

/** All devices of a line end their lines alike. */
function lineOptions(bus: BusPlan, devices: readonly PlanOf<'line'>[]): Partial<LineLinkOptions> | string {
  const [first, ...others] = devices;
  if (first === undefined) return {};
  const { terminatorOut, terminatorIn, checksum, echo, streams } = first.profile.line;
  const own = { terminatorOut, terminatorIn, checksum, echo, streams };
  for (const { name, profile } of others)
    for (const [key, value] of Object.entries(own))
      if (profile.line[key as keyof typeof own] !== value)
        return `buses.${bus.name}: ${first.name} and ${name} differ in line.${key}; put them on lines of their own.`;
  return {
    ...own,
    interFrameMs: longest(bus, ({ interFrameMs, turnaroundMs }) => Math.max(interFrameMs, turnaroundMs)),
  };
}

const longest = (bus: BusPlan, of: (timing: DeviceProfile['timing']) => number): number =>
  Math.max(0, ...bus.devices.map(({ profile }) => of(profile.timing)));

type PlanOf<F extends DeviceProfile['family']> = Omit<DevicePlan, 'profile'> & {
  readonly profile: ProfileOf<F>;
};

const only = <F extends DeviceProfile['family']>(bus: BusPlan, family: F): PlanOf<F>[] =>
  bus.devices.filter((device): device is DevicePlan & PlanOf<F> => device.profile.family === family);
