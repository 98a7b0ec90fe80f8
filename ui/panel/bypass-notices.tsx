/** Interlocks that are out of action, each with its reason and the time that is left. */
import { askUnbypass, state, whyMayNot } from '../session.ts';

const clock = (seconds: number): string =>
  `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`;

export function BypassNotices() {
  return (
    <>
      {(state.value?.bypasses ?? []).map(({ key, reason, leftS }) => (
        <p key={key} class="notice alarm" role="alert" data-testid={`bypass-${key}`}>
          <b>BYPASSED</b> <code>{key}</code> does nothing for another <b class="num">{clock(leftS)}</b> min:{' '}
          {reason}{' '}
          <button
            type="button"
            disabled={whyMayNot('unbypass') !== null}
            title={whyMayNot('unbypass') ?? 'The interlock acts again at once'}
            onClick={() => askUnbypass(key)}
          >
            End it now
          </button>
        </p>
      ))}
    </>
  );
}
