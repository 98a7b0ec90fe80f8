/**
 * Pointer, first and second cursor, and what lies between the two: elements over the canvas, moved without drawing the
 * curves again.
 */
import type { View } from '../store/decimate.ts';
import { cursors, hover } from './time-window.ts';

const MARKS = ['between', 'pointer', 'first', 'second'] as const;
type Mark = (typeof MARKS)[number];

export class CursorLines {
  readonly #parts = {} as Record<Mark, HTMLElement>;
  readonly #shown: Record<Mark, string> = { between: '', pointer: '', first: '', second: '' };

  constructor(over: HTMLElement) {
    for (const mark of MARKS) {
      const part = document.createElement('div');
      part.className = `chart-cursor ${mark}`;
      part.hidden = true;
      this.#parts[mark] = part;
      over.append(part);
    }
  }

  paint(view: View): void {
    const spanS = view.toS - view.fromS;
    const shareOf = (timeS: number | null): number =>
      timeS === null ? Number.NaN : (timeS - view.fromS) / spanS;
    const first = shareOf(cursors.first.peek());
    const second = shareOf(cursors.second.peek());
    this.#place('pointer', hover.peek() ?? Number.NaN, 0);
    this.#place('first', first, 0);
    this.#place('second', second, 0);
    const from = Math.max(0, Math.min(first, second));
    this.#place('between', from, Math.min(1, Math.max(first, second)) - from);
  }

  #place(mark: Mark, share: number, width: number): void {
    const isSeen = share >= 0 && share <= 1 && width >= 0;
    const key = isSeen ? `${share} ${width}` : '';
    if (key === this.#shown[mark]) return;
    this.#shown[mark] = key;
    const part = this.#parts[mark];
    part.hidden = !isSeen;
    part.style.left = `${100 * share}%`;
    if (mark === 'between') part.style.width = `${100 * width}%`;
  }
}
