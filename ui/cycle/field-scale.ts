/**
 * Colours of a map. Temperatures have the scale of the whole page, on which a colour is always the same temperature; a
 * difference has it about zero; a fraction runs from the ground to one hue. All are even in OKLab, so that no edge is seen
 * where there is none, and lightness alone tells them apart in the second half of each.
 */
import { css, lch, mix, toRgb } from '../colour/oklab.ts';
import { SCALE_HIGH_C, SCALE_LOW_C, type Theme, scaleLab } from '../colour/temperature-scale.ts';
import type { Field } from './fields.ts';

export interface FieldScale {
  readonly low: number;
  readonly high: number;
  readonly unit: string;
  readonly decimals: number;
  /** Equal steps of the colour bar. */
  readonly steps: number;
}

const TEMPERATURE = { low: SCALE_LOW_C, high: SCALE_HIGH_C, unit: '°C', decimals: 1, steps: 5 };

export const FIELD_SCALE: Record<Field, FieldScale> = {
  alloy: TEMPERATURE,
  fluid: TEMPERATURE,
  difference: { low: -20, high: 20, unit: 'K', decimals: 1, steps: 4 },
  martensite: { low: 0, high: 100, unit: '%', decimals: 0, steps: 4 },
};

const STEPS = 256;
const FRACTION = {
  light: [lch(0.97, 0.01, 180), lch(0.42, 0.09, 180)],
  dark: [lch(0.24, 0.015, 180), lch(0.86, 0.12, 180)],
} as const;

const table = (colour: (share: number) => string): readonly string[] =>
  Array.from({ length: STEPS }, (_, i) => colour(i / (STEPS - 1)));

const both = (make: (theme: Theme) => readonly string[]): Record<Theme, readonly string[]> => ({
  light: make('light'),
  dark: make('dark'),
});

const DIVERGING = both((theme) => table((share) => css(toRgb(scaleLab(theme, share)))));
const SEQUENTIAL = both((theme) =>
  table((share) => css(toRgb(mix(FRACTION[theme][0], FRACTION[theme][1], share)))),
);

/** Values beyond the scale have the colour of its end; NaN has none. */
export function fieldColour(field: Field, theme: Theme, value: number): string {
  const { low, high } = FIELD_SCALE[field];
  if (Number.isNaN(value)) return 'transparent';
  const share = Math.min(1, Math.max(0, (value - low) / (high - low)));
  return (field === 'martensite' ? SEQUENTIAL : DIVERGING)[theme][Math.round(share * (STEPS - 1))];
}
