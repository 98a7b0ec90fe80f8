/** The page where no controller ever answered: what it is for, and what works without one. */
import type { ComponentType } from 'preact';
import { addressOf, view } from '../address.ts';
import { t } from '../language.ts';
import { link } from '../session.ts';
import { MapsPanel } from '../study/maps-panel.tsx';
import { type Part, part } from '../study/part.ts';
import { PlaygroundPanel } from '../study/playground-panel.tsx';
import { LanguageSwitch } from './language-switch.tsx';
import { ThemeButton } from './theme-button.tsx';

/** What computes in the browser alone. */
const ALONE: Readonly<Partial<Record<Part, ComponentType>>> = {
  playground: PlaygroundPanel,
  maps: MapsPanel,
};

export function NoController() {
  const Shown = (view.value === 'study' ? ALONE[part.value] : undefined) ?? WhatThisIs;
  return (
    <div class="page">
      <header class="top alone">
        <div class="brand">
          <h1>elastocool</h1>
          <span class="rig">{t('no controller here')}</span>
        </div>
        <LanguageSwitch />
        <ThemeButton />
      </header>
      <main class="view">
        <Shown />
        <Trying />
      </main>
    </div>
  );
}

function WhatThisIs() {
  return (
    <section class="panel no-controller" aria-labelledby="no-controller-title">
      <h2 id="no-controller-title">{t('No controller answers at this address')}</h2>
      <p>
        {t(
          'This page shows a cooler while a controller runs it, on a machine or on the virtual rig. Started with npm start, elastocool prints the address to open. From a plain web host there is none to connect to.',
        )}
      </p>
      <p>
        <a class="page-button" href={addressOf('study', { study: 'playground' })} data-testid="to-playground">
          {t('Open the playground')}
        </a>
      </p>
      <p>
        {t(
          'It needs no controller: it simulates the coolers in this browser. Pick a machine, change a parameter, see the curves.',
        )}
      </p>
      <p>
        <a href={addressOf('study', { study: 'maps' })} data-testid="to-maps">
          {t('Maps of a trained model')}
        </a>{' '}
        {t('need none either.')}
      </p>
    </section>
  );
}

function Trying() {
  const now = link.value;
  return (
    <p class="note no-controller-note" role="status">
      {now.phase === 'lost'
        ? t('Looking for a controller by itself, attempt {{n}}.', { n: now.attempt })
        : null}{' '}
      {t('If a machine is running, nothing on this page reaches it: use its hard-wired emergency stop.')}
    </p>
  );
}
