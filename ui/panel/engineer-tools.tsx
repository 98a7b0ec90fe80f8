/** What an engineer does that others do not: move the machine by hand, put an interlock out of action for a while. */
import { useSignal } from '@preact/signals';
import { askBypass, askMode, hello, live, state, whyMayNot } from '../session.ts';
import { HoldButton } from './hold-button.tsx';

export function EngineerTools() {
  const mode = state.value?.mode;
  if (hello.value === null || mode === 'shadow') return null;
  return (
    <details class="engineer" open={mode === 'manual'} data-testid="engineer-tools">
      <summary>By hand, and bypass</summary>
      {hello.value.rig.manual ? <ByHand /> : <p class="note">The rig file has no section for manual mode.</p>}
      <BypassForm />
    </details>
  );
}

function ByHand() {
  const isManual = state.value?.mode === 'manual';
  const why = live.value ? whyMayNot('jog') : 'no connection';
  return (
    <div class="by-hand">
      <button
        type="button"
        class="command"
        data-testid="mode"
        disabled={why !== null}
        title={why ?? 'From STOPPED or IDLE, at rest'}
        onClick={() => askMode(isManual ? 'automatic' : 'manual')}
      >
        {isManual ? 'Unload, leave manual' : 'Manual mode'}
      </button>
      {isManual ? (
        <div class="hold-buttons" role="group" aria-label="Moves while held">
          <HoldButton axis="load" label="Load" disabled={why !== null} />
          <HoldButton axis="unload" label="Unload" disabled={why !== null} />
          <HoldButton axis="hot_blow" label="Hot blow" disabled={why !== null} />
          <HoldButton axis="cold_blow" label="Cold blow" disabled={why !== null} />
        </div>
      ) : (
        <span class="unit">moves while a button is held, slowly, one axis at a time</span>
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
  const why = live.value ? whyMayNot('bypass') : 'no connection';
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
        Bypass
        <select
          data-testid="bypass-key"
          required
          value={chosen.value}
          onChange={(event) => {
            chosen.value = event.currentTarget.value;
          }}
        >
          <option value="">which interlock?</option>
          {rows.map((row) => (
            <option key={row} value={row}>
              {row}
            </option>
          ))}
        </select>
      </label>
      <label>
        for
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
        min, at most {most}
      </label>
      <label class="wide">
        because
        <input
          type="text"
          minLength={10}
          maxLength={200}
          required
          data-testid="bypass-reason"
          value={reason.value}
          placeholder="it is recorded with your session"
          onInput={(event) => {
            reason.value = event.currentTarget.value;
          }}
        />
      </label>
      <button type="submit" class="command" data-testid="bypass" disabled={why !== null} title={why ?? ''}>
        Bypass it
      </button>
    </form>
  );
}
