/** What the machine map says is to be written, carried out on the devices. */
import type { Device } from '../../../device/device.ts';
import { COMMAND } from '../../../protocol/register-map.ts';
import { PRIORITY, type Failure, type Result } from '../../../protocol/transaction.ts';
import type { MachineMap, Steps } from './machine-map.ts';

export type Devices = ReadonlyMap<string, Device>;

/** Points, `device.point`, by the device they lie on. */
export function byDevice(points: readonly string[], devices: Devices): Map<Device, string[]> {
  const groups = new Map<Device, string[]>();
  for (const point of points) {
    const [name = '', rest = ''] = point.split('.');
    const device = devices.get(name);
    if (device !== undefined) groups.set(device, [...(groups.get(device) ?? []), rest]);
  }
  return groups;
}

/** Devices that move something: those must have a dead-man, or the machine is unprotected. */
export function drivers({ commands }: MachineMap, devices: Devices): Device[] {
  const names = new Set(
    commands.run.flatMap((step) => Object.keys(step).map((point) => point.split('.')[0])),
  );
  return [...devices.values()].filter(({ name }) => names.has(name));
}

/** Of one of COMMAND. */
export function stepsOf(command: number, { commands }: MachineMap): Steps {
  const name = (Object.keys(COMMAND) as (keyof typeof COMMAND)[]).find((key) => COMMAND[key] === command);
  return name === undefined ? [] : commands[name];
}

/**
 * Step after step; a step on several devices at once. Where the machine is to come to rest every step is tried,
 * whatever became of the others, and an ABORT also runs what each profile names as safe.
 */
export async function carryOut(
  steps: Steps,
  command: number | null,
  devices: Devices,
): Promise<Result<null>> {
  const isUrgent = command === COMMAND.stop || command === COMMAND.abort;
  const options = { priority: PRIORITY.command, urgent: isUrgent };
  let failed: Failure | null = null;
  for (const step of steps) {
    const writes = [...byDevice(Object.keys(step), devices)].map(([device, points]) =>
      device.write(
        Object.fromEntries(points.map((point) => [point, step[`${device.name}.${point}`] ?? 0])),
        options,
      ),
    );
    for (const answer of await Promise.all(writes)) if (!answer.ok) failed ??= answer;
    if (failed !== null && !isUrgent) return failed;
  }
  if (command === COMMAND.abort) {
    const answers = await Promise.all(
      [...devices.values()].map((device) => device.runList('onSafe', options)),
    );
    for (const answer of answers) if (!answer.ok) failed ??= answer;
  }
  return failed ?? { ok: true, value: null, atMs: 0, roundTripMs: 0 };
}
