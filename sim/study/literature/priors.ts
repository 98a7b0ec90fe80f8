/** Which parameters of a machine are free, and over what ranges: the priors of the comparison with the literature. */
import type { Preset } from '../../config/device-config.ts';
import { BANK_GROUPS } from '../../config/parameters/index.ts';
import { parameterOf } from '../../config/vary.ts';
import type { Triangular } from '../sampling/triangular.ts';

/** Triangular over the range that the preset states, its peak at the preset's value; in the SI unit of the parameter. */
export interface Prior extends Triangular {
  /** "group.key" or "bank.group.key". */
  readonly name: string;
}

/** Parts of an installation that matter only where a figure is about the house. */
const HOUSE_GROUPS = ['room', 'exchangers'];
/** `numerics` is no property of a machine, and no published figure is about the box of electronics. */
const NEVER = ['numerics', 'edge_box'];

/**
 * What is assumed or fitted and has a range is free, within that range; what is published or derived stands as it is.
 * Parameters that do nothing in this machine, and those of the house where no figure needs it, are left out.
 */
export function priorsOf(preset: Preset): Prior[] {
  const hasHouse = preset.targets.some(({ quantity }) =>
    ['time_to_setpoint_s', 'room_held_C'].includes(quantity),
  );
  return Object.entries(preset.provenance).flatMap(([name, { status, range }]) => {
    const group = name.split('.').at(-2) ?? '';
    if (range === undefined || range[0] >= range[1]) return [];
    if (status !== 'assumed' && status !== 'fitted') return [];
    if (NEVER.includes(group) || (!hasHouse && HOUSE_GROUPS.includes(group))) return [];
    return matters(preset, name) ? [priorOf(preset, name, range)] : [];
  });
}

/** Of a parameter by its name, which must have a range. */
export function priorOf(preset: Preset, name: string, [low, high]: readonly [number, number]): Prior {
  const steps = name.split('.');
  const [group, key] = steps.slice(-2);
  const bank = preset.device.layout.banks.find((one) => steps.length === 3 && one.name === steps[0]);
  const place = (bank ?? preset.device) as unknown as Record<string, Record<string, number>>;
  return { name, low, mode: place[group][key], high };
}

function matters({ device, provenance }: Preset, name: string): boolean {
  const parameter = parameterOf(name);
  const steps = name.split('.');
  const isOfAllBanks = steps.length === 2 && BANK_GROUPS.some((group) => group === steps[0]);
  // each bank has a value of its own
  if (isOfAllBanks && device.layout.banks.every((bank) => `${bank.name}.${name}` in provenance)) return false;
  if (parameter.kind !== 'number' || parameter.matters === undefined) return true;
  const [group, key] = parameter.matters.where.split('.');
  const place = (device as unknown as Record<string, Record<string, unknown>>)[group];
  return place[key] === parameter.matters.is;
}
