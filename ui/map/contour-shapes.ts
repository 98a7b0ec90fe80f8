/** Contour lines with their levels written on them, where there is room. */
import type { ScaleLinear } from 'd3-scale';
import type { Palette } from '../chart/palette.ts';
import type { Shape } from '../figure/shapes.ts';
import { short } from '../lab/field-text.ts';
import type { MapLine } from '../worker/messages.ts';

type Linear = ScaleLinear<number, number>;

/** px: a shorter line has no label, and labels keep this far from each other. */
const LEAST_LENGTH = 50;
const LEAST_GAP = 34;
const SIZE = 11;
/** Half the width of a label, px. */
const LABEL_PX = 16;

export function contourShapes(lines: readonly MapLine[], x: Linear, y: Linear, palette: Palette): Shape[] {
  const strokes = lines.map(({ points }) => points.flatMap(([atX, atY]) => [x(atX), y(atY)]));
  const placed: (readonly [number, number])[] = [];
  const labels = lines.flatMap(({ level }, i): Shape[] => {
    const middle = middleOf(strokes[i]);
    if (
      middle === null ||
      isAtRim(middle[0], x) ||
      placed.some(([px, py]) => Math.hypot(px - middle[0], py - middle[1]) < LEAST_GAP)
    )
      return [];
    placed.push(middle);
    const [left, base] = [middle[0], middle[1] + 4];
    return [
      {
        kind: 'words',
        x: left,
        y: base,
        words: short(level),
        colour: palette.ink,
        size: SIZE,
        isBold: true,
        anchor: 'middle',
        halo: palette.ground,
      },
    ];
  });
  return [
    { kind: 'line', strokes, colour: palette.ground, width: 3.4, alpha: 0.55 },
    { kind: 'line', strokes, colour: palette.ink, width: 1.3 },
    ...labels,
  ];
}

/** Half of a label would hang out. */
function isAtRim(at: number, x: Linear): boolean {
  const [left, right] = x.range();
  return at < left + LABEL_PX || at > right - LABEL_PX;
}

/** Half way along a stroke; null where it is too short to carry a label. */
function middleOf(stroke: readonly number[]): readonly [number, number] | null {
  const pieces = Array.from({ length: stroke.length / 2 - 1 }, (_, i) =>
    Math.hypot(stroke[2 * i + 2] - stroke[2 * i], stroke[2 * i + 3] - stroke[2 * i + 1]),
  );
  const length = pieces.reduce((sum, piece) => sum + piece, 0);
  if (length < LEAST_LENGTH) return null;
  let gone = 0;
  const at = pieces.findIndex((piece) => (gone += piece) >= length / 2);
  return [stroke[2 * at], stroke[2 * at + 1]];
}
