/** What an engineer does that others do not: move the machine by hand, put an interlock out of action for a while. */
import { useSignal } from '@preact/signals';
import { t } from '../language.ts';
import { askBypass, askMode, hello, live, state, whyMayNot } from '../session.ts';
import { HoldButton } from './hold-button.tsx';

export function EngineerTools() {
  const mode = state.value?.mode;
  if (hello.value === null || mode === 'shadow') return null;
  return (
    <details class="engineer" open={mode === 'manual'} data-testid="engineer-tools">
      <summary>{t('By hand, and bypass')}</summary>
      {hello.value.rig.manual ? (
        <ByHand />
      ) : (
        <p class="note">{t('The rig file has no section for manual mode.')}</p>
      )}
      <BypassForm />
    </details>
  );
}

function ByHand() {
  const isManual = state.value?.mode === 'manual';
  const why = live.value ? whyMayNot('jog') : t('no connection');
  return (
    <div class="by-hand">
      <button
        type="button"
        class="command"
        data-testid="mode"
        disabled={why !== null}
        title={why ?? t('From STOPPED or IDLE, at rest')}
        onClick={() => askMode(isManual ? 'automatic' : 'manual')}
      >
        {isManual ? t('Unload, leave manual') : t('Manual mode')}
      </button>
      {isManual ? (
        <div class="hold-buttons" role="group" aria-label={t('Moves while held')}>
          <HoldButton axis="load" label={t('Load')} disabled={why !== null} />
          <HoldButton axis="unload" label={t('Unload')} disabled={why !== null} />
          <HoldButton axis="hot_blow" label={t('Hot blow')} disabled={why !== null} />
          <HoldButton axis="cold_blow" label={t('Cold blow')} disabled={why !== null} />
        </div>
      ) : (
        <span class="unit">{t('moves while a button is held, slowly, one axis at a time')}</span>
      )}
    </div>
  );
}

const FIRST_MINUTES = 5;

function BypassForm() {
  const rows = hello.value?.rig.bypassable ?? [];
  const most = hello.value?.rig.mostBypassMinutes ?? 0;
  const chosen = useSignal('');
  const minutes = useSignal(FIRST_MINUTES);
  const reason = useSignal('');
  const why = live.value ? whyMayNot('bypass') : t('no connection');
  return (
    <form
      class="bypass-form"
      onSubmit={(event) => {
        event.preventDefault();
        askBypass(chosen.value, minutes.value, reason.value);
        reason.value = '';
        chosen.value = '';
      }}
    >
      <label>
        {t('Bypass')}
        <select
          data-testid="bypass-key"
          required
          value={chosen.value}
          onChange={(event) => {
            chosen.value = event.currentTarget.value;
          }}
        >
          <option value="">{t('which interlock?')}</option>
          {rows.map((row) => (
            <option key={row} value={row}>
              {row}
            </option>
          ))}
        </select>
      </label>
      <label>
        {t('for')}
        <input
          class="num"
          type="number"
          min={1}
          max={most}
          data-testid="bypass-minutes"
          value={minutes.value}
          onInput={(event) => {
            minutes.value = event.currentTarget.valueAsNumber;
          }}
        />
        {t('min, at most {{most}}', { most })}
      </label>
      <label class="wide">
        {t('because')}
        <input
          type="text"
          minLength={10}
          maxLength={200}
          required
          data-testid="bypass-reason"
          value={reason.value}
          placeholder={t('it is recorded with your session')}
          onInput={(event) => {
            reason.value = event.currentTarget.value;
          }}
        />
      </label>
      <button type="submit" class="command" data-testid="bypass" disabled={why !== null} title={why ?? ''}>
        {t('Bypass it')}
      </button>
    </form>
  );
}
