/** Between what stands in a field and what `sim` reads: a bare number gets the field's unit. */
import type { Field, NumberField } from '../worker/messages.ts';

const BARE = /^[+−-]?(\d+[.,]?\d*|[.,]\d+)(e[+-]?\d+)?$/i;

/** What a person typed, as `sim` reads it; undefined where it is the preset's own value, or nothing. */
export function toChange(field: Field, typed: string): string | undefined {
  const text = typed.trim();
  if (text === '' || text === field.preset) return undefined;
  if (field.kind === 'choice' || !BARE.test(text)) return text;
  const number = text.replace(',', '.').replace('−', '-');
  if (Number(number) === Number(field.preset)) return undefined;
  return field.unit === '' ? number : `${number} ${field.unit}`;
}

/** The text of a field: a change without the unit that stands beside it. */
export function toTyped(field: Field, change: string | undefined): string {
  if (change === undefined) return field.preset;
  const unit = field.kind === 'number' ? field.unit : '';
  return unit !== '' && change.endsWith(` ${unit}`) ? change.slice(0, -unit.length - 1) : change;
}

/** A unit for people. */
export const unitText = (unit: string): string =>
  unit.replaceAll('degC', '°C').replaceAll('^2', '²').replaceAll('^3', '³').replaceAll('^0.5', '½');

/** A number in few characters, with a true minus sign. */
export const short = (value: number): string => String(Number(value.toPrecision(4))).replace('-', '−');

export function rangeText([low, high]: readonly [number, number], unit: string): string {
  return `${short(low)}${low === high ? '' : ` to ${short(high)}`}${unit === '' ? '' : ` ${unitText(unit)}`}`;
}

export interface Slide {
  readonly min: number;
  readonly max: number;
  readonly step: number;
}

/** The slider runs over the prior, widened to what stands in the field; none where the value is certain. */
export function slideOf(field: NumberField, value: number): Slide | null {
  const [low, high] = field.prior ?? [0, 0];
  if (low === high) return null;
  const min = Math.min(low, value);
  const max = Math.max(high, value);
  if (field.whole) return { min, max, step: 1 };
  const fine = (high - low) / 100;
  const power = 10 ** Math.floor(Math.log10(fine));
  const step = ([1, 2, 5].find((mantissa) => mantissa * power >= fine * 0.999) ?? 10) * power;
  return { min, max, step: Number(step.toPrecision(1)) };
}
