/** English or Traditional Chinese; each is named in its own words. */
import { chooseLanguage, LANGUAGES, language, type Language, t } from '../language.ts';

export function LanguageSwitch() {
  return (
    <select
      class="language-switch"
      data-testid="language"
      aria-label={t('Language')}
      value={language.value}
      onChange={(event) => chooseLanguage(event.currentTarget.value as Language)}
    >
      {Object.entries(LANGUAGES).map(([code, name]) => (
        <option key={code} value={code} lang={code}>
          {name}
        </option>
      ))}
    </select>
  );
}
