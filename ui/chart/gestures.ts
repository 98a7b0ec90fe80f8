/**
 * What pointers and wheel do on a chart. Drag moves, Shift and drag draws a box to zoom into, a click pins a cursor, two
 * fingers pinch. The wheel zooms a chart that was clicked; elsewhere it needs Ctrl, as a pinch on a trackpad sends it: a
 * wheel that zoomed whatever lies under it would end every scroll through the page. Shift and wheel moves.
 */
import type { Signal } from '@preact/signals';
import type { Stretch } from './time-axis.ts';

/** An axis that charts have in common, and what a person may do to it; places in its own unit, shares of what is shown. */
export interface AxisHandle {
  /** Place of the pointer, as a share of what is shown from its left edge; null while it is nowhere. */
  readonly hover: Signal<number | null>;
  readonly cursors: { readonly first: Signal<number | null>; readonly second: Signal<number | null> };
  /** Null before there is anything. */
  shown(): Stretch | null;
  pan(shares: number): void;
  zoom(factor: number, share?: number): void;
  box(one: number, other: number): void;
  pin(place: number): void;
}

/** A pointer that moved less is a click, in px. */
const CLICK_PX = 4;
/** Zoom a pixel of wheel; a pinch on a trackpad comes in much smaller steps. */
const WHEEL = { turn: 0.0016, pinch: 0.01 };

const clamp = (share: number): number => Math.min(1, Math.max(0, share));

/** `over` covers the plotting area; `host` takes the keyboard when it is clicked. */
export const listenToGestures = (over: HTMLElement, host: HTMLElement, axis: AxisHandle): void =>
  new Gestures(over, host, axis).listen();

class Gestures {
  readonly #over: HTMLElement;
  readonly #host: HTMLElement;
  readonly #axis: AxisHandle;
  readonly #box = document.createElement('div');
  readonly #pointers = new Map<number, { x: number; startX: number }>();
  #isDragging = false;
  #isBox = false;
  #wasPinch = false;

  constructor(over: HTMLElement, host: HTMLElement, axis: AxisHandle) {
    this.#over = over;
    this.#host = host;
    this.#axis = axis;
    this.#box.className = 'chart-box';
    this.#box.hidden = true;
    over.append(this.#box);
  }

  listen(): void {
    const over = this.#over;
    over.addEventListener('pointerdown', (event) => this.#down(event));
    over.addEventListener('pointermove', (event) => this.#move(event));
    over.addEventListener('pointerup', (event) => this.#up(event));
    over.addEventListener('pointercancel', (event) => this.#forget(event));
    over.addEventListener('pointerleave', () => {
      this.#axis.hover.value = null;
    });
    over.addEventListener('wheel', (event) => this.#wheel(event), { passive: false });
  }

  #share(clientX: number): number {
    const { left, width } = this.#over.getBoundingClientRect();
    return clamp((clientX - left) / width);
  }

  #timeAt(clientX: number): number | null {
    const now = this.#axis.shown();
    return now === null ? null : now.fromS + this.#share(clientX) * (now.toS - now.fromS);
  }

  #down(event: PointerEvent): void {
    if (event.button !== 0) return;
    this.#host.focus({ preventScroll: true });
    this.#over.setPointerCapture(event.pointerId);
    this.#pointers.set(event.pointerId, { x: event.clientX, startX: event.clientX });
    this.#isBox = event.shiftKey;
    this.#isDragging = false;
    if (this.#pointers.size > 1) this.#wasPinch = true;
    event.preventDefault();
  }

  #move(event: PointerEvent): void {
    const pointer = this.#pointers.get(event.pointerId);
    this.#axis.hover.value = this.#pointers.size > 1 ? null : this.#share(event.clientX);
    if (pointer === undefined) return;
    if (this.#pointers.size === 2) this.#pinch(event, pointer);
    else if (Math.abs(event.clientX - pointer.startX) > CLICK_PX || this.#isDragging)
      this.#drag(event, pointer);
    pointer.x = event.clientX;
  }

  #pinch(event: PointerEvent, pointer: { x: number }): void {
    const [other] = [...this.#pointers].filter(([id]) => id !== event.pointerId);
    if (other === undefined) return;
    const before = Math.abs(pointer.x - other[1].x);
    const after = Math.abs(event.clientX - other[1].x);
    if (before > 8 && after > 8)
      this.#axis.zoom(before / after, this.#share((event.clientX + other[1].x) / 2));
  }

  #drag(event: PointerEvent, pointer: { x: number; startX: number }): void {
    this.#isDragging = true;
    const { left, width } = this.#over.getBoundingClientRect();
    if (!this.#isBox) {
      this.#axis.pan((pointer.x - event.clientX) / width);
      return;
    }
    const [from, to] = [pointer.startX, event.clientX]
      .map((x) => clamp((x - left) / width))
      .toSorted((a, b) => a - b);
    this.#box.hidden = false;
    this.#box.style.left = `${100 * from}%`;
    this.#box.style.width = `${100 * (to - from)}%`;
  }

  #up(event: PointerEvent): void {
    const pointer = this.#pointers.get(event.pointerId);
    const [from, to] = [this.#timeAt(pointer?.startX ?? 0), this.#timeAt(event.clientX)];
    if (pointer !== undefined && from !== null && to !== null && !this.#wasPinch) {
      if (!this.#isDragging) this.#axis.pin(to);
      else if (this.#isBox) this.#axis.box(from, to);
    }
    this.#forget(event);
  }

  #forget(event: PointerEvent): void {
    this.#pointers.delete(event.pointerId);
    this.#box.hidden = true;
    if (this.#pointers.size === 0) {
      this.#isDragging = false;
      this.#wasPinch = false;
    }
  }

  #wheel(event: WheelEvent): void {
    const isPinch = event.ctrlKey || event.metaKey;
    const { width } = this.#over.getBoundingClientRect();
    if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
      event.preventDefault();
      this.#axis.pan((event.deltaX === 0 ? event.deltaY : event.deltaX) / width);
    } else if (isPinch || this.#host.contains(document.activeElement)) {
      event.preventDefault();
      const step = isPinch && Math.abs(event.deltaY) < 30 ? WHEEL.pinch : WHEEL.turn;
      this.#axis.zoom(Math.exp(step * event.deltaY), this.#share(event.clientX));
    }
  }
}
