/**
 * The units that a person reads. Channels keep theirs, and everything is converted where it is shown: axis, legend,
 * readout, header of an export. What is asked of the machine stays in the machine's units.
 */
import type { Signal } from '@preact/signals';
import { linked, oneOf } from './address.ts';
import { fixed } from './store/text.ts';

export const UNIT_CHOICES = {
  temperature: ['°C', 'K'],
  pressure: ['bar', 'kPa'],
  power: ['W', 'kW'],
} as const;
export type UnitKind = keyof typeof UNIT_CHOICES;
export type ChosenUnit = (typeof UNIT_CHOICES)[UnitKind][number];

export const chosen: { readonly [K in UnitKind]: Signal<(typeof UNIT_CHOICES)[K][number]> } = {
  temperature: linked('temperature', '°C', oneOf(...UNIT_CHOICES.temperature)),
  pressure: linked('pressure', 'bar', oneOf(...UNIT_CHOICES.pressure)),
  power: linked('power', 'W', oneOf(...UNIT_CHOICES.power)),
};

/** Differs where anything is shown in another unit. */
export const unitsLook = (): string =>
  `${chosen.temperature.peek()} ${chosen.pressure.peek()} ${chosen.power.peek()}`;

/** value shown = scale * value + offset. */
export interface Conversion {
  readonly unit: string;
  readonly scale: number;
  readonly offset: number;
  /** Digits behind the point that are to be added to those of the channel's own unit; may be negative. */
  readonly digits: number;
}

const ZERO_C_IN_K = 273.15;

const FROM: Readonly<Record<string, UnitKind>> = { '°C': 'temperature', bar: 'pressure', W: 'power' };

const TO: Readonly<Record<ChosenUnit, Conversion>> = {
  '°C': { unit: '°C', scale: 1, offset: 0, digits: 0 },
  K: { unit: 'K', scale: 1, offset: ZERO_C_IN_K, digits: 0 },
  bar: { unit: 'bar', scale: 1, offset: 0, digits: 0 },
  kPa: { unit: 'kPa', scale: 100, offset: 0, digits: -2 },
  W: { unit: 'W', scale: 1, offset: 0, digits: 0 },
  kW: { unit: 'kW', scale: 1e-3, offset: 0, digits: 3 },
};

/** How a channel in `unit` is shown now; a unit without a choice stays. Subscribes to the choice. */
export function conversionOf(unit: string): Conversion {
  const kind = FROM[unit];
  return kind === undefined ? { unit, scale: 1, offset: 0, digits: 0 } : TO[chosen[kind].value];
}

/** Of a difference of two values in `unit`: differences of °C are K, whatever temperatures are shown in. */
export function differenceOf(unit: string): Conversion {
  return unit === '°C' ? { ...TO.K, offset: 0 } : { ...conversionOf(unit), offset: 0 };
}

export const convert = (value: number, { scale, offset }: Conversion): number => scale * value + offset;

/** Digits behind the point in the unit shown, for a channel that has `decimals` in its own. */
export const decimalsOf = (decimals: number, { digits }: Conversion): number =>
  Math.max(0, decimals + digits);

/** A value of a channel in `unit` that has so many `decimals` in it, as a person reads it; the unit is not in the text. */
export function textShown(value: number | null | undefined, unit: string, decimals: number): string {
  const shown = conversionOf(unit);
  return fixed(convert(value ?? Number.NaN, shown), decimalsOf(decimals, shown));
}

export const unitShown = (unit: string): string => conversionOf(unit).unit;

const SUFFIX: Readonly<Record<string, string>> = {
  '°C': 'C',
  K: 'K',
  bar: 'bar',
  kPa: 'kPa',
  W: 'W',
  kW: 'kW',
};

/** The name of a channel carries its unit: `room_C` becomes `room_K` where kelvins are shown. */
export function nameShown(name: string, unit: string): string {
  const from = SUFFIX[unit];
  const to = SUFFIX[unitShown(unit)];
  if (from === undefined || to === undefined || from === to) return name;
  return name.replace(new RegExp(`_${from}(?=_|$)`), `_${to}`);
}
