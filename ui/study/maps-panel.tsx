/** What a trained model says over two of its inputs. */
import { t } from '../language.ts';
// oxlint-disable-next-line import/no-unassigned-import -- the address keeps what it holds of the maps from the start
import '../map/asked.ts';
import { lazyPart } from './lazy-part.tsx';

export const MapsPanel = lazyPart({
  name: () => t('Maps'),
  loading: () => t('loading the model…'),
  load: async () => (await import('../map/maps.tsx')).Maps,
});
