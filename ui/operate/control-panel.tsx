/** Who has control and whether that page still lives, and who else has a page open. */
import { named } from '../../controller/wire/rights.ts';
import { t } from '../language.ts';
import { saidText } from '../language/said.ts';
import { ControlLease } from '../panel/control-lease.tsx';
import { lease, live, state, you } from '../session.ts';
import { span } from '../time-words.ts';

/** The recorder listens as a viewer of its own. */
const RECORD = 'record';
/** A page says every second that it hears; five missing words end its control. */
const LATE_MS = 2500;

export function ControlPanel() {
  const people = state.value?.people ?? [];
  const heardMs = state.value?.controlHeardMs ?? null;
  const holder = lease.value?.holder?.session;
  return (
    <>
      <ControlLease />
      {!live.value || people.length === 0 ? null : (
        <ul class="people" aria-label={t('Who is here')} data-testid="people">
          {people.map((person) => (
            <li key={person.session} class={person.session === holder ? 'holds' : ''}>
              <b>{person.session === RECORD ? t('the record') : saidText(named(person))}</b>
              {person.session === you.value?.session ? <span class="tag">{t('you')}</span> : null}
              {person.pages > 1 ? <span class="unit">{t('{{n}} pages', { n: person.pages })}</span> : null}
              {person.session === holder ? (
                <span class={`unit heart ${(heardMs ?? 0) > LATE_MS ? 'late' : ''}`}>
                  {t('has control, heard {{time}} ago', { time: span(heardMs ?? Number.NaN) })}
                </span>
              ) : null}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
