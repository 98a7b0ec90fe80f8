/** That time jumped, and what it means for what is shown; until it is noted. */
import { t } from '../language.ts';
import { span, timeOfDay } from '../time-words.ts';
import type { Jump, JumpKind } from '../store/time-jump.ts';
import { timeJump } from '../time-watch.ts';

const RENEWED =
  'The connection was made anew: what the controller still holds of the time between is shown, the rest is a gap.';

const WORDS: Record<JumpKind, (fill: { readonly time: string; readonly at: string }) => string> = {
  asleep: (fill) => `${t('This page slept for {{time}}, until {{at}}.', fill)} ${t(RENEWED)}`,
  ahead: (fill) =>
    `${t("This computer's clock jumped {{time}} ahead at {{at}}: it slept, or the clock was set.", fill)} ${t(RENEWED)}`,
  back: (fill) =>
    t(
      "This computer's clock was set {{time}} back at {{at}}. Charts go by the clock of the rig and are not touched; times of day before and after do not compare.",
      fill,
    ),
};

function words({ kind, byMs, atMs }: Jump): string {
  const at = timeOfDay(atMs);
  return WORDS[kind]({ time: span(byMs), at });
}

export function TimeNotice() {
  const jump = timeJump.value;
  if (jump === null) return null;
  return (
    <p class="notice info" role="status" data-testid="time-jump">
      {words(jump)}{' '}
      <button type="button" onClick={() => (timeJump.value = null)}>
        {t('Noted')}
      </button>
    </p>
  );
}
