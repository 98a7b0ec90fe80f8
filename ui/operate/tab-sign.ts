/** Trouble shows on the tab too, where the page itself is behind others. */
import { effect } from '@preact/signals';
import { link, state } from '../session.ts';
import { type Gravity, tabOf } from './alarms.ts';

const ICONS: Record<Gravity, string> = {
  calm: 'icon.svg',
  warning: 'icon-warning.svg',
  alarm: 'icon-alarm.svg',
};

export function showOnTab(): void {
  const icon = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
  effect(() => {
    const { title, gravity } = tabOf(state.value, link.value.phase !== 'lost');
    if (document.title !== title) document.title = title;
    if (icon !== null && !icon.href.endsWith(`/${ICONS[gravity]}`)) icon.href = `./${ICONS[gravity]}`;
  });
}
