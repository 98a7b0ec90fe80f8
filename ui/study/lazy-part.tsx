/** A part of the study that is loaded when somebody first looks at it. */
import { type Signal, signal } from '@preact/signals';
import type { ComponentType } from 'preact';
import { useEffect } from 'preact/hooks';
import { t } from '../language.ts';

interface Lazy {
  readonly name: () => string;
  /** While it is on its way. */
  readonly loading: () => string;
  readonly load: () => Promise<ComponentType>;
}

export function lazyPart({ name, loading, load }: Lazy): ComponentType {
  const loaded: Signal<ComponentType | null> = signal(null);
  const hasFailed = signal(false);
  const begin = async (): Promise<void> => {
    try {
      loaded.value = await load();
    } catch {
      hasFailed.value = true;
    }
  };
  return function LazyPart() {
    useEffect(() => void begin(), []);
    const Part = loaded.value;
    if (Part !== null) return <Part />;
    return (
      <section class="panel" aria-label={name()}>
        <p role="status">
          {hasFailed.value ? t('This part of the page could not be loaded; reload the page.') : loading()}
        </p>
      </section>
    );
  };
}
