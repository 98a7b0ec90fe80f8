/**
 * Colours for curves that a person chose: at least 3:1 against either ground (WCAG 1.4.11), ordered so that the first
 * few stay furthest apart for colour-blind eyes. After the last colour the same ones come again dashed, then dotted.
 */
import type { Theme } from './temperature-scale.ts';

const COLOURS: Readonly<Record<Theme, readonly string[]>> = {
  light: ['#0b5cad', '#b83a08', '#12181f', '#0c8473', '#a2469f', '#8a6d00', '#3f8fd6', '#6b2a4a'],
  dark: ['#4aa3f2', '#f47f3c', '#f2f5f7', '#2fbfa8', '#d58ee0', '#e3c23c', '#a9d4fb', '#c06a90'],
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
