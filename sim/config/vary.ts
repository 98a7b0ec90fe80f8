/** A machine with some of its parameters changed, in SI: what sampling, fitting and curves do. */
import type { BankConfig, DeviceConfig, Preset } from './device-config.ts';
import { BANK_GROUPS, type BankGroupKey, PARAMETERS } from './parameters/index.ts';
import type { Changes, Parameter } from './parameters/parameter.ts';

function find(name: string): Parameter | undefined {
  const [group, key] = name.split('.').slice(-2);
  return (PARAMETERS as Record<string, Record<string, Parameter>>)[group]?.[key];
}

export const isParameter = (name: string): boolean => find(name) !== undefined;

/** Its parameter. Throws RangeError where there is none of this name. */
export function parameterOf(name: string): Parameter {
  const parameter = find(name);
  if (parameter === undefined) throw new RangeError(`${name} is not a parameter`);
  return parameter;
}

/**
 * The preset with `changes` laid over its values; a shared name changes every bank that has no value of its own.
 * Counts are rounded. Throws RangeError on an unknown name or a value outside the bounds of its parameter.
 */
export function vary(preset: Preset, changes: Changes): Preset {
  const names = Object.keys(changes);
  if (names.length === 0) return preset;
  const { layout, ...shared } = preset.device;
  const groups = Object.fromEntries(
    Object.entries(shared).map(([group, values]) => [group, over(values, changes, group)]),
  );
  const banks = layout.banks.map((bank): BankConfig => {
    const own = BANK_GROUPS.map((group) => [group, ofBank(bank, group, changes, preset.provenance)]);
    return { name: bank.name, ...Object.fromEntries(own) } as BankConfig;
  });
  const known = new Set([...Object.keys(groups), ...banks.map(({ name }) => name)]);
  const stray = names.find((name) => !known.has(name.split('.')[0]));
  if (stray !== undefined) throw new RangeError(`${stray}: there is no such group or bank`);
  const device = { ...groups, layout: { ...layout, banks } } as unknown as DeviceConfig;
  return { ...preset, device };
}

function ofBank(
  bank: BankConfig,
  group: BankGroupKey,
  changes: Changes,
  provenance: Preset['provenance'],
): BankConfig[BankGroupKey] {
  const isOwn = (key: string) => `${bank.name}.${group}.${key}` in provenance;
  return over(over(bank[group], changes, group, isOwn), changes, `${bank.name}.${group}`);
}

function over<T extends object>(
  values: T,
  changes: Changes,
  prefix: string,
  isKept: (key: string) => boolean = () => false,
): T {
  const found = Object.entries(changes).filter(([name]) => name.slice(0, name.lastIndexOf('.')) === prefix);
  const taken = found.flatMap(([name, value]) => {
    const key = name.slice(prefix.length + 1);
    return isKept(key) ? [] : [[key, checked(name, value)]];
  });
  return taken.length === 0 ? values : { ...values, ...Object.fromEntries(taken) };
}

function checked(name: string, value: number | string): number | string {
  const parameter = parameterOf(name);
  if (parameter.kind === 'choice') {
    if (parameter.options.some((option) => option === value)) return value;
    throw new RangeError(`${name}: ${value} is not one of ${parameter.options.join(', ')}`);
  }
  const number = parameter.whole && typeof value === 'number' ? Math.round(value) : value;
  if (typeof number === 'number' && number >= parameter.min && number <= parameter.max) return number;
  throw new RangeError(`${name}: ${value} is outside ${parameter.min} to ${parameter.max} ${parameter.unit}`);
}
