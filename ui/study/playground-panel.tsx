/** A machine whose parameters are changed, and at once what they do. */
import { t } from '../language.ts';
// oxlint-disable-next-line import/no-unassigned-import -- the address keeps what it holds of the playground from the start
import '../lab/setup.ts';
import { lazyPart } from './lazy-part.tsx';

export const PlaygroundPanel = lazyPart({
  name: () => t('Playground'),
  loading: () => t('loading the simulation…'),
  load: async () => (await import('../lab/playground.tsx')).Playground,
});
