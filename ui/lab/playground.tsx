/** The playground: a machine, its parameters, and at once what they do. Everything is computed in this browser. */
import { useEffect } from 'preact/hooks';
import { language, t } from '../language.ts';
import { inletsMeasured, NO_INLETS } from '../operate/inlets.ts';
import { questionOf } from '../operate/preview.ts';
import { hello, state } from '../session.ts';
import { CopyButton } from '../study/copy-button.tsx';
import { Figures } from './figures.tsx';
import { Headline } from './headline.tsx';
import { withoutPreset } from './field-text.ts';
import { Parameters } from './parameters.tsx';
import {
  card,
  cardOf,
  curves,
  machines,
  pickMachine,
  pin,
  pinned,
  progress,
  refusals,
  setup,
  start,
  take,
} from './state.ts';
import { claimOf, titleOf } from './words.ts';

function idleText(): string {
  if (refusals.value.length > 0) return t('not computed');
  return curves.value === null ? t('loading the simulation…') : t('all points computed');
}

function Progress() {
  const now = progress.value;
  return (
    <div class="lab-progress" role="status">
      {now === null ? (
        <span class="unit" data-testid="idle">
          {idleText()}
        </span>
      ) : (
        <>
          <progress value={now.done / now.expected} aria-label={t('Share of the points done')} />
          <span class="unit">{t('computing, points done: {{n}}', { n: now.done })}</span>
        </>
      )}
    </div>
  );
}

function PinButton() {
  const isPinned = pinned.value !== null;
  return (
    <button
      type="button"
      class="command may"
      aria-pressed={isPinned}
      disabled={curves.value === null}
      title={t('Keeps the present curves in grey while parameters change')}
      onClick={() => pin(!isPinned)}
    >
      {isPinned ? t('Unpin') : t('Pin to compare')}
    </button>
  );
}

/** The preset, recipe and inlets of the machine that this page is connected to; nothing where there is none. */
function AsRunning() {
  const own = cardOf(hello.value?.rig.preset ?? '');
  const recipe = state.value?.recipe;
  if (own === undefined || recipe === undefined) return null;
  const takeIt = (): void => {
    const question = questionOf(own.key, recipe, inletsMeasured() ?? NO_INLETS);
    take({ machine: own.key, changes: withoutPreset(question.changes, own.fields) });
  };
  return (
    <button
      type="button"
      class="command may"
      data-testid="as-running"
      title={t('Preset, recipe and inlet temperatures of the machine that this page shows')}
      onClick={takeIt}
    >
      {t('As the running machine')}
    </button>
  );
}

function Toolbar() {
  return (
    <div class="panel lab-toolbar" role="group" aria-label={t('Machine')}>
      <label for="machine" class="unit">
        {t('machine')}
      </label>
      <select
        id="machine"
        data-testid="machine"
        value={setup.value.machine}
        disabled={machines.value.length === 0}
        onChangeCapture={(event) => pickMachine(event.currentTarget.value)}
      >
        {machines.value.map((one) => (
          <option key={one.key} value={one.key}>
            {titleOf(one)}
          </option>
        ))}
      </select>
      <Progress />
      <AsRunning />
      <PinButton />
      <CopyButton words={t('Copy link')} text={() => location.href} />
    </div>
  );
}

/** What this machine can claim, and what is wrong with values that belong to no field on the page. */
function Notices() {
  const machine = card.value;
  const known = new Set(machine?.fields.map(({ key }) => key));
  const loose = refusals.value.filter(({ key }) => key === null || !known.has(key));
  return (
    <div class="lab-notices">
      {loose.map(({ sentence }) => (
        <p key={sentence} class="notice alarm" role="alert">
          <b>{t('Not computed')}</b> <span lang="en">{sentence}</span>
        </p>
      ))}
      {refusals.value.length > loose.length ? (
        <p class="notice warning" role="status">
          <b>{t('Not computed')}</b>{' '}
          {t('A value cannot be used; the sentence stands at its field. What you see is the last result.')}
        </p>
      ) : null}
      {machine === undefined ? null : (
        <p class="note">
          {claimOf(machine)}{' '}
          {setup.value.changes.size === 0 ? null : `${t('With values changed, no calibration holds.')} `}
          {t('Source:')} <span lang="en">{machine.source}.</span>{' '}
          {t('Computed in this browser; nothing is sent anywhere. The same numbers:')}{' '}
          <code>elastocool simulate {setup.value.machine}</code>
        </p>
      )}
    </div>
  );
}

export function Playground() {
  useEffect(start, []);
  return (
    <div class={`lab ${refusals.value.length > 0 ? 'stale' : ''}`}>
      <Toolbar />
      <Notices />
      <div class="lab-columns">
        <Parameters />
        <div class="lab-results">
          <Headline />
          {/* A chart has the words of its axes from when it was made. */}
          <Figures key={language.value} />
        </div>
      </div>
    </div>
  );
}
