/** The dead-man time of a device: many are shipped without one, so it is set, read back, and looked at again. */
import { failure, type Result, type TransactOptions } from '../protocol/transaction.ts';
import type { Device, DeviceWatchdog } from './device.ts';
import type { Family } from './family.ts';
import { fromMs } from './units.ts';

export function makeWatchdog(
  device: Pick<Device, 'name' | 'profile' | 'read' | 'write'>,
  family: Family,
): DeviceWatchdog | null {
  const settings = device.profile.watchdog;
  if (settings === undefined) return null;
  const { least_ms, most_ms } = settings;
  let armedMs: number | null = null;

  /** `to` as a value of the point. A checked profile has "timeout" only on points in ms or s. */
  const valueOf = (point: string, to: number | 'timeout', timeoutMs: number): number =>
    to === 'timeout' ? (fromMs(timeoutMs, device.profile.points[point].unit) ?? Number.NaN) : to;

  async function arm(timeoutMs: number): Promise<string | null> {
    if (!(timeoutMs >= least_ms && timeoutMs <= most_ms))
      return `${device.name}: a watchdog of ${timeoutMs} ms was asked for, the device can be set to ${least_ms} to ${most_ms} ms.`;
    const values = Object.fromEntries(
      settings?.arm.map(({ set, to }) => [set, valueOf(set, to, timeoutMs)]) ?? [],
    );
    const written = await device.write(values);
    if (!written.ok) return `${device.name}: the watchdog could not be armed: ${written.sentence}`;
    armedMs = timeoutMs;
    const held = await verify();
    if (!held.ok) return `${device.name}: the watchdog could not be read back: ${held.sentence}`;
    return held.value
      ? null
      : `${device.name}: the watchdog was set to ${timeoutMs} ms and does not read back so; the device is UNPROTECTED.`;
  }

  async function verify(): Promise<Result<boolean>> {
    if (armedMs === null) return failure('refused', `${device.name}: the watchdog was never armed.`);
    const timeoutMs = armedMs;
    const wanted = settings?.verify ?? [];
    const result = await device.read(wanted.map(({ read }) => read));
    if (!result.ok) return result;
    const holds = wanted.every(({ read, is }) =>
      isClose(result.value[read].value, valueOf(read, is, timeoutMs)),
    );
    return { ...result, value: holds };
  }

  async function kick(options: TransactOptions = {}): Promise<Result<null>> {
    const how = settings?.kick;
    if (typeof how === 'object' && 'out' in how) return family.send(how.out);
    if (typeof how !== 'object') return { ok: true, value: null, roundTripMs: 0, atMs: Number.NaN };
    const result = await device.read([how.read], options);
    return result.ok ? { ...result, value: null } : result;
  }

  return { range_ms: [least_ms, most_ms], arm, kick, verify };
}

/** Registers count in steps of 0.1 s and finer: half a millisecond tells them apart. */
const isClose = (a: number, b: number): boolean => Math.abs(a - b) < 5e-4;
