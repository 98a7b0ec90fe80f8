/**
 * Figures of the report are drawn for paper. On a dark ground their greys change places, light for dark, and a colour
 * becomes as light as it must to stand out; its hue stays, so that words and keys about it stay true.
 */
import { css, type Rgb, toLab, toRgb } from '../colour/oklab.ts';

/** The ground of a figure. */
const PAPER = '#ffffff';
/** Lightness of the dark panel. */
const DARK = 0.22;
/** OKLab chroma below which a colour is taken for a grey. */
const GREY = 0.03;

const isHex = (colour: string): boolean => /^#[0-9a-f]{6}$/i.test(colour);
const rgbOf = (hex: string): Rgb => {
  const at = (place: number): number => Number.parseInt(hex.slice(place, place + 2), 16);
  return [at(1), at(3), at(5)];
};

/** For the dark theme; `hex` as #rrggbb. */
export function onDark(hex: string): Rgb {
  const [lightness, a, b] = toLab(rgbOf(hex));
  const turned = DARK + (1 - lightness);
  return toRgb([Math.hypot(a, b) < GREY ? turned : Math.max(turned, lightness), a, b]);
}

/** A value of CSS that follows the theme. Steps of a map, written as rgb(...), and names are themselves in both. */
export function inBothThemes(colour: string): string {
  if (!isHex(colour)) return colour;
  return colour.toLowerCase() === PAPER ? 'var(--panel)' : `light-dark(${colour}, ${css(onDark(colour))})`;
}
