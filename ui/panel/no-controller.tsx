/** The page where no controller ever answered: what it is for, and what works without one. */
import { link } from '../session.ts';
import { ThemeButton } from './theme-button.tsx';
import { t } from '../language.ts';

export function NoController() {
  const now = link.value;
  return (
    <div class="page">
      <header class="top">
        <div class="brand">
          <h1>elastocool</h1>
          <span class="rig">{t('no controller here')}</span>
        </div>
        <ThemeButton />
      </header>
      <section class="panel no-controller" aria-labelledby="no-controller-title">
        <h2 id="no-controller-title">{t('No controller answers at this address')}</h2>
        <p>
          This page shows a cooler while a controller runs it, on a machine or on the virtual rig. Started
          with <code>npm start</code>, elastocool prints the address to open. From a plain web host there is
          none to connect to.
        </p>
        <p>
          <a class="page-button" href="./lab.html" data-testid="to-laboratory">
            {t('Open the laboratory')}
          </a>
        </p>
        <p>
          It needs no controller: it simulates the coolers in this browser. Pick a machine, change a
          parameter, see the curves.
        </p>
        <p class="note" role="status">
          Trying again by itself{now.phase === 'lost' ? `, attempt ${now.attempt}` : ''}. If a machine is
          running, nothing on this page reaches it: use its hard-wired emergency stop.
        </p>
      </section>
    </div>
  );
}
