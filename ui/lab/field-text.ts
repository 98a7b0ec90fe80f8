/** Between what stands in a field and what `sim` reads: a bare number gets the field's unit. */
import { t } from '../language.ts';
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

/** Without the values that the preset has anyway. */
export const withoutPreset = (
  changes: ReadonlyMap<string, string>,
  fields: readonly Field[],
): ReadonlyMap<string, string> =>
  new Map(
    [...changes].filter(([key, text]) => {
      const field = fields.find((one) => one.key === key);
      return field === undefined || toChange(field, toTyped(field, text)) !== undefined;
    }),
  );

/** A unit for people. */
export const unitText = (unit: string): string =>
  unit.replaceAll('degC', '°C').replaceAll('^2', '²').replaceAll('^3', '³').replaceAll('^0.5', '½');

/** A number in few characters, with a true minus sign. */
export const short = (value: number): string => String(Number(value.toPrecision(4))).replace('-', '−');

export function rangeText([low, high]: readonly [number, number], unit: string): string {
  const range = low === high ? short(low) : t('{{low}} to {{high}}', { low: short(low), high: short(high) });
  return unit === '' ? range : `${range} ${unitText(unit)}`;
}

export interface Slide {
  readonly min: number;
  readonly max: number;
  readonly step: number;
}

/** What is worth a try where the preset leaves nothing open: kelvins around a temperature, a factor around all else. */
const TRY_K = 15;
const TRY_FACTOR = 3;

function worthATry({ preset, unit, allowed: [least, most] }: NumberField): readonly [number, number] {
  const value = Number(preset);
  if (value === 0) return [least, most];
  const [low, high] =
    unit === 'degC'
      ? [value - TRY_K, value + TRY_K]
      : [value / TRY_FACTOR, value * TRY_FACTOR].toSorted((a, b) => a - b);
  return [Math.max(least, roughly(low)), Math.min(most, roughly(high))];
}

const roughly = (value: number): number => Number(value.toPrecision(2));

/** The slider runs over the range of the preset, or what is worth a try, widened to what stands in the field. */
export function slideOf(field: NumberField, value: number): Slide | null {
  const { prior } = field;
  const [low, high] = prior !== undefined && prior[0] < prior[1] ? prior : worthATry(field);
  if (!(low < high)) return null;
  const min = Math.min(low, value);
  const max = Math.max(high, value);
  if (field.whole) return { min: Math.ceil(min), max: Math.floor(max), step: 1 };
  return { min, max, step: stepOf(low, high) };
}

/** About a hundredth of a range, as a person counts: 1, 2 or 5 of a power of ten. */
export function stepOf(low: number, high: number): number {
  const fine = (high - low) / 100;
  const power = 10 ** Math.floor(Math.log10(fine));
  const step = ([1, 2, 5].find((mantissa) => mantissa * power >= fine * 0.999) ?? 10) * power;
  return Number(step.toPrecision(1));
}
