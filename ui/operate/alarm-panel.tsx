/** What is wrong now, the cause first; and what was wrong in this session. */
import { linked, oneOf } from '../address.ts';
import { t } from '../language.ts';
import { Said } from '../language/said-words.tsx';
import { saidText } from '../language/said.ts';
import { timeOfDay } from '../time-words.ts';
import { BypassNotices } from '../panel/bypass-notices.tsx';
import { askAcknowledge, events, live, state, whyMayNot } from '../session.ts';
import { AlarmRow } from './alarm-row.tsx';
import { type AlarmChange, CHANGES, inOrder, isUnacknowledged, type Moment, momentsOf } from './alarms.ts';

export function AlarmPanel() {
  const faults = inOrder(state.value?.faults ?? []);
  const open = faults.filter(isUnacknowledged).length;
  const why = live.value ? whyMayNot('acknowledge') : t('no connection');
  return (
    <section class="panel alarm-panel" aria-labelledby="alarms-title">
      <header class="panel-head">
        <h2 id="alarms-title">{t('Alarms')}</h2>
        <span class="unit" data-testid="alarm-count">
          {t('{{n}} listed, {{open}} not acknowledged', { n: faults.length, open })}
        </span>
        <button
          type="button"
          class="chip"
          data-testid="acknowledge-all"
          disabled={why !== null || open === 0}
          title={why ?? ''}
          onClick={() => askAcknowledge(null)}
        >
          {t('Acknowledge all')}
        </button>
      </header>
      <BypassNotices />
      {faults.length === 0 ? <p class="note">{t('Nothing is wrong.')}</p> : null}
      <ul class="faults full" data-testid="fault-list" aria-label={t('Alarms')} aria-live="assertive">
        {faults.map((fault) => (
          <AlarmRow key={`${fault.key} ${fault.atS}`} fault={fault} full />
        ))}
      </ul>
    </section>
  );
}

const SHOWN = 200;
const change = linked<AlarmChange | 'all'>('alarm-change', 'all', oneOf('all', ...CHANGES));
const words = linked<string>('alarm-words', '', { write: (text) => text, read: (text) => text });

const NAMES: Record<AlarmChange | 'all', () => string> = {
  all: () => t('everything'),
  raised: () => t('raised'),
  acknowledged: () => t('acknowledged'),
  gone: () => t('cause gone'),
  shelved: () => t('bypassed'),
  unshelved: () => t('bypass ended'),
};

export function AlarmHistory() {
  const moments = momentsOf(events.value, change.value, words.value, saidText);
  return (
    <section class="panel alarm-history" aria-labelledby="alarm-history-title">
      <header class="panel-head">
        <h2 id="alarm-history-title">{t('Alarms of this session')}</h2>
        <span class="unit num">{moments.length}</span>
      </header>
      <div class="alarm-filter">
        <select
          aria-label={t('Which moments')}
          data-testid="alarm-change"
          value={change.value}
          onChange={(event) => (change.value = event.currentTarget.value as AlarmChange | 'all')}
        >
          {(['all', ...CHANGES] as const).map((one) => (
            <option key={one} value={one}>
              {NAMES[one]()}
            </option>
          ))}
        </select>
        <input
          type="search"
          aria-label={t('Search the alarms')}
          placeholder={t('Search the alarms')}
          data-testid="alarm-words"
          value={words.value}
          onInput={(event) => (words.value = event.currentTarget.value)}
        />
      </div>
      {moments.length === 0 ? <p class="note">{t('Nothing of this kind happened.')}</p> : null}
      <ol class="events" tabIndex={0} aria-label={t('Alarms of this session')} data-testid="alarm-history">
        {moments.slice(0, SHOWN).map((moment) => (
          <Line key={`${moment.sequence} ${moment.at}`} moment={moment} />
        ))}
      </ol>
    </section>
  );
}

function Line({ moment: { at, severity, sentence, about } }: { readonly moment: Moment }) {
  return (
    <li class={severity}>
      <time class="num" dateTime={at}>
        {timeOfDay(at)}
      </time>
      <span class="severity">{NAMES[about.change]()}</span>
      <span>
        {sentence.includes(about.key) ? null : <code>{about.key} </code>}
        <Said words={sentence} />
      </span>
    </li>
  );
}
