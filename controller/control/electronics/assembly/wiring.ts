/** The machine map held against the devices that are there: conversions and points, or the first thing that does not fit. */
import type { RigPlan } from '../../../device/rig-devices.ts';
import { everyOf } from '../../../device/time-budget.ts';
import { readingOf, settingOf, type Conversion } from './conversion.ts';
import type { Condition, MachineMap, Steps } from './machine-map.ts';

export interface Wiring {
  /** Readings of one value each, by the name of the status. */
  readonly readings: Readonly<Record<string, Conversion>>;
  readonly cells: readonly Conversion[];
  readonly recipe: Readonly<Record<string, Conversion>>;
  readonly limits: Readonly<Record<string, Conversion>>;
  readonly manual: Readonly<Record<string, Conversion>>;
  /** Every point that is read, `device.point`. */
  readonly read: readonly string[];
}

const LISTS = ['cell_C', 'apply'];

/** One sentence where the map does not fit the devices. */
export function wire(map: MachineMap, plan: RigPlan): Wiring | string {
  const devices = new Map(
    plan.buses.flatMap((bus) => bus.devices).map((device) => [device.name, device.points]),
  );
  const problems: string[] = [];
  const unitOfPoint = (point: string): string => {
    const [device = '', name = ''] = point.split('.');
    const known = devices.get(device);
    if (known === undefined) problems.push(`${point}: there is no device ${device} in this rig file.`);
    else if (known[name] === undefined)
      problems.push(`${point}: ${device} has no point ${name}; it has ${Object.keys(known).join(', ')}.`);
    return known?.[name]?.unit ?? '';
  };
  const each = (
    points: object,
    convert: (name: string, point: string, unit: string) => Conversion | string,
  ): Record<string, Conversion> =>
    Object.fromEntries(
      Object.entries(points as Record<string, string | undefined>).flatMap(([name, from]) => {
        if (from === undefined || LISTS.includes(name)) return [];
        const conversion = convert(name, from, unitOfPoint(from));
        if (typeof conversion !== 'string') return [[name, conversion]];
        problems.push(conversion);
        return [];
      }),
    );

  const readings = each(map.readings, readingOf);
  const cells = map.readings.cell_C.flatMap((from) => Object.values(each({ cell_1_C: from }, readingOf)));
  const recipe = each(map.recipe, settingOf);
  const limits = each(map.limits, settingOf);
  const manual = each(map.manual, settingOf);
  const conditions: Condition[] = [...Object.values(map.state), ...Object.values(map.faults)];
  for (const point of [...conditions.map(({ point: p }) => p), ...written(map)]) unitOfPoint(point);
  if (map.cycle_number !== undefined) unitOfPoint(map.cycle_number);
  const read = new Set<string>([
    ...Object.values(readings).map(({ point }) => point),
    ...cells.map(({ point }) => point),
    ...conditions.map(({ point }) => point),
    ...(map.cycle_number === undefined ? [] : [map.cycle_number]),
  ]);
  const [problem] = [...problems, ...unpolled(plan, read)];
  if (problem !== undefined) return `machine: ${problem}`;
  return { readings, cells, recipe, limits, manual, read: [...read] };
}

/** What is read without a rate would cost time on its line that no budget counts. */
function unpolled(plan: RigPlan, read: ReadonlySet<string>): string[] {
  const rates = new Map<string, number | null>(
    plan.buses
      .flatMap(({ devices }) => devices)
      .flatMap(({ name, poll }) =>
        Object.entries(poll).map(
          ([point, how]) => [`${name}.${point}`, everyOf(how, plan.slowEvery)] as const,
        ),
      ),
  );
  return [...read]
    .filter((point) => (rates.get(point) ?? null) === null)
    .map((point) => {
      const [device, name] = point.split('.');
      return `${point} is read and has no rate; write how often under devices.${device}.poll, for example ${name}: tick.`;
    });
}

/** Points that a command or the end of a recipe writes. */
export function written({ commands, recipe }: MachineMap): string[] {
  const lists: Steps[] = [...Object.values(commands), recipe.apply ?? []];
  return lists.flat().flatMap((step) => Object.keys(step));
}
