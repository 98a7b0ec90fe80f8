/** Takes what is seen out of the page: the window shown, of one chart or of all in the view. */
import { signal } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { t } from '../language.ts';
import { chartsShown, FORMATS, type Format, save } from '../figure/save.ts';

interface Saved {
  readonly ok: boolean;
  readonly sentence: string;
}

const isOpen = signal(false);
/** Title of the chart that is wanted; the empty string for all. */
const wanted = signal('');
const outcome = signal<Saved | null>(null);

const WHAT: Record<Format, () => string> = {
  csv: () => t('every sample, a column a channel'),
  parquet: () => t('the same, with units and circumstances in the file'),
  png: () => t('a picture'),
  svg: () => t('a picture of lines, to be set in any size'),
};

export function ExportButton() {
  return (
    <button
      type="button"
      class="quiet"
      data-testid="export"
      onClick={() => {
        outcome.value = null;
        isOpen.value = true;
      }}
    >
      {t('Export')}
    </button>
  );
}

async function take(format: Format): Promise<void> {
  try {
    outcome.value = await save(format, wanted.peek());
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    outcome.value = { ok: false, sentence: t('Nothing was saved: {{why}}', { why }) };
  }
}

function Choice() {
  const titles = chartsShown().map(({ title }) => title);
  return (
    <label class="mark-note">
      {t('Charts')}
      <select
        value={titles.includes(wanted.value) ? wanted.value : ''}
        data-testid="export-what"
        onChange={(event) => {
          wanted.value = event.currentTarget.value;
        }}
      >
        <option value="">{t('all of this view')}</option>
        {titles.map((title) => (
          <option key={title} value={title}>
            {title}
          </option>
        ))}
      </select>
    </label>
  );
}

export function ExportDialog() {
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    if (isOpen.value) dialog.current?.showModal();
  }, [isOpen.value]);
  if (!isOpen.value) return null;
  return (
    <dialog
      ref={dialog}
      class="sheet"
      aria-labelledby="export-title"
      data-testid="export-dialog"
      onClose={() => {
        isOpen.value = false;
      }}
    >
      <form method="dialog">
        <header class="panel-head">
          <h2 id="export-title">{t('Export the window that is shown')}</h2>
          <button type="submit" class="quiet">
            {t('Close')}
          </button>
        </header>
        <Choice />
        <ul class="export-formats">
          {FORMATS.map((format) => (
            <li key={format}>
              <button
                type="button"
                class="command may"
                data-testid={`export-${format}`}
                onClick={() => void take(format)}
              >
                {format.toUpperCase()}
              </button>
              <span>{WHAT[format]()}</span>
            </li>
          ))}
        </ul>
        <p
          class={`ask ${outcome.value?.ok === false ? 'alarm' : ''}`}
          role="status"
          data-testid="export-outcome"
        >
          {outcome.value?.sentence ?? ''}
        </p>
      </form>
    </dialog>
  );
}
