/**
 * The numbers of a study by name: every parameter of the machine and every result, each with its unit in its name, as
 * columns of tables and as the words of constraints and objectives: `inner_gap_mm`, `cooling_power_W`.
 */
import type { BankConfig, DeviceConfig } from '../../config/device-config.ts';
import { BANK_GROUPS, type GroupKey, PARAMETERS } from '../../config/parameters/index.ts';
import type { NumberParameter, Parameter } from '../../config/parameters/parameter.ts';
import { toDisplay } from '../../config/quantity.ts';
import { withSuffix } from '../calibration/quantity-columns.ts';

export interface NamedParameter {
  /** "inner_gap_mm"; where several groups have the key, or it is of one bank: "material_conductivity_W_per_m_K". */
  readonly column: string;
  /** "group.key" or "bank.group.key". */
  readonly name: string;
  readonly parameter: Parameter;
}

/** Of the machine and, where there are several, of each bank. */
export function namedParameters({ layout }: DeviceConfig): NamedParameter[] {
  const shared = (Object.keys(PARAMETERS) as GroupKey[]).flatMap((group) => ofGroup(group, ''));
  if (layout.banks.length === 1) return shared;
  return [
    ...shared,
    ...layout.banks.flatMap(({ name }) => BANK_GROUPS.flatMap((group) => ofGroup(group, name))),
  ];
}

function ofGroup(group: GroupKey, bank: string): NamedParameter[] {
  return Object.entries<Parameter>(PARAMETERS[group]).map(([key, parameter]) => {
    const stem = [bank, isShared(key) && group !== PREFERRED ? group : '', key]
      .filter((step) => step !== '')
      .join('_');
    const column = parameter.kind === 'choice' ? stem : withSuffix(stem, parameter.display);
    return {
      column: column.replaceAll('-', '_'),
      name: `${bank === '' ? '' : `${bank}.`}${group}.${key}`,
      parameter,
    };
  });
}

/** The group that a bare key means, as with --set. */
const PREFERRED: GroupKey = 'recipe';

/** Whether several groups have this key. */
const isShared = (key: string): boolean =>
  Object.values(PARAMETERS).filter((group) => key in group).length > 1;

/** Value of a parameter as it stands in a column: in the unit of its name, or the word of a choice. */
export function shownValue(parameter: Parameter, value: number | string): number | string {
  return parameter.kind === 'number' && typeof value === 'number'
    ? rounded(toDisplay(parameter, value))
    : value;
}

/** 0.2 mm is 0.2, not 0.19999999999999998. */
const rounded = (value: number): number => Number(value.toPrecision(12));

/** What the machine has under "group.key" or "bank.group.key". */
export function valueOf(device: DeviceConfig, name: string): number | string {
  const steps = name.split('.');
  const [group, key] = steps.slice(-2);
  const bank: BankConfig | undefined =
    steps.length === 3 ? device.layout.banks.find((one) => one.name === steps[0]) : undefined;
  const isOfBanks = BANK_GROUPS.some((one) => one === group);
  const place = bank ?? (isOfBanks && device.layout.banks.length === 1 ? device.layout.banks[0] : device);
  return (place as unknown as Record<string, Record<string, number | string>>)[group][key];
}

/** Unit as it stands in the metadata of a table; '' for pure numbers. */
export const unitOf = (parameter: NumberParameter): string =>
  parameter.display === '1' ? '' : parameter.display;
