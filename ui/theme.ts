/** Light or dark: the system's wish until a person chooses; the choice is remembered in this browser. */
import { computed, effect, signal } from '@preact/signals';
import type { Theme } from './colour/temperature-scale.ts';

const KEY = 'elastocool.theme';
const systemDark = matchMedia('(prefers-color-scheme: dark)');
const system = signal<Theme>(systemDark.matches ? 'dark' : 'light');
systemDark.addEventListener('change', (event) => {
  system.value = event.matches ? 'dark' : 'light';
});

function remembered(): Theme | null {
  try {
    const value = localStorage.getItem(KEY);
    return value === 'light' || value === 'dark' ? value : null;
  } catch {
    return null;
  }
}

const chosen = signal<Theme | null>(remembered());
export const theme = computed<Theme>(() => chosen.value ?? system.value);

effect(() => {
  document.documentElement.dataset.theme = theme.value;
});

export function toggleTheme(): void {
  chosen.value = theme.value === 'dark' ? 'light' : 'dark';
  try {
    localStorage.setItem(KEY, chosen.value);
  } catch {
    // Storage may be refused; the choice then lasts as long as the page.
  }
}
