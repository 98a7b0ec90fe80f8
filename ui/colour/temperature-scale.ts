/**
 * Temperature to colour: blue, neutral, orange-red. Blue against orange stays apart for every kind of colour
 * blindness, and lightness runs one way on either side of neutral. The range is fixed: a colour means the same
 * temperature today and tomorrow, in every picture.
 */
import { css, lch, luminance, mix, toRgb, type Lab } from './oklab.ts';

export const SCALE_LOW_C = 0;
export const SCALE_HIGH_C = 50;
const STEPS = 256;

export type Theme = 'light' | 'dark';

/** Neutral is near the page's own ground, so that what differs from room temperature stands out. */
const STOPS: Record<Theme, readonly [cold: Lab, cool: Lab, neutral: Lab, warm: Lab, hot: Lab]> = {
  light: [
    lch(0.42, 0.15, 260),
    lch(0.68, 0.11, 245),
    lch(0.93, 0.008, 250),
    lch(0.75, 0.13, 60),
    lch(0.53, 0.18, 36),
  ],
  dark: [
    lch(0.8, 0.11, 235),
    lch(0.57, 0.12, 250),
    lch(0.36, 0.012, 255),
    lch(0.58, 0.13, 45),
    lch(0.82, 0.14, 68),
  ],
};

/** The scale at `share`, 0 coldest to 1 hottest. */
export function scaleLab(theme: Theme, share: number): Lab {
  const stops = STOPS[theme];
  const at = Math.min(1, Math.max(0, share)) * (stops.length - 1);
  const from = Math.min(stops.length - 2, Math.floor(at));
  return mix(stops[from], stops[from + 1], at - from);
}

interface Shade {
  readonly fill: string;
  /** Text that is legible on it. */
  readonly ink: string;
}

const shades = (theme: Theme): Shade[] =>
  Array.from({ length: STEPS }, (_, i) => {
    const rgb = toRgb(scaleLab(theme, i / (STEPS - 1)));
    // At this luminance black and white are equally legible, both with more than 4.5:1.
    return { fill: css(rgb), ink: luminance(rgb) > 0.179 ? '#000000' : '#ffffff' };
  });

const TABLE: Record<Theme, readonly Shade[]> = { light: shades('light'), dark: shades('dark') };
const ABSENT: Record<Theme, Shade> = {
  light: { fill: 'transparent', ink: '#4a545e' },
  dark: { fill: 'transparent', ink: '#aab4be' },
};

/** Looked up, never made: this runs for every part of the drawing in every frame. */
export function shadeOf(theme: Theme, celsius: number): Shade {
  if (Number.isNaN(celsius)) return ABSENT[theme];
  const share = (celsius - SCALE_LOW_C) / (SCALE_HIGH_C - SCALE_LOW_C);
  return TABLE[theme][Math.round(Math.min(1, Math.max(0, share)) * (STEPS - 1))];
}

/** Ten colours along the load train, from the actuator to the frame, in steps of lightness and hue. */
export function cellColours(theme: Theme, count: number): string[] {
  const [from, to] = theme === 'light' ? [0.38, 0.66] : [0.6, 0.9];
  return Array.from({ length: count }, (_, i) => {
    const share = i / (count - 1);
    return css(toRgb(lch(from + (to - from) * share, 0.13, 290 - 190 * share)));
  });
}
