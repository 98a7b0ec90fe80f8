/** The keys of the charts, from anywhere on the page, except where the keyboard is wanted for something else. */
import {
  cursors,
  goLive,
  goOldest,
  pan,
  pin,
  back,
  readS,
  shown,
  togglePause,
  zoom,
} from '../chart/time-window.ts';
import { openMark } from './mark-dialog.tsx';
import { openShortcuts, singleKeys } from './shortcuts.tsx';

/** Shares of the window a key press moves. */
const STEP = 0.1;
/** The width of a picture, near enough, in steps of a cursor. */
const CURSOR_STEPS = 1000;

/** Widgets that have a meaning of their own for letters, arrows, Home and End. */
const WIDGETS =
  'input:not([type=checkbox]), textarea, select, dialog, [contenteditable], [role=combobox], [role=listbox], [role=menu], ' +
  '[role=tablist], [role=slider], [role=radiogroup]';
/** What Space presses. */
const PRESSED = 'button, summary, a, input, [role=button], [role=tab]';

const within = (target: EventTarget | null, what: string): boolean =>
  target instanceof Element && target.closest(what) !== null;

function moveCursor(steps: number): void {
  const now = shown();
  const last = cursors.second.peek() === null ? cursors.first : cursors.second;
  if (now === null || last.peek() === null) return;
  last.value = (last.peek() ?? 0) + (steps * (now.toS - now.fromS)) / CURSOR_STEPS;
}

/** Where nothing is pointed at and nothing pinned: the middle. */
function pinCursor(): void {
  const now = shown();
  if (now === null) return;
  const isOne = cursors.first.peek() !== null;
  pin((isOne ? null : readS()) ?? now.fromS + (isOne ? 0.75 : 0.5) * (now.toS - now.fromS));
}

const KEYS: Readonly<Record<string, () => void>> = {
  ' ': togglePause,
  ArrowLeft: () => pan(-STEP),
  ArrowRight: () => pan(STEP),
  'Shift ArrowLeft': () => moveCursor(-1),
  'Shift ArrowRight': () => moveCursor(1),
  '+': () => zoom(0.5),
  '=': () => zoom(0.5),
  '-': () => zoom(2),
  Home: goOldest,
  End: goLive,
  z: back,
  c: pinCursor,
  m: openMark,
  '?': openShortcuts,
};

/** Name of a key that is for the charts, undefined where the keyboard is wanted for something else. */
export function chartKey(event: KeyboardEvent): string | undefined {
  if (event.ctrlKey || event.altKey || event.metaKey || !singleKeys.peek()) return undefined;
  if (within(event.target, WIDGETS) || document.querySelector('dialog[open]') !== null) return undefined;
  if (event.key === ' ' && within(event.target, PRESSED)) return undefined;
  const name = event.shiftKey && event.key.startsWith('Arrow') ? `Shift ${event.key}` : event.key;
  return name.length === 1 ? name.toLowerCase() : name;
}

export function listenToChartKeys(): void {
  addEventListener('keydown', (event) => {
    if (event.defaultPrevented) return;
    const action = KEYS[chartKey(event) ?? ''];
    if (action === undefined) return;
    event.preventDefault();
    action();
  });
}
