/** The part of a rig file that names serial lines and the devices on them, held against their profiles. */
import { z } from 'zod';
import { type DevicePoint, OwnPoint, ownPoints } from './own-points.ts';
import { isReadable } from './profile-points.ts';
import type { DeviceProfile, SerialSettings } from './profile.ts';

const Name = z.string().regex(/^[a-z][a-z0-9_]*$/, 'lower-case letters, digits and underscores');

const Bus = z.strictObject({
  /** Device path or tcp://HOST:PORT. */
  port: z.string().min(1),
  protocol: z.enum(['modbus-rtu', 'modbus-ascii', 'modbus-tcp', 'line', 'framed']),
  /** Where absent, as the devices are shipped. */
  baudRate: z.int().min(300).max(4_000_000).optional(),
  dataBits: z.literal([7, 8]).optional(),
  parity: z.enum(['none', 'even', 'odd']).optional(),
  stopBits: z.literal([1, 2]).optional(),
  dtr: z.boolean().optional(),
  rts: z.boolean().optional(),
  /** How long the adapter holds back what it received: 1 with its timer set low, 16 as FTDI chips are shipped. */
  adapterLatencyMs: z.number().min(0).max(100).default(1),
});

/** tick: every period; slow: every `slowEvery` periods; bulk: when asked for; or every so many periods. */
const Poll = z.union([z.enum(['tick', 'slow', 'bulk']), z.int().min(1).max(10_000)]);
export type Poll = z.infer<typeof Poll>;

const DeviceEntry = z.strictObject({
  bus: Name,
  /** Name of a file of fixtures/profiles, or a path ending in .yaml. */
  profile: z.string().min(1),
  /** As the profile's family writes it: 1 to 247, or a letter. */
  address: z.union([z.int().min(0).max(255), z.string().regex(/^[A-Za-z]$/, 'one letter')]).optional(),
  /** Points of the profile in other units or under other names: gears, levers, shunts. */
  points: z.record(z.string(), OwnPoint).default({}),
  poll: z.record(z.string(), Poll).default({}),
});

export const RigDevicesSchema = z.strictObject({
  /** Length of a control period. */
  periodMs: z.number().min(5).max(1000).default(20),
  slowEvery: z.int().min(1).max(10_000).default(50),
  buses: z.record(Name, Bus),
  devices: z.record(Name, DeviceEntry),
});
export type RigDevices = z.infer<typeof RigDevicesSchema>;

export interface DevicePlan {
  readonly name: string;
  readonly profile: DeviceProfile;
  readonly address: number | string | undefined;
  /** Those of the profile and those that the rig file derives from them. */
  readonly points: Readonly<Record<string, DevicePoint>>;
  readonly poll: Readonly<Record<string, Poll>>;
}

export interface BusPlan {
  readonly name: string;
  readonly port: string;
  readonly protocol: z.infer<typeof Bus>['protocol'];
  readonly serial: LineSettings;
  readonly adapterLatencyMs: number;
  readonly devices: readonly DevicePlan[];
}

export type LineSettings = Omit<SerialSettings, 'baudRates'>;

export interface RigPlan {
  readonly periodMs: number;
  readonly slowEvery: number;
  readonly buses: readonly BusPlan[];
}

/** Where a problem is and what it is. */
export interface RigProblem {
  readonly path: readonly string[];
  readonly says: string;
}

/** @param profiles by the name that the rig file calls them */
export function planRig(rig: RigDevices, profiles: ReadonlyMap<string, DeviceProfile>): RigPlan | RigProblem {
  const devices: (DevicePlan & { readonly bus: string })[] = [];
  for (const [name, entry] of Object.entries(rig.devices)) {
    const device = planDevice(rig, name, profiles.get(entry.profile));
    if ('says' in device) return device;
    devices.push({ ...device, bus: entry.bus });
  }
  const buses: BusPlan[] = [];
  for (const [name, bus] of Object.entries(rig.buses)) {
    const own = devices.filter((device) => device.bus === name);
    const serial = lineSettings(name, bus, own);
    if ('says' in serial) return serial;
    const { port, protocol, adapterLatencyMs } = bus;
    buses.push({ name, port, protocol, serial, adapterLatencyMs, devices: own });
  }
  return sharedAddress(buses) ?? { periodMs: rig.periodMs, slowEvery: rig.slowEvery, buses };
}

function planDevice(
  rig: RigDevices,
  name: string,
  profile: DeviceProfile | undefined,
): DevicePlan | RigProblem {
  const { bus: busName, address, points: own, poll, profile: wanted } = rig.devices[name];
  const at = (key: string, says: string): RigProblem => ({ path: ['devices', name, key], says });
  const bus = rig.buses[busName];
  if (bus === undefined)
    return at('bus', `"${busName}" given, allowed is ${Object.keys(rig.buses).join(' or ')}`);
  if (profile === undefined) return at('profile', `there is no profile "${wanted}"`);
  const spoken = protocolsOf(profile);
  if (!spoken.includes(bus.protocol))
    return at('bus', `"${busName}" speaks ${bus.protocol}, ${profile.title} speaks ${spoken.join(' or ')}`);
  const owned = ownPoints(profile, own);
  if ('says' in owned) return { path: ['devices', name, 'points', ...owned.path], says: owned.says };
  const { points } = owned;
  return (
    addressProblem(address, profile, at) ??
    pollProblem(name, poll, points) ?? { name, profile, address: address ?? undefined, points, poll }
  );
}

export function protocolsOf(profile: DeviceProfile): string[] {
  return profile.family === 'modbus'
    ? profile.modbus.framings.map((one) => `modbus-${one}`)
    : [profile.family];
}

function addressProblem(
  address: number | string | undefined,
  profile: DeviceProfile,
  at: (key: string, says: string) => RigProblem,
): RigProblem | null {
  const given = address === undefined ? 'nothing' : JSON.stringify(address);
  const want = addressWanted(profile);
  return want.fits(address) ? null : at('address', `${given} given, allowed is ${want.words}`);
}

function addressWanted(profile: DeviceProfile): {
  words: string;
  fits(address: number | string | undefined): boolean;
} {
  const style =
    profile.family === 'modbus' ? 'decimal' : profile.family === 'line' ? profile.line.address : 'none';
  const whole = (low: number, high: number) => ({
    words: `a whole number from ${low} to ${high}`,
    fits: (address: number | string | undefined) =>
      typeof address === 'number' && address >= low && address <= high,
  });
  if (style === 'none')
    return { words: 'no address: this device has none', fits: (address) => address === undefined };
  if (style === 'letter') return { words: 'a letter', fits: (address) => typeof address === 'string' };
  return style === 'hex2' ? whole(0, 255) : whole(1, 247);
}

function pollProblem(
  device: string,
  poll: Readonly<Record<string, Poll>>,
  points: DevicePlan['points'],
): RigProblem | null {
  const wrong = Object.keys(poll).find((name) => points[name] === undefined || !isReadable(points[name]));
  if (wrong === undefined) return null;
  const readable = Object.keys(points).filter((name) => isReadable(points[name]));
  const says = `there is no such point to be read; allowed are ${readable.join(', ')}`;
  return { path: ['devices', device, 'poll', wrong], says };
}

/** What the rig file says of a line, or what all its devices are shipped with. */
function lineSettings(
  name: string,
  bus: RigDevices['buses'][string],
  devices: readonly DevicePlan[],
): LineSettings | RigProblem {
  const at = (key: string, says: string): RigProblem => ({ path: ['buses', name, key], says });
  const shipped = devices.flatMap(({ profile }) => (profile.serial === undefined ? [] : [profile.serial]));
  const settings: Record<string, unknown> = {};
  for (const key of ['baudRate', 'dataBits', 'parity', 'stopBits', 'dtr', 'rts'] as const) {
    const given = bus[key];
    const known = [...new Set(shipped.map((one) => one[key]).filter((value) => value !== undefined))];
    if (given === undefined && known.length > 1)
      return at(
        key,
        `nothing given, and its devices are shipped with ${known.join(' and ')}; set them alike and say here how`,
      );
    settings[key] = given ?? known[0];
  }
  const line = {
    baudRate: 9600,
    dataBits: 8,
    parity: 'none',
    stopBits: 1,
    ...defined(settings),
  } as LineSettings;
  const cannot = devices.find(({ profile }) => profile.serial?.baudRates.includes(line.baudRate) === false);
  if (cannot === undefined) return line;
  return at(
    'baudRate',
    `${line.baudRate} given, ${cannot.name} (${cannot.profile.title}) can be set to ${cannot.profile.serial?.baudRates.join(', ')}`,
  );
}

const defined = (settings: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));

function sharedAddress(buses: readonly BusPlan[]): RigProblem | null {
  for (const { name, devices } of buses) {
    const seen = new Map<string, string>();
    for (const device of devices) {
      const key = String(device.address);
      const other = seen.get(key);
      if (other !== undefined)
        return {
          path: ['devices', device.name, 'address'],
          says: `${other} has it already on ${name}; ${device.address === undefined ? 'a line of devices without address carries one' : 'give each its own'}`,
        };
      seen.set(key, device.name);
    }
  }
  return null;
}
