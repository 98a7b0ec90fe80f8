/**
 * Colours for curves that a person chose: at least 3:1 against either ground (WCAG 1.4.11), apart for colour-blind
 * eyes too (test/ui/colour-blind.test.ts). After the last colour the same ones come again dashed, then dotted.
 */
import type { Theme } from './temperature-scale.ts';

const COLOURS: Readonly<Record<Theme, readonly string[]>> = {
  light: ['#0b5cad', '#9d2a00', '#12181f', '#008973', '#943b7f', '#896c00', '#4693d8', '#682d4f'],
  dark: ['#4aa3f2', '#f47f3c', '#f2f5f7', '#00d399', '#d587bc', '#e3c23c', '#a9d4fb', '#c36896'],
};
const DASHES: readonly (readonly number[])[] = [[], [7, 4], [2, 3]];

export const CURVE_LOOKS = COLOURS.light.length * DASHES.length;

export function curveColour(theme: Theme, index: number): string {
  const list = COLOURS[theme];
  return list[index % list.length];
}

/** Lengths of dash and space in px; none for a line that is whole. */
export function curveDash(index: number): readonly number[] {
  return DASHES[Math.floor(index / COLOURS.light.length) % DASHES.length];
}
