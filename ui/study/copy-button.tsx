/** Copies a text and says so; where the browser refuses, it says that instead. */
import { useSignal } from '@preact/signals';
import { t } from '../language.ts';

const SAID_MS = 2500;

interface Props {
  /** On the button. */
  readonly words: string;
  readonly text: () => string;
}

export function CopyButton({ words, text }: Props) {
  const outcome = useSignal<string | null>(null);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text());
      outcome.value = t('Copied');
    } catch {
      outcome.value = t('The browser refuses; copy it by hand');
    }
    setTimeout(() => (outcome.value = null), SAID_MS);
  };
  return (
    <button type="button" class="command may" onClick={() => void copy()}>
      <span aria-live="polite">{outcome.value ?? words}</span>
    </button>
  );
}
