/** Quantities in the units that a person chose, for this view. */
import { fixed } from '../store/text.ts';
import { conversionOf, convert, decimalsOf } from '../units.ts';

/** A temperature in °C as a number in the unit shown. */
export const temperatureShown = (celsius: number): number => convert(celsius, conversionOf('°C'));

/** A value and its unit; `unit` is that of the channel. */
export function inWords(value: number | undefined, unit: string, decimals: number): string {
  const shown = conversionOf(unit);
  const text = value === undefined ? Number.NaN : convert(value, shown);
  return `${fixed(text, decimalsOf(decimals, shown))} ${shown.unit}`.trimEnd();
}
