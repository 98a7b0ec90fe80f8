/** Colours and names of the four phases; what warms the alloy apart from what cools it for every eye. */
import type { Palette } from '../chart/palette.ts';
import { t } from '../language.ts';
import type { PhaseName } from './phases.ts';

const COLOUR: Record<PhaseName, (palette: Palette) => string> = {
  loading: ({ system }) => system,
  hot_blow: ({ hotIn }) => hotIn,
  unloading: ({ material }) => material,
  cold_blow: ({ coldIn }) => coldIn,
};

export const phaseColour = (name: PhaseName | null, palette: Palette): string =>
  name === null ? palette.muted : COLOUR[name](palette);

const WORD: Record<PhaseName, () => string> = {
  loading: () => t('loading'),
  hot_blow: () => t('hot blow'),
  unloading: () => t('unloading'),
  cold_blow: () => t('cold blow'),
};

export const phaseWord = (name: PhaseName | null): string => (name === null ? t('at rest') : WORD[name]());
