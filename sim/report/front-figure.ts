/** Two objectives of a search against each other: all that meets the constraints, and the front of what is best. */
import { type XyFigure, xyFigure } from './xy-figure.ts';
import { MUTED, PALETTE } from './svg.ts';

export interface FrontFigure {
  readonly title: string;
  /** With the unit in its own place, '' where there is none. */
  readonly x: { readonly label: string; readonly unit: string };
  readonly y: { readonly label: string; readonly unit: string };
  /** What meets the constraints and is not on the front. */
  readonly others: readonly (readonly [x: number, y: number])[];
  readonly front: readonly (readonly [x: number, y: number])[];
  readonly note: string;
}

/** Throws RangeError where the front is empty. */
export function frontFigure({ title, x, y, others, front, note }: FrontFigure): string {
  const points = (label: string, of: FrontFigure['front'], color: string): XyFigure['series'][number] => ({
    kind: 'points',
    label,
    color,
    x: of.map(([first]) => first),
    y: of.map(([, second]) => second),
    ...(color === MUTED ? { shape: 'diamond' as const } : {}),
  });
  return xyFigure({
    title,
    x,
    y,
    series: [
      ...(others.length === 0 ? [] : [points('meets the constraints', others, MUTED)]),
      points('on the front', front, PALETTE[0]),
    ],
    note,
  });
}
