/** A picture as a value: lines, boxes and words in px. One picture, drawn as SVG or on a canvas, looks the same. */
export type Shape =
  | {
      readonly kind: 'line';
      /** Strokes of x0, y0, x1, y1, … */
      readonly strokes: readonly (readonly number[])[];
      readonly colour: string;
      readonly width: number;
      readonly dash?: readonly number[];
      /** 0 to 1. */
      readonly alpha?: number;
    }
  | {
      readonly kind: 'boxes';
      /** x, y, width, height, x, … */
      readonly boxes: readonly number[];
      readonly colour: string;
      readonly alpha?: number;
    }
  | {
      readonly kind: 'words';
      readonly x: number;
      /** Base line. */
      readonly y: number;
      readonly words: string;
      readonly colour: string;
      readonly size: number;
      readonly isBold?: boolean;
      readonly anchor?: 'start' | 'middle' | 'end';
      /** Drawn round the letters, so that they are read over curves. */
      readonly halo?: string;
    }
  /** Shows of its shapes what lies within the box. */
  | { readonly kind: 'window'; readonly box: Box; readonly shapes: readonly Shape[] };

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Figure {
  readonly width: number;
  readonly height: number;
  readonly ground: string;
  readonly font: string;
  readonly title: string;
  readonly shapes: readonly Shape[];
}
