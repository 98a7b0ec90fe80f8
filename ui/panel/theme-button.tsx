/** Light or dark. */
import { theme, toggleTheme } from '../theme.ts';
import { t } from '../language.ts';

export function ThemeButton() {
  return (
    <button
      type="button"
      class="theme-button"
      onClick={toggleTheme}
      aria-label={theme.value === 'dark' ? t('Use light colours') : t('Use dark colours')}
      title={theme.value === 'dark' ? t('Light') : t('Dark')}
    >
      <svg viewBox="0 0 20 20" aria-hidden="true">
        <circle cx="10" cy="10" r="7" fill="none" stroke="currentColor" stroke-width="1.6" />
        <path d="M10 3a7 7 0 0 1 0 14z" fill="currentColor" />
      </svg>
    </button>
  );
}
