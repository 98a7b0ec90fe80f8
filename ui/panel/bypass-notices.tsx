/** Interlocks that are out of action, each with its reason and the time that is left. */
import { t } from '../language.ts';
import { askUnbypass, state, whyMayNot } from '../session.ts';

const clock = (seconds: number): string =>
  `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`;

export function BypassNotices() {
  return (
    <>
      {(state.value?.bypasses ?? []).map(({ key, reason, leftS }) => (
        <p key={key} class="notice alarm" role="alert" data-testid={`bypass-${key}`}>
          <b>{t('BYPASSED')}</b> <code>{key}</code>{' '}
          {t('does nothing for another {{time}} min:', { time: clock(leftS) })} {reason}{' '}
          <button
            type="button"
            disabled={whyMayNot('unbypass') !== null}
            title={whyMayNot('unbypass') ?? t('The interlock acts again at once')}
            onClick={() => askUnbypass(key)}
          >
            {t('End it now')}
          </button>
        </p>
      ))}
    </>
  );
}
