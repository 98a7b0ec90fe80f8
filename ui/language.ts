/**
 * The two languages of the page. Text is written in English where it stands, `t('Peak force')`; the Chinese for it stands
 * in `language/zh-Hant.json` and the files of `language/zh-Hant`, under the English words. `{{name}}` marks what is filled
 * in. What the controller says in sentences of its own arrives in English; `language/said.ts` says it in Chinese.
 */
import { effect } from '@preact/signals';
import i18next from 'i18next';
import { linked, oneOf } from './address.ts';
import chinese from './language/zh-Hant.json' with { type: 'json' };
import channels from './language/zh-Hant/channels.json' with { type: 'json' };
import cycle from './language/zh-Hant/cycle.json' with { type: 'json' };
import front from './language/zh-Hant/front.json' with { type: 'json' };
import machine from './language/zh-Hant/machine.json' with { type: 'json' };
import maps from './language/zh-Hant/maps.json' with { type: 'json' };
import operating from './language/zh-Hant/operate.json' with { type: 'json' };
import panels from './language/zh-Hant/panels.json' with { type: 'json' };
import runs from './language/zh-Hant/runs.json' with { type: 'json' };
import playground from './language/zh-Hant/playground.json' with { type: 'json' };
import study from './language/zh-Hant/study.json' with { type: 'json' };

export const LANGUAGES = { en: 'English', 'zh-Hant': '繁體中文' } as const;
export type Language = keyof typeof LANGUAGES;

const KEY = 'elastocool.language';

function wished(): Language {
  const remembered = localStorage.getItem(KEY);
  if (remembered === 'en' || remembered === 'zh-Hant') return remembered;
  return /^zh(-(Hant|HK|TW|MO))?$/i.test(navigator.language) ? 'zh-Hant' : 'en';
}

export const language = linked<Language>('lang', wished(), oneOf('en', 'zh-Hant'));

const CHINESE = {
  ...chinese,
  ...channels,
  ...cycle,
  ...front,
  ...machine,
  ...maps,
  ...operating,
  ...panels,
  ...playground,
  ...runs,
  ...study,
};

void i18next.init({
  lng: language.peek(),
  fallbackLng: false,
  // Keys are English sentences: dots and colons in them separate nothing.
  keySeparator: false,
  nsSeparator: false,
  resources: {
    'zh-Hant': { translation: CHINESE },
  },
  // Preact escapes what it shows.
  interpolation: { escapeValue: false },
});

effect(() => {
  document.documentElement.lang = language.value;
  void i18next.changeLanguage(language.value);
});

/** The words in the language of the page; a component that calls this is shown anew when the language changes. */
export function t(words: string, fill: Readonly<Record<string, string | number>> = {}): string {
  return i18next.t(words, { ...fill, lng: language.value });
}

export function chooseLanguage(choice: Language): void {
  language.value = choice;
  localStorage.setItem(KEY, choice);
}
