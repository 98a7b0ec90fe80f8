/** Writes a note to a place on the time axis. Every page sees it, and the record keeps it. */
import { signal } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { LONGEST_NOTE } from '../../controller/wire/mark.ts';
import { readS } from '../chart/time-window.ts';
import { t } from '../language.ts';
import { Said } from '../language/said-words.tsx';
import { askMark, lastAsk, telemetry, whyMayNot } from '../session.ts';
import { clockText } from '../store/clock-text.ts';

/** Device time that is to be marked; null while nothing is. */
const markedS = signal<number | null>(null);

/** At the pointer or the first cursor, else now. */
export function openMark(): void {
  const atS = readS() ?? telemetry.clock.lastS;
  if (!Number.isNaN(atS)) markedS.value = Math.max(0, atS);
}

export function MarkButton() {
  const refusal = whyMayNot('mark');
  return (
    <button
      type="button"
      class="quiet"
      data-testid="mark"
      disabled={refusal !== null}
      title={refusal ?? t('Mark an event at the cursor, or now (key M)')}
      onClick={openMark}
    >
      {t('Mark')}
    </button>
  );
}

/** Below the button until something else is asked: whether the mark was taken. */
export function MarkAnswer() {
  const ask = lastAsk.value;
  if (ask === null || ask.what !== 'Mark' || ask.outcome === 'accepted' || ask.outcome === 'sent')
    return null;
  return (
    <span class="ask alarm" role="alert" data-testid="mark-refused">
      <Said words={ask.sentence} />
    </span>
  );
}

function send(atS: number, note: string): void {
  if (note.trim() !== '') askMark(atS, note.trim());
  markedS.value = null;
}

export function MarkDialog() {
  const dialog = useRef<HTMLDialogElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const atS = markedS.value;
  // Open with the picture that shows it: what is typed at once is the note, and no key of the charts.
  useLayoutEffect(() => {
    if (atS !== null) dialog.current?.showModal();
  }, [atS]);
  if (atS === null) return null;
  const refusal = whyMayNot('mark');
  return (
    <dialog
      ref={dialog}
      class="sheet"
      aria-labelledby="mark-title"
      data-testid="mark-dialog"
      onClose={() => {
        markedS.value = null;
      }}
    >
      <form
        method="dialog"
        onSubmit={(event) => {
          event.preventDefault();
          send(atS, field.current?.value ?? '');
        }}
      >
        <header class="panel-head">
          <h2 id="mark-title">{t('Mark an event')}</h2>
          <span class="unit">{t("at {{time}} of the rig's clock", { time: clockText(atS, 2) })}</span>
        </header>
        <label class="mark-note">
          {t('What happened, at most {{most}} characters', { most: LONGEST_NOTE })}
          <input
            ref={field}
            type="text"
            maxLength={LONGEST_NOTE}
            required
            autocomplete="off"
            data-testid="mark-note"
          />
        </label>
        {refusal === null ? null : <p class="ask alarm">{refusal}</p>}
        <div class="sheet-buttons">
          <button type="submit" class="command may" disabled={refusal !== null} data-testid="mark-send">
            {t('Mark it')}
          </button>
          <button
            type="button"
            class="command"
            onClick={() => {
              markedS.value = null;
            }}
          >
            {t('Cancel')}
          </button>
        </div>
      </form>
    </dialog>
  );
}
