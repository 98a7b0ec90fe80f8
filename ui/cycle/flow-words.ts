/** Names and colours of the flows of an account. */
import type { Palette } from '../chart/palette.ts';
import { t } from '../language.ts';
import type { GraphLink, NodeName } from './account-graph.ts';

const WORD: Record<NodeName | 'net_work', () => string> = {
  cold_heat: () => t('heat from the cold loop'),
  loading: () => t('loading work'),
  hot_heat: () => t('heat to the hot loop'),
  returned: () => t('work given back'),
  loss: () => t('housing loss'),
  stored: () => t('stored'),
  residual: () => t('residual'),
  net_work: () => t('net work'),
  train: () => t('load train'),
  cells: () => t('cells'),
};

export const flowWord = (name: NodeName | 'net_work'): string => WORD[name]();

const COLOUR: Record<GraphLink['name'], (palette: Palette) => string> = {
  cold_heat: ({ coldIn }) => coldIn,
  loading: ({ system }) => system,
  net_work: ({ system }) => system,
  returned: ({ system }) => system,
  hot_heat: ({ hotIn }) => hotIn,
  loss: ({ outdoor }) => outdoor,
  stored: ({ muted }) => muted,
  residual: ({ ink }) => ink,
};

export const flowColour = (name: GraphLink['name'], palette: Palette): string => COLOUR[name](palette);
