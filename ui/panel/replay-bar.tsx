/** Says that what is shown is a record and no machine, and lets it be played: pause, pace, place. */
import { useSignal } from '@preact/signals';
import { askReplay, askReplayPlace, askReplaySpeed, replay } from '../session.ts';
import { clockText } from '../store/clock-text.ts';
import { dateAndTime } from '../time-words.ts';
import { t } from '../language.ts';

const SPEEDS = [0.1, 0.5, 1, 2, 5, 10, 50, 100];

export function ReplayBar() {
  /** Where the slider is held; null while it follows the record. */
  const held = useSignal<number | null>(null);
  const now = replay.value;
  if (now === null) return null;
  const at = held.value ?? now.at_s;
  const seek = (seconds: number): void => {
    held.value = null;
    askReplayPlace(Math.min(now.duration_s, Math.max(0, seconds)));
  };
  return (
    <section class="replay" aria-label={t('Replay')} data-testid="replay">
      <p class="replay-what">
        <b>{t('REPLAY')}</b> {t('of')} <span class="num">{now.run}</span>
        {t(', recorded')} <time dateTime={now.started}>{dateAndTime(now.started)}</time>
        {t('. No machine is at the other end: STOP on this page reaches nothing.')}
      </p>
      <button
        type="button"
        data-testid="replay-play"
        onClick={() => askReplay(now.isPaused ? 'play' : 'pause')}
      >
        {now.isPaused ? t('Play') : t('Pause')}
      </button>
      <button type="button" title={t('10 seconds back')} onClick={() => seek(now.at_s - 10)}>
        −10 s
      </button>
      <button type="button" title={t('10 seconds on')} onClick={() => seek(now.at_s + 10)}>
        +10 s
      </button>
      <input
        type="range"
        aria-label={t('Place in the record')}
        aria-valuetext={clockText(at)}
        data-testid="replay-place"
        min={0}
        max={now.duration_s}
        step={0.1}
        value={at}
        onInput={(event) => (held.value = event.currentTarget.valueAsNumber)}
        // Beside Zag, which brings preact/compat, `onChange` of an input would be `onInput`.
        onChangeCapture={(event) => seek(event.currentTarget.valueAsNumber)}
      />
      <span class="num" data-testid="replay-at">
        {clockText(at)} / {clockText(now.duration_s)}
      </span>
      <label>
        {t('pace')}{' '}
        <select
          data-testid="replay-speed"
          value={String(now.speed)}
          onChange={(event) => askReplaySpeed(Number(event.currentTarget.value))}
        >
          {[...new Set([...SPEEDS, now.speed])]
            .toSorted((a, b) => a - b)
            .map((speed) => (
              <option key={speed} value={String(speed)}>
                {speed}×
              </option>
            ))}
        </select>
      </label>
    </section>
  );
}
