/** From the text of a profile file to a profile; what no schema can see is checked here. */
import { LinePattern } from './line-pattern.ts';
import { isReadable, isWritable } from './profile-points.ts';
import { type DeviceProfile, ProfileSchema } from './profile.ts';
import { fromMs, unitProblem } from './units.ts';
import { readYaml } from './yaml-value.ts';

/** A key and what is wrong there. */
interface Problem {
  readonly path: readonly PropertyKey[];
  readonly says: string;
}

/** @param file for sentences; its name without folder and ending must be the profile's */
export function parseProfile(text: string, file: string): DeviceProfile | string {
  const read = readYaml(text, file, ProfileSchema);
  if (typeof read === 'string') return read;
  const profile: DeviceProfile = read.value;
  const problem = [
    ...nameProblems(profile, file),
    ...unitProblems(profile),
    ...modbusProblems(profile),
    ...lineProblems(profile),
    ...reachProblems(profile),
    ...listProblems(profile),
    ...watchdogProblems(profile),
  ][0];
  return problem === undefined ? profile : `${read.where(problem.path)}: ${problem.says}.`;
}

function nameProblems({ profile }: DeviceProfile, file: string): Problem[] {
  const name = file.replace(/^.*[/\\]/, '').replace(/\.ya?ml$/, '');
  return name === profile
    ? []
    : [{ path: ['profile'], says: `"${profile}" given, the file is called "${name}"` }];
}

const unitProblems = ({ points }: DeviceProfile): Problem[] =>
  Object.entries(points).flatMap(([name, { unit, min, max }]) => {
    const wrong = unitProblem(name, unit);
    if (wrong !== null) return [{ path: ['points', name, 'unit'], says: wrong }];
    const upside = min !== undefined && max !== undefined && min > max;
    return upside
      ? [{ path: ['points', name, 'min'], says: `${min} given, allowed is at most its max ${max}` }]
      : [];
  });

function modbusProblems(profile: DeviceProfile): Problem[] {
  if (profile.family !== 'modbus') return [];
  const { modbus, points } = profile;
  const first = modbus.addressing === 'plc1' ? 1 : 0;
  const serial = modbus.framings.some((one) => one !== 'tcp');
  const missing =
    serial && profile.serial === undefined
      ? [{ path: ['serial'], says: 'a device with rtu or ascii framing needs its serial settings' }]
      : [];
  const wrong = Object.entries(points).flatMap(([name, point]): Problem[] => {
    const at = (key: string, says: string): Problem[] => [{ path: ['points', name, key], says }];
    const last = 65_535 + first;
    if (point.address < first || point.address > last)
      return at('address', `${point.address} given, allowed is ${first} to ${last} (${modbus.addressing})`);
    if ((point.table === 'input' || point.table === 'discrete') && isWritable(point))
      return at('access', `the ${point.table} table is only read`);
    if (point.bits !== undefined && (isWritable(point) || point.type !== 'u16'))
      return at('bits', 'bits are part of a u16 register that is only read');
    if (point.bits !== undefined && point.bits[0] > point.bits[1])
      return at('bits', 'the lowest bit comes first');
    return [];
  });
  return [...missing, ...wrong];
}

function lineProblems(profile: DeviceProfile): Problem[] {
  if (profile.family !== 'line') return [];
  const { line, identity, points, watchdog } = profile;
  const kick = typeof watchdog?.kick === 'object' && 'out' in watchdog.kick ? watchdog.kick.out : undefined;
  const texts: [readonly PropertyKey[], string | undefined][] = [
    [['identity', 'out'], identity.out],
    [['identity', 'in'], identity.in],
    [['watchdog', 'kick', 'out'], kick],
    [['line', 'syncProbe', 'out'], line.syncProbe?.out],
    [['line', 'syncProbe', 'in'], line.syncProbe?.in],
    ...line.refusals.map((one, i): [PropertyKey[], string] => [['line', 'refusals', i, 'in'], one.in]),
    ...line.exchanges.flatMap((one, i): [PropertyKey[], string | undefined][] => [
      [['line', 'exchanges', i, 'out'], one.out],
      [['line', 'exchanges', i, 'in'], one.in],
      [['line', 'exchanges', i, 'confirm', 'out'], one.confirm?.out],
      [['line', 'exchanges', i, 'confirm', 'in'], one.confirm?.in],
    ]),
  ];
  const wrong = texts.flatMap(([path, text]) => patternProblem(path, text, points));
  const unproven = line.exchanges.some((one) => one.out !== undefined) && line.syncProbe === undefined;
  const silent = line.exchanges.findIndex((one) => one.in === undefined && one.confirm === undefined);
  return [
    ...wrong,
    ...(unproven
      ? [
          {
            path: ['line', 'syncProbe'],
            says: 'a device that is asked needs a harmless question whose answer is its own',
          },
        ]
      : []),
    ...(silent >= 0
      ? [
          {
            path: ['line', 'exchanges', silent],
            says: 'it has neither a reply (in) nor a confirm, so that nobody knows whether it arrived',
          },
        ]
      : []),
  ];
}

function patternProblem(
  path: readonly PropertyKey[],
  text: string | undefined,
  points: DeviceProfile['points'],
): Problem[] {
  if (text === undefined) return [];
  const parsed = LinePattern.parse(text);
  if (typeof parsed === 'string') return [{ path, says: parsed }];
  const unknown = parsed.fields.find(({ point }) => points[point] === undefined);
  return unknown === undefined ? [] : [{ path, says: `{${unknown.point}} is no point of this profile` }];
}

/** Every point of a line device must stand in an exchange that reads or writes it. */
function reachProblems(profile: DeviceProfile): Problem[] {
  if (profile.family !== 'line') return [];
  const named = (text: string | undefined): string[] => {
    const parsed = LinePattern.parse(text ?? '');
    return typeof parsed === 'string' ? [] : parsed.fields.map(({ point }) => point);
  };
  const { exchanges } = profile.line;
  const read = new Set(exchanges.flatMap((one) => (named(one.out).length === 0 ? named(one.in) : [])));
  const written = new Set(exchanges.flatMap((one) => named(one.out)));
  return Object.entries(profile.points).flatMap(([name, point]): Problem[] => {
    if (isReadable(point) && !read.has(name))
      return [{ path: ['points', name], says: 'no exchange reads it' }];
    return isWritable(point) && !written.has(name)
      ? [{ path: ['points', name], says: 'no exchange writes it' }]
      : [];
  });
}

function listProblems({ points, onConnect, onSafe, faults, identity }: DeviceProfile): Problem[] {
  const steps = { onConnect, onSafe };
  const lists = Object.entries(steps).flatMap(([list, all]) =>
    all.flatMap(({ set, to }, i): Problem[] => {
      const point = points[set];
      if (point === undefined || !isWritable(point))
        return [{ path: [list, i, 'set'], says: `"${set}" given, allowed is a point that is written` }];
      const { min = to, max = to } = point;
      return to < min || to > max
        ? [{ path: [list, i, 'to'], says: `${to} given, allowed is ${min} to ${max}` }]
        : [];
    }),
  );
  const told = [
    ...faults.map(({ point }, i) => ({ path: ['faults', i, 'point'], point })),
    ...('points' in identity
      ? Object.keys(identity.points).map((point) => ({ path: ['identity', 'points', point], point }))
      : []),
  ];
  const unread = told.filter(({ point }) => points[point] === undefined || !isReadable(points[point]));
  return [
    ...lists,
    ...unread.map(({ path, point }) => ({ path, says: `"${point}" given, allowed is a point that is read` })),
  ];
}

function watchdogProblems({ watchdog, points }: DeviceProfile): Problem[] {
  if (watchdog === undefined) return [];
  const uses = [
    ...watchdog.arm.map(({ set, to }, i) => ({
      path: ['watchdog', 'arm', i],
      name: set,
      to,
      isRight: isWritable,
    })),
    ...watchdog.verify.map(({ read, is }, i) => ({
      path: ['watchdog', 'verify', i],
      name: read,
      to: is,
      isRight: isReadable,
    })),
  ];
  return uses.flatMap(({ path, name, to, isRight }): Problem[] => {
    const point = points[name];
    if (point === undefined || !isRight(point))
      return [{ path, says: `"${name}" is no point of this profile that can be used so` }];
    return to === 'timeout' && fromMs(0, point.unit) === null
      ? [{ path, says: `"timeout" given for ${name}, which is neither in s nor in ms` }]
      : [];
  });
}
