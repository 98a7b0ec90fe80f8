/**
 * Pointer, first and second cursor, and what lies between the two: elements over the canvas, moved without drawing the
 * curves again.
 */
import type { AxisHandle } from './gestures.ts';
import type { Stretch } from './time-axis.ts';

const MARKS = ['between', 'pointer', 'first', 'second'] as const;
type Mark = (typeof MARKS)[number];

export class CursorLines {
  readonly #parts = {} as Record<Mark, HTMLElement>;
  readonly #shown: Record<Mark, string> = { between: '', pointer: '', first: '', second: '' };

  readonly #axis: Pick<AxisHandle, 'hover' | 'cursors'>;

  constructor(over: HTMLElement, axis: Pick<AxisHandle, 'hover' | 'cursors'>) {
    this.#axis = axis;
    for (const mark of MARKS) {
      const part = document.createElement('div');
      part.className = `chart-cursor ${mark}`;
      part.hidden = true;
      this.#parts[mark] = part;
      over.append(part);
    }
  }

  paint(view: Stretch): void {
    const spanS = view.toS - view.fromS;
    const shareOf = (timeS: number | null): number =>
      timeS === null ? Number.NaN : (timeS - view.fromS) / spanS;
    const first = shareOf(this.#axis.cursors.first.peek());
    const second = shareOf(this.#axis.cursors.second.peek());
    this.#place('pointer', this.#axis.hover.peek() ?? Number.NaN, 0);
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
