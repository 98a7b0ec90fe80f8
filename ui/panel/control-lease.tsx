/** Who has control of the machine, and how to get it or give it away. */
import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { named } from '../../controller/wire/rights.ts';
import { t } from '../language.ts';
import { saidText } from '../language/said.ts';
import { askLease, inControl, lease, live, replay, you } from '../session.ts';

/** One line: who you are, who has control, and the one thing that you can do about it. */
export function ControlLease() {
  const asking = useSignal(false);
  const holder = lease.value?.holder ?? null;
  const isOther = holder !== null && !inControl.value;
  useEffect(() => {
    if (!isOther) asking.value = false;
  }, [isOther]);
  if (you.value === null || !live.value || replay.value !== null) return null;
  return (
    <div class={`lease ${inControl.value ? 'mine' : isOther ? 'taken' : 'free'}`} data-testid="lease">
      <span role="status">
        <b>{sentenceNow()}</b>{' '}
        <span class="unit">{t('You are {{who}}.', { who: saidText(named(you.value)) })}</span>
      </span>
      {asking.value && isOther ? (
        <TakeOver done={() => (asking.value = false)} from={saidText(named(holder))} />
      ) : (
        <LeaseButton askFirst={() => (asking.value = true)} />
      )}
    </div>
  );
}

function sentenceNow(): string {
  const holder = lease.value?.holder ?? null;
  if (inControl.value) return t('You have control.');
  if (holder !== null) return t('{{who}} has control.', { who: saidText(named(holder)) });
  if (you.value?.role === 'viewer') return t('Read-only: this page can do nothing but STOP and ABORT.');
  return lease.value?.unattended === 'hold'
    ? t('Nobody has control: a running machine holds, then stops. The first command takes it.')
    : t('Nobody has control; the first command takes it.');
}

function LeaseButton({ askFirst }: { readonly askFirst: () => void }) {
  const role = you.value?.role;
  if (role === 'viewer') return null;
  if (inControl.value) {
    return (
      <button
        type="button"
        data-testid="lease-release"
        title={lease.value?.unattended === 'hold' ? t('A machine that runs holds when you do') : ''}
        onClick={() => askLease('release')}
      >
        {t('Release')}
      </button>
    );
  }
  if (lease.value?.holder === null) {
    return (
      <button type="button" data-testid="lease-take" onClick={() => askLease('take')}>
        {t('Take control')}
      </button>
    );
  }
  return role === 'engineer' ? (
    <button type="button" data-testid="lease-take-over" onClick={askFirst}>
      {t('Take over…')}
    </button>
  ) : null;
}

/** The safe answer has the keyboard. */
function TakeOver({ from, done }: { readonly from: string; readonly done: () => void }) {
  const no = useRef<HTMLButtonElement>(null);
  useEffect(() => no.current?.focus(), []);
  const take = () => {
    done();
    askLease('take_over');
  };
  return (
    <span class="take-over" role="alertdialog" aria-label={t('Take over')}>
      {t('Does {{who}} know? The machine goes on as it is.', { who: from })}
      <button type="button" data-testid="confirm-take-over" onClick={take}>
        {t('Yes, take over')}
      </button>
      <button type="button" ref={no} onClick={done}>
        {t('Not now')}
      </button>
    </span>
  );
}
