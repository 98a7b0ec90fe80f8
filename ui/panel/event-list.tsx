/** What happened, newest first. */
import { events } from '../session.ts';
import { t } from '../language.ts';
import { Said } from '../language/said-words.tsx';
import { timeOfDay } from '../time-words.ts';

/** Older ones are of use to the history of alarms, and to the record. */
const SHOWN = 200;

export function EventList() {
  return (
    <section class="panel events-panel" aria-labelledby="events-title">
      <header class="panel-head">
        <h2 id="events-title">{t('Events')}</h2>
        <span class="unit">{t('newest first, wall time')}</span>
      </header>
      {events.value.length === 0 ? <p class="note">{t('Nothing yet.')}</p> : null}
      <ol class="events" tabIndex={0} aria-label={t('Events, newest first')}>
        {events.value.slice(0, SHOWN).map((event) => (
          <li key={`${event.sequence} ${event.at}`} class={event.severity}>
            <time class="num" dateTime={event.at}>
              {timeOfDay(event.at)}
            </time>
            <span class="severity">{t(event.severity)}</span>
            <span>
              <Said words={event.sentence} />
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
