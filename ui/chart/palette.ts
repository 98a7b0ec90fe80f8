/** Colours of curves, chosen for contrast of at least 3:1 on either ground and apart for colour-blind eyes: test/ui/colour-blind.test.ts. */
import type { Theme } from '../colour/temperature-scale.ts';
import { theme } from '../theme.ts';

export interface Palette {
  readonly ink: string;
  readonly muted: string;
  readonly grid: string;
  readonly ground: string;
  readonly outdoor: string;
  readonly coldIn: string;
  readonly coldOut: string;
  readonly hotIn: string;
  readonly hotOut: string;
  readonly material: string;
  readonly system: string;
  readonly hatch: string;
  /** What a person marked. */
  readonly mark: string;
}

/** The palette of the theme in force; does not subscribe. */
export const palette = (): Palette => PALETTES[theme.peek()];

export const PALETTES: Record<Theme, Palette> = {
  light: {
    ink: '#12181f',
    muted: '#56616d',
    grid: '#e3e7eb',
    ground: '#ffffff',
    outdoor: '#8c699d',
    coldIn: '#0b5cad',
    coldOut: '#4a93d4',
    hotIn: '#b83a08',
    hotOut: '#dc7430',
    material: '#00845d',
    system: '#8956d5',
    hatch: '#aab3bc',
    mark: '#9a2463',
  },
  dark: {
    ink: '#f2f5f7',
    muted: '#9aa6b2',
    grid: '#27303a',
    ground: '#151b22',
    outdoor: '#9e7fb6',
    coldIn: '#4aa3f2',
    coldOut: '#9accfa',
    hotIn: '#f47f3c',
    hotOut: '#ffbd92',
    material: '#63d5ae',
    system: '#c8b5f0',
    hatch: '#4c5863',
    mark: '#f08fc0',
  },
};
