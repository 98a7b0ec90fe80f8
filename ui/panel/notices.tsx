/** What must not be overlooked: a lost connection, an unprotected device, faults with their remedy. */
import { view } from '../address.ts';
import { t } from '../language.ts';
import { Said } from '../language/said-words.tsx';
import { AlarmRow } from '../operate/alarm-row.tsx';
import { inOrder } from '../operate/alarms.ts';
import { BypassNotices } from './bypass-notices.tsx';
import { ModeNotice } from './mode-notice.tsx';
import { TimeNotice } from './time-notice.tsx';
import { fresh } from '../live-values.ts';
import { controlLost, hello, link, beat, replay, state, telemetry, unreadable } from '../session.ts';
import { span } from '../time-words.ts';

function ConnectionNotice() {
  beat();
  const now = link.value;
  const nowMs = performance.now();
  if (now.phase === 'connecting') {
    return <p class="notice info">{t('Connecting to the controller…')}</p>;
  }
  if (now.phase === 'lost') {
    return (
      <p class="notice alarm" role="alert">
        <b>{t('Connection lost')}</b>{' '}
        {t(
          '{{time}} ago ({{reason}}). What you see is the past; STOP on this page reaches nothing. Trying again by itself, attempt {{n}}. If the machine must stop, use its hard-wired emergency stop.',
          { time: span(nowMs - now.sinceMs), reason: now.reason, n: now.attempt },
        )}
      </p>
    );
  }
  if (hello.value !== null && !fresh.value && replay.value === null) {
    return (
      <p class="notice warning" role="alert">
        <b>{t('No readings')}</b>{' '}
        {t(
          'from the machine for {{time}}: the controller answers, the device does not. Curves are left open.',
          {
            time: span(telemetry.clock.silenceMs(nowMs)),
          },
        )}
      </p>
    );
  }
  return null;
}

export function Notices() {
  const now = state.value;
  const faults = inOrder(now?.faults ?? []);
  // The view for operating has them in full.
  const isElsewhere = view.value === 'operate';
  const toldInFaults = faults.some(({ sentence }) => sentence.includes('UNPROTECTED'));
  return (
    <div class="notices">
      <ConnectionNotice />
      <TimeNotice />
      <ModeNotice />
      {isElsewhere ? null : <BypassNotices />}
      {now?.proof.watchdog === 'UNPROTECTED' && now.mode !== 'shadow' && !toldInFaults ? (
        <p class="notice warning">
          <b>{t('UNPROTECTED')}</b>{' '}
          {t(
            "The device's watchdog is not armed: if this computer fails while the machine runs, nothing in the device stops it.",
          )}
        </p>
      ) : null}
      {controlLost.value === null ? null : (
        <p class="notice warning" role="alert" data-testid="control-lost">
          <b>{t('You do not have control any more.')}</b> <Said words={controlLost.value} />{' '}
          <button type="button" onClick={() => (controlLost.value = null)}>
            {t('Noted')}
          </button>
        </p>
      )}
      {unreadable.value.count > 0 ? (
        <p class="notice warning">
          {t('{{n}} unreadable so far; last: {{what}}. It was left out.', {
            n: unreadable.value.count,
            what: unreadable.value.last,
          })}
        </p>
      ) : null}
      {isElsewhere ? null : (
        <ul class="faults" data-testid="fault-list" aria-label={t('Alarms')} aria-live="assertive">
          {faults.map((fault) => (
            <AlarmRow key={`${fault.key} ${fault.atS}`} fault={fault} />
          ))}
        </ul>
      )}
    </div>
  );
}
