/** The views of the page, as links: each can be opened beside the others, and a link can be sent. */
import { addressOf, VIEWS, view, type View } from '../address.ts';
import { t } from '../language.ts';

const NAMES: Record<View, () => string> = {
  live: () => t('Live'),
  channels: () => t('Channels'),
  cycle: () => t('Cycle'),
  machine: () => t('Machine'),
  operate: () => t('Operate'),
  study: () => t('Study'),
};

export const viewName = (name: View): string => NAMES[name]();

export function ViewNav() {
  return (
    <nav class="view-nav" aria-label={t('Views')}>
      {VIEWS.map((name) => (
        <a
          key={name}
          href={addressOf(name)}
          aria-current={view.value === name ? 'page' : undefined}
          data-testid={`view-${name}`}
        >
          {viewName(name)}
        </a>
      ))}
    </nav>
  );
}
