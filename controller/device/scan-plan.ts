/** What a scan of one port will ask: every profile, at the settings its product is shipped with, at every address. */
import type { DeviceProfile } from './profile.ts';
import { type BusPlan, type LineSettings, planRig, protocolsOf, RigDevicesSchema } from './rig-devices.ts';

export interface ScanGroup {
  /** A line with one device an address, as `openBus` takes it. */
  readonly bus: BusPlan;
  readonly profile: DeviceProfile;
  /** What goes out, in words. */
  readonly asks: string;
}

export interface ScanOptions {
  readonly port: string;
  /** Numbers of devices that are addressed by number. */
  readonly addresses: readonly number[];
  /** null: as shipped. */
  readonly baudRate: number | null;
}

export interface ScanPlan {
  readonly groups: readonly ScanGroup[];
  /** Profiles that are not asked, each with the reason. */
  readonly leftOut: readonly string[];
}

export function planScan(profiles: readonly DeviceProfile[], options: ScanOptions): ScanPlan {
  const groups: ScanGroup[] = [];
  const leftOut: string[] = [];
  for (const profile of profiles) {
    const made = groupOf(profile, options);
    if (typeof made === 'string') leftOut.push(`${profile.profile}: ${made}`);
    else groups.push(made);
  }
  // one opening of the port for each way of opening it
  return { groups: groups.toSorted((a, b) => wayOf(a.bus).localeCompare(wayOf(b.bus))), leftOut };
}

/** Lines that are opened alike. */
export const wayOf = ({ protocol, serial }: BusPlan): string => `${protocol} ${settingsText(serial)}`;

export const settingsText = ({ baudRate, dataBits, parity, stopBits }: LineSettings): string =>
  `${baudRate} Bd ${dataBits}${parity[0].toUpperCase()}${stopBits}`;

function groupOf(profile: DeviceProfile, { port, addresses, baudRate }: ScanOptions): ScanGroup | string {
  if (profile.family === 'framed') return 'boards with the framed contract are not scanned for';
  if (profile.family === 'modbus' && profile.modbus.syncProbe === 'echo')
    return 'its sync probe is function 08, and a scan only sends reads';
  const given = addressesFor(profile, addresses);
  const devices = Object.fromEntries(
    given.map((address) => [
      `at_${String(address ?? 'all').toLowerCase()}`,
      { bus: 'line', profile: 'it', address },
    ]),
  );
  const own = baudRate === null ? {} : { baudRate };
  const rig = { buses: { line: { port, protocol: protocolsOf(profile)[0], ...own } }, devices };
  const plan = planRig(RigDevicesSchema.parse(rig), new Map([['it', profile]]));
  if ('says' in plan) return plan.says;
  return { bus: plan.buses[0], profile, asks: asksText(profile, given) };
}

function addressesFor(profile: DeviceProfile, numbers: readonly number[]): (number | string | undefined)[] {
  if (profile.family !== 'line') return [...numbers];
  if (profile.line.address === 'none') return [undefined];
  return profile.line.address === 'letter' ? ['A', 'B', 'C', 'D'] : [...numbers];
}

function asksText(profile: DeviceProfile, addresses: readonly (number | string | undefined)[]): string {
  const who = addresses[0] === undefined ? '' : ` to ${rangeText(addresses)}`;
  if (profile.family === 'line')
    return `${JSON.stringify(profile.identity.out.replace('{address}', 'NN'))}${who}`;
  return `reads of the registers that identify it${who}`;
}

function rangeText(addresses: readonly (number | string | undefined)[]): string {
  const [first] = addresses;
  const last = addresses.at(-1);
  return first === last ? `address ${first}` : `addresses ${first} to ${last}`;
}

/** A profile is recognised for sure only where a register or a line must read something certain. */
export function isCertain(profile: DeviceProfile): boolean {
  if (profile.family !== 'modbus') return true;
  return Object.values(profile.identity.points).some((value) => value !== 'any');
}
