/**
 * For who goes by keyboard or screen reader: a way past header and tabs, and a word when another view stands there. A
 * button, since the part of the address after # names the view.
 */
import { view } from '../address.ts';
import { t } from '../language.ts';
import { viewName } from './view-nav.tsx';

function goToMain(): void {
  const main = document.querySelector('main');
  main?.setAttribute('tabindex', '-1');
  main?.focus();
}

export function SkipLink() {
  return (
    <button type="button" class="skip-link" data-testid="skip" onClick={goToMain}>
      {t('Skip to {{view}}', { view: viewName(view.value) })}
    </button>
  );
}

export function ViewSaid() {
  return (
    <p class="only-heard" role="status" data-testid="view-said">
      {t('View: {{view}}', { view: viewName(view.value) })}
    </p>
  );
}
