/** A machine whose parameters are changed, and at once what they do. It is loaded when somebody first looks at it. */
import { type Signal, signal } from '@preact/signals';
import type { ComponentType } from 'preact';
import { useEffect } from 'preact/hooks';
import { t } from '../language.ts';
// oxlint-disable-next-line import/no-unassigned-import -- the address keeps what it holds of the playground from the start
import '../lab/setup.ts';

const loaded: Signal<ComponentType | null> = signal(null);
const hasFailed = signal(false);

async function load(): Promise<void> {
  try {
    const { Playground } = await import('../lab/playground.tsx');
    loaded.value = Playground;
  } catch {
    hasFailed.value = true;
  }
}

export function PlaygroundPanel() {
  useEffect(() => void load(), []);
  const Playground = loaded.value;
  if (Playground !== null) return <Playground />;
  return (
    <section class="panel" aria-label={t('Playground')}>
      <p role="status">
        {hasFailed.value
          ? t('The playground could not be loaded; reload the page.')
          : t('loading the simulation…')}
      </p>
    </section>
  );
}
