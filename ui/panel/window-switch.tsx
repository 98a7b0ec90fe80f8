/** The bar of the time axis: how much, whether it follows, what the cursors say, and what can be done with what is seen. */
import {
  WINDOWS,
  back,
  clearCursors,
  cursors,
  goLive,
  isPaused,
  pause,
  readS,
  showSpan,
  stepsBack,
  windowS,
  zoom,
} from '../chart/time-window.ts';
import { t } from '../language.ts';
import { beat, telemetry } from '../session.ts';
import { clockText } from '../store/clock-text.ts';
import { fixed } from '../store/text.ts';
import { ExportButton } from './export-dialog.tsx';
import { MarkAnswer, MarkButton } from './mark-dialog.tsx';
import { openShortcuts } from './shortcuts.tsx';
import { UnitSwitch } from './unit-switch.tsx';

const SPAN_WORDS = (seconds: number, label: string): string => (Number.isFinite(seconds) ? label : t('all'));

function SpanSwitch() {
  return (
    <div class="segments" role="group" aria-label={t('Time shown in the charts')}>
      {WINDOWS.map(({ label, seconds }) => (
        <button
          key={label}
          type="button"
          aria-pressed={windowS.value === seconds}
          data-testid={`window-${label.replace(' ', '-')}`}
          onClick={() => showSpan(seconds)}
        >
          {SPAN_WORDS(seconds, label)}
        </button>
      ))}
    </div>
  );
}

function FollowSwitch() {
  return (
    <div class="segments" role="group" aria-label={t('Whether the charts follow')}>
      <button type="button" aria-pressed={!isPaused.value} data-testid="time-live" onClick={goLive}>
        {t('Live')}
      </button>
      <button type="button" aria-pressed={isPaused.value} data-testid="time-pause" onClick={pause}>
        {t('Paused')}
      </button>
    </div>
  );
}

function ZoomButtons() {
  return (
    <div class="tool-buttons" role="group" aria-label={t('Zoom of the time axis')}>
      <button type="button" title={t('Zoom in (key +)')} aria-label={t('Zoom in')} onClick={() => zoom(0.5)}>
        +
      </button>
      <button type="button" title={t('Zoom out (key −)')} aria-label={t('Zoom out')} onClick={() => zoom(2)}>
        −
      </button>
      <button
        type="button"
        title={t('Take the last zoom back (key Z)')}
        aria-label={t('Take the last zoom back')}
        data-testid="time-back"
        disabled={stepsBack.value === 0}
        onClick={back}
      >
        ↶
      </button>
    </div>
  );
}

function CursorNote() {
  const first = cursors.first.value;
  const second = cursors.second.value;
  if (first === null) return null;
  const difference = second === null ? null : second - first;
  return (
    <span class="unit cursor-note" data-testid="cursor-note">
      A <b class="num">{clockText(first, 3)}</b>
      {second === null || difference === null ? null : (
        <>
          {' '}
          B <b class="num">{clockText(second, 3)}</b> Δt <b class="num">{fixed(difference, 3)}</b> s, 1/Δt{' '}
          <b class="num">{fixed(1 / Math.abs(difference), 3)}</b> Hz
        </>
      )}
      <button type="button" class="quiet" aria-label={t('Take the cursors away')} onClick={clearCursors}>
        ×
      </button>
    </span>
  );
}

function ClockNote() {
  beat();
  const pointed = readS();
  const last = telemetry.clock.lastS;
  if (Number.isNaN(last)) return <span class="unit">{t('no reading yet')}</span>;
  return (
    <span class="unit">
      {t("rig's clock")}{' '}
      <b class="num" data-testid="clock">
        {clockText(last, 1)}
      </b>
      {pointed === null ? null : (
        <>
          {', '}
          {t('values at')} <b class="num">{clockText(pointed, 2)}</b>
        </>
      )}
    </span>
  );
}

export function WindowSwitch() {
  return (
    <div class={`window-switch ${isPaused.value ? 'paused' : ''}`}>
      <FollowSwitch />
      <SpanSwitch />
      <ZoomButtons />
      <UnitSwitch />
      <MarkButton />
      <ExportButton />
      <button type="button" class="quiet" title={t('Keys (key ?)')} onClick={openShortcuts}>
        {t('Keys')}
      </button>
      <ClockNote />
      <CursorNote />
      <MarkAnswer />
    </div>
  );
}
