/** How a map marks what has no value: by lines on the ground, which no colour can be taken for. */
import type { Palette } from '../chart/palette.ts';
import type { Shape } from '../figure/shapes.ts';

export type Gap = 'outside' | 'absent';

/** px between lines: diagonals where the model was not trained, level lines where there is nothing to tell. */
const GAP_PX: Readonly<Record<Gap, number>> = { outside: 8, absent: 6 };
const SWATCH = { width: 22, height: 12 } as const;

/** `boxes`: x, y, width, height, x, … The lines go on from one box to the next. */
export function patternShapes(kind: Gap, boxes: readonly number[], palette: Palette): Shape[] {
  if (boxes.length === 0) return [];
  const strokes: number[][] = [];
  for (let i = 0; i < boxes.length; i += 4) {
    const [x, y, width, height] = boxes.slice(i, i + 4);
    strokes.push(...(kind === 'outside' ? diagonals(x, y, width, height) : levels(x, y, width, height)));
  }
  return [{ kind: 'line', strokes, colour: palette.muted, width: 1, alpha: 0.75 }];
}

function diagonals(x: number, y: number, width: number, height: number): number[][] {
  const step = GAP_PX.outside;
  const strokes: number[][] = [];
  for (let sum = Math.ceil((x + y) / step) * step; sum < x + y + width + height; sum += step) {
    const from = Math.max(x, sum - y - height);
    const to = Math.min(x + width, sum - y);
    strokes.push([from, sum - from, to, sum - to]);
  }
  return strokes;
}

function levels(x: number, y: number, width: number, height: number): number[][] {
  const step = GAP_PX.absent;
  const strokes: number[][] = [];
  for (let at = Math.ceil(y / step) * step; at < y + height; at += step)
    strokes.push([x, at + 0.5, x + width, at + 0.5]);
  return strokes;
}

export function legendShapes(kind: Gap, words: string, x: number, y: number, palette: Palette): Shape[] {
  const { width, height } = SWATCH;
  return [
    ...patternShapes(kind, [x, y, width, height], palette),
    {
      kind: 'line',
      strokes: [[x, y, x + width, y, x + width, y + height, x, y + height, x, y]],
      colour: palette.muted,
      width: 1,
    },
    { kind: 'words', x: x + width + 8, y: y + 10, words, colour: palette.ink, size: 12 },
  ];
}
