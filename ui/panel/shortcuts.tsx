/** What the keys do. Open it with `?`. */
import { signal } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { t } from '../language.ts';

const isOpen = signal(false);
export const openShortcuts = (): void => {
  isOpen.value = true;
};

const KEY = 'elastocool.single-keys';
/** Keys without Ctrl or Alt can be put off: speech input and unsteady hands press them by accident (WCAG 2.1.4). */
export const singleKeys = signal(localStorage.getItem(KEY) !== 'off');

const rows = (): readonly (readonly [string, string])[] => [
  ['Esc', t('STOP: controlled unload, always, from anywhere')],
  ['Shift A', t('ABORT: enable off')],
  [t('Space'), t('charts: pause and follow again')],
  ['← →', t('charts: earlier, later')],
  ['+ −', t('charts: zoom in, zoom out')],
  ['Home End', t('charts: the oldest kept, back to live')],
  ['Z', t('charts: take the last zoom back')],
  ['C', t('pin a cursor at the pointer; the second measures; the third takes both away')],
  ['Shift ← →', t('move the cursor pinned last by a pixel')],
  ['M', t('mark an event at the pointer or cursor, or now')],
  ['?', t('these keys')],
];

const gestures = (): readonly (readonly [string, string])[] => [
  [t('drag'), t('move')],
  [t('Shift and drag'), t('zoom into the box')],
  [t('wheel'), t('zoom, on a chart that was clicked; elsewhere with Ctrl')],
  [t('Shift and wheel'), t('move')],
  [t('pinch'), t('zoom')],
  [t('click'), t('pin a cursor')],
];

function Table({
  title,
  list,
}: {
  readonly title: string;
  readonly list: readonly (readonly [string, string])[];
}) {
  return (
    <table class="keys">
      <caption>{title}</caption>
      <tbody>
        {list.map(([key, what]) => (
          <tr key={key}>
            <th scope="row">
              <kbd>{key}</kbd>
            </th>
            <td>{what}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function SingleKeys() {
  return (
    <label class="single-keys">
      <input
        type="checkbox"
        checked={singleKeys.value}
        onChange={(event) => {
          singleKeys.value = event.currentTarget.checked;
          localStorage.setItem(KEY, singleKeys.value ? 'on' : 'off');
        }}
      />
      {t('Keys of the charts are in use. Esc and Shift A always are.')}
    </label>
  );
}

export function Shortcuts() {
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    if (isOpen.value) dialog.current?.showModal();
  }, [isOpen.value]);
  if (!isOpen.value) return null;
  return (
    <dialog
      ref={dialog}
      class="sheet"
      aria-labelledby="keys-title"
      data-testid="shortcuts"
      onClose={() => {
        isOpen.value = false;
      }}
    >
      <form method="dialog">
        <header class="panel-head">
          <h2 id="keys-title">{t('Keys and gestures')}</h2>
          <button type="submit" class="quiet">
            {t('Close')}
          </button>
        </header>
        <Table title={t('Keys')} list={rows()} />
        <Table title={t('On a chart')} list={gestures()} />
        <SingleKeys />
      </form>
    </dialog>
  );
}
