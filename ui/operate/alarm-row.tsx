/** One alarm: what it is, what to do, where it is in its life, and what may be done about it. */
import { useSignal } from '@preact/signals';
import type { Fault } from '../../controller/wire/messages.ts';
import { t } from '../language.ts';
import { Said } from '../language/said-words.tsx';
import { saidText } from '../language/said.ts';
import { timeOfDay } from '../time-words.ts';
import { askAcknowledge, askBypass, hello, live, whyMayNot } from '../session.ts';
import { clockText } from '../store/clock-text.ts';
import { type AlarmState, alarmState, gravityOf } from './alarms.ts';

const ACTIONS: Record<Fault['action'], () => string> = {
  warn: () => t('warning'),
  hold: () => t('leads to HOLD'),
  stop: () => t('leads to STOP'),
  abort: () => t('leads to ABORT'),
};
const STATES: Record<AlarmState, () => string> = {
  unacknowledged: () => t('present, not acknowledged'),
  acknowledged: () => t('present, acknowledged'),
  'gone-unacknowledged': () => t('cause gone, not acknowledged'),
  gone: () => t('cause gone, waits for CLEAR or RESET'),
  shelved: () => t('bypassed'),
};

/** `full`: with what an engineer may do about it. */
export function AlarmRow({ fault, full = false }: { readonly fault: Fault; readonly full?: boolean }) {
  const life = alarmState(fault);
  const { acknowledged } = fault;
  return (
    <li class={`fault ${gravityOf(fault)} ${life}`} data-testid={`alarm-${fault.key}`}>
      <div class="fault-head">
        {fault.firstOut ? <span class="first-out">{t('came first')}</span> : null}
        <code>{fault.key}</code>
        <span>{fault.bypassed ? t('nothing follows') : ACTIONS[fault.action]()}</span>
        <span class="num">{t('at {{time}}', { time: clockText(fault.atS, 1) })}</span>
        <span class="alarm-life">{STATES[life]()}</span>
      </div>
      <p class="fault-sentence">
        <Said words={fault.sentence} />
      </p>
      <p class="fault-remedy">
        <b>{t('Do:')}</b> <Said words={fault.remedy} />
      </p>
      <div class="alarm-do">
        {acknowledged === null ? (
          <Acknowledge faultKey={fault.key} />
        ) : (
          <span class="unit">
            {t('acknowledged by {{who}} at {{time}}', {
              who: saidText(acknowledged.by),
              time: timeOfDay(acknowledged.at),
            })}
          </span>
        )}
        {full && !fault.bypassed && hello.value?.rig.bypassable.includes(fault.key) === true ? (
          <Shelve faultKey={fault.key} />
        ) : null}
      </div>
    </li>
  );
}

const mayNot = (wish: 'acknowledge' | 'bypass'): string | null =>
  live.value ? whyMayNot(wish) : t('no connection');

function Acknowledge({ faultKey }: { readonly faultKey: string }) {
  const why = mayNot('acknowledge');
  return (
    <button
      type="button"
      class="chip"
      data-testid={`acknowledge-${faultKey}`}
      disabled={why !== null}
      title={why ?? t('Seen and known; nothing is reset by it')}
      onClick={() => askAcknowledge(faultKey)}
    >
      {t('Acknowledge')}
    </button>
  );
}

const FIRST_MINUTES = 5;

/** Shelving is the bypass of the interlock: for a while, with a reason, by an engineer. */
function Shelve({ faultKey }: { readonly faultKey: string }) {
  const minutes = useSignal(FIRST_MINUTES);
  const reason = useSignal('');
  const why = mayNot('bypass');
  const most = hello.value?.rig.mostBypassMinutes ?? FIRST_MINUTES;
  return (
    <details class="shelve">
      <summary>{t('Bypass for a while…')}</summary>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          askBypass(faultKey, minutes.value, reason.value);
        }}
      >
        <label>
          <input
            class="num"
            type="number"
            min={1}
            max={most}
            required
            value={minutes.value}
            onInput={(event) => (minutes.value = event.currentTarget.valueAsNumber)}
          />{' '}
          {t('min, at most {{most}}', { most })}
        </label>
        <input
          type="text"
          required
          minLength={10}
          maxLength={200}
          aria-label={t('Reason; it is recorded')}
          placeholder={t('Reason; it is recorded')}
          value={reason.value}
          onInput={(event) => (reason.value = event.currentTarget.value)}
        />
        <button type="submit" class="chip" disabled={why !== null} title={why ?? ''}>
          {t('Bypass it')}
        </button>
      </form>
    </details>
  );
}
