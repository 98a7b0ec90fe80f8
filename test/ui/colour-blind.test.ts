/** The curves of a chart are told apart by every eye: with all cones, and with one kind missing. */
import { describe, expect, it } from 'vitest';
import { pageGlobals } from './page-globals.ts';
import { type Palette, PALETTES } from '../../ui/chart/palette.ts';
import { CURVE_LOOKS, curveColour, curveDash } from '../../ui/colour/curve-colours.ts';
import { luminance, type Rgb } from '../../ui/colour/oklab.ts';
import type { Theme } from '../../ui/colour/temperature-scale.ts';
import { apart, EYES, type Eye } from './colour-blind.ts';

/**
 * Three times the difference in OKLab that is just noticed between two areas (0.02: CSS Color 4, section 13.2), since a
 * line two pixels wide is no area.
 */
const APART = 0.06;

/** Lines that stand in one chart and are drawn whole; the set-point is dashed. */
const CHARTS: Record<string, readonly (keyof Palette)[]> = {
  'house and loops': ['ink', 'outdoor', 'coldIn', 'coldOut', 'hotIn', 'hotOut'],
  power: ['coldIn', 'hotIn', 'muted'],
  'coefficients of performance': ['material', 'system'],
  'phases of the cycle': ['system', 'hotIn', 'material', 'coldIn'],
};
const eyes = Object.keys(EYES) as Eye[];

function tooNear(colours: readonly string[], eye: Eye): string[] {
  return colours.flatMap((one, i) =>
    colours.slice(0, i).flatMap((other) => {
      const distance = apart(one, other, eye);
      return distance < APART ? [`${one} and ${other}: ${distance.toFixed(3)}`] : [];
    }),
  );
}

const rgb = (hex: string): Rgb =>
  [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)) as unknown as Rgb;

function contrast(one: string, other: string): number {
  const [dim, bright] = [luminance(rgb(one)), luminance(rgb(other))].toSorted((a, b) => a - b);
  return (bright + 0.05) / (dim + 0.05);
}

describe.each(['light', 'dark'] as const satisfies readonly Theme[])('%s', (theme) => {
  const palette = PALETTES[theme];

  it.each(eyes)('the curves of every chart, %s', (eye) => {
    for (const [chart, names] of Object.entries(CHARTS))
      expect(
        tooNear(
          names.map((name) => palette[name]),
          eye,
        ),
        chart,
      ).toEqual([]);
  });

  it('words in the colour of a phase are legible: 4.5 to 1 (WCAG 1.4.3)', () => {
    for (const name of CHARTS['phases of the cycle'])
      expect(contrast(palette[name], palette.ground), name).toBeGreaterThanOrEqual(4.5);
  });

  it.each(eyes)('the curves that a person chose, %s', (eye) => {
    const whole = Array.from({ length: CURVE_LOOKS }, (_, i) => i).filter((i) => curveDash(i).length === 0);
    expect(
      tooNear(
        whole.map((i) => curveColour(theme, i)),
        eye,
      ),
    ).toEqual([]);
  });
});

it('is looked at without a page', () => {
  expect(pageGlobals.location.hash).toBe('');
});

it('the simulated eyes are those of the paper: grey stays grey, red and green come near without the middle cones', () => {
  for (const eye of eyes) expect(apart('#808080', '#818181', eye)).toBeLessThan(0.01);
  // The rows of each matrix sum to 1: white is white.
  for (const matrix of Object.values(EYES))
    for (const [a, b, c] of matrix) expect(a + b + c).toBeCloseTo(1, 5);
  expect(apart('#c04040', '#707018', 'deuteranopia')).toBeLessThan(
    apart('#c04040', '#707018', 'all cones') / 2,
  );
});
