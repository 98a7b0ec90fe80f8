/** Published (and wished) figures of a machine, as its preset lists them. */
import type { Changes } from './parameters/parameter.ts';
import { UserError } from './quantity.ts';

/**
 * What a figure is to the model. calibration: the model is conditioned on it, so it proves nothing; prediction: it is
 * not, and counts; consistency: not conditioned on either, but too little is published of the machine, or of the
 * figure, to count it.
 */
export const ROLES = ['calibration', 'prediction', 'consistency'] as const;
export type Role = (typeof ROLES)[number];

export type Bound = 'at least' | 'at most';

export interface Target {
  /** A key of OperatingPoint or another measure of sim/study/literature; ends in its unit. */
  readonly quantity: string;
  readonly unit: string;
  readonly value: number;
  /** Range of the published figure: as stated, else half a unit of its last digit. */
  readonly low: number;
  readonly high: number;
  readonly bound: Bound | null;
  /** Without one the figure is listed, but the model is neither conditioned on it nor held against it. */
  readonly role?: Role | undefined;
  /** Calibration: the parameter ("group.key") that meets it; without one, machines that miss it are left out. */
  readonly metBy?: string | undefined;
  /** Key in the bibliography; absent where the figure is ours: what the published house asks of any machine, say. */
  readonly source?: string | undefined;
  /** How sure the figure is, where that differs from its source. */
  readonly sure?: string | undefined;
  /** Values that stand instead of those of the preset where the figure belongs to another operating point. */
  readonly at: Changes;
  /** Share within which the preset itself meets it, held by a test; without it nothing is claimed. */
  readonly metWithin?: number | undefined;
  readonly note: string;
}

/** Endings of names, and the units as people write them. */
const UNITS: readonly (readonly [ending: string, unit: string])[] = [
  ['_W_per_g', 'W/g'],
  ['_per_mm', '1/mm'],
  ['_per_s', '1/s'],
  ['_cycles', 'cycles'],
  ['_tubes', 'tubes'],
  ['_percent', '%'],
  ['_MPa', 'MPa'],
  ['_bar', 'bar'],
  ['_W', 'W'],
  ['_K', 'K'],
  ['_C', 'degC'],
  ['_g', 'g'],
  ['_s', 's'],
];

const unitEntry = (quantity: string) => UNITS.find(([ending]) => quantity.endsWith(ending));

/** The unit that a name ends in; '' for pure numbers. */
export const unitOf = (quantity: string): string => unitEntry(quantity)?.[1] ?? '';

/** The end of the name that says so: "_W_per_g". */
export const endingOf = (quantity: string): string => unitEntry(quantity)?.[0] ?? '';

const VALUE = /^(?:(at least|at most)\s+)?(-?[\d.]+(?:e\d+)?)\s*(\S*)$/;

/**
 * "1284 W", "at least 60 W", with the unit of the quantity.
 * @param plusMinus "3 W" or "5 %"
 * @param where "file:line" for messages
 */
export function readTargetValue(
  quantity: string,
  value: string,
  plusMinus: string | undefined,
  where: string,
): Pick<Target, 'unit' | 'value' | 'low' | 'high' | 'bound'> {
  const unit = unitOf(quantity);
  const [, bound, digits, given] = VALUE.exec(value) ?? [];
  if (digits === undefined || given !== unit)
    throw new UserError(
      `${where}: ${quantity}: "${value}" is not a figure in ${unit || 'no unit'}; write "12 ${unit}", "at least 12 ${unit}" or "at most 12 ${unit}".`,
    );
  const number = Number(digits);
  const half = plusMinus === undefined ? halfDigit(digits) : readPlusMinus(plusMinus, number, unit, where);
  return {
    unit,
    value: number,
    low: number - half,
    high: number + half,
    bound: bound === 'at least' || bound === 'at most' ? bound : null,
  };
}

/** Half a unit of the last digit given: 0.05 of "12.3". */
function halfDigit(digits: string): number {
  const [mantissa, exponent = '0'] = digits.split('e');
  const decimals = mantissa.split('.')[1]?.length ?? 0;
  return 0.5 * 10 ** (Number(exponent) - decimals);
}

function readPlusMinus(text: string, value: number, unit: string, where: string): number {
  const [, digits, given] = /^([\d.]+)\s*(\S*)$/.exec(text) ?? [];
  if (given === '%' && unit !== '%') return (Number(digits) / 100) * Math.abs(value);
  if (given === unit) return Number(digits);
  throw new UserError(`${where}: plus_minus "${text}" is neither in ${unit || 'no unit'} nor in %.`);
}
