/** What a chart over time shows, as shapes: the same curves, axes, hatching, marks and cursors. */
import type { AxisValue } from '../chart/canvas-path.ts';
import { LANE_PX } from '../chart/lane.ts';
import type { Palette } from '../chart/palette.ts';
import { type Mark, placedWords } from '../chart/placed-words.ts';
import type { Drawn } from '../chart/time-chart.ts';
import type { ValueRange } from '../chart/value-range.ts';
import type { Polyline } from '../store/polyline.ts';
import type { Box, Shape } from './shapes.ts';

/** All that a figure of a chart depends on. */
export interface ChartPicture {
  readonly drawn: Drawn;
  readonly palette: Palette;
  /** Stretches in which nothing was heard, s. */
  readonly silences: readonly (readonly [fromS: number, toS: number])[];
  readonly marks: readonly Mark[];
  /** Device times of the cursors. */
  readonly cursors: readonly number[];
  /** Width of words of this size in px. */
  readonly widthOf: (words: string, size: number) => number;
}

const SIZE = { axis: 12, mark: 11 } as const;
const AXIS = { left: 52, right: 52, below: 24, unit: 16 } as const;
const HATCH_PX = 9;

interface Placing {
  readonly box: Box;
  readonly x: (timeS: number) => number;
  readonly y: (value: number, range: ValueRange) => number;
}

export const plotBox = (box: Box, hasRight: boolean): Box => ({
  x: box.x + AXIS.left,
  y: box.y + AXIS.unit,
  width: box.width - AXIS.left - (hasRight ? AXIS.right : 10),
  height: box.height - AXIS.unit - AXIS.below,
});

export function chartShapes(picture: ChartPicture, box: Box, hasRight: boolean): Shape[] {
  const to = placing(picture.drawn, plotBox(box, hasRight));
  return [
    ...axes(picture, to, box),
    {
      kind: 'window',
      box: to.box,
      shapes: [...bands(picture, to), ...curves(picture, to), ...over(picture, to)],
    },
  ];
}

function placing({ view }: Drawn, box: Box): Placing {
  const perS = box.width / (view.toS - view.fromS);
  return {
    box,
    x: (timeS) => box.x + (timeS - view.fromS) * perS,
    y: (shown, { range }) => box.y + box.height * (1 - (shown - range.low) / (range.high - range.low)),
  };
}

const rule = (strokes: number[][], colour: string, width = 1): Shape => ({
  kind: 'line',
  strokes,
  colour,
  width,
});

function axes({ drawn, palette }: ChartPicture, to: Placing, outer: Box): Shape[] {
  const { x, y, width, height } = to.box;
  const { ticks, left, right } = drawn;
  const grid: number[][] = [];
  const words: Shape[] = [];
  const say = (text: string, atX: number, atY: number, anchor: 'start' | 'middle' | 'end'): void => {
    words.push({
      kind: 'words',
      x: atX,
      y: atY,
      words: text,
      colour: palette.muted,
      size: SIZE.axis,
      anchor,
    });
  };
  ticks.x?.at.forEach((timeS, i) => {
    grid.push([to.x(timeS), y, to.x(timeS), y + height]);
    say(ticks.x.text[i], to.x(timeS), y + height + 16, 'middle');
  });
  ticks.y?.at.forEach((value, i) => {
    const at = to.y(value, left);
    grid.push([x, at, x + width, at]);
    say(ticks.y.text[i], x - 6, at + 4, 'end');
  });
  if (right !== null)
    ticks.y2?.at.forEach((value, i) => say(ticks.y2.text[i], x + width + 6, to.y(value, right) + 4, 'start'));
  say(left.conversion.unit, outer.x, outer.y + 10, 'start');
  if (right !== null) say(right.conversion.unit, outer.x + outer.width, outer.y + 10, 'end');
  return [rule(grid, palette.grid), ...words];
}

function bands({ drawn, palette }: ChartPicture, to: Placing): Shape[] {
  return drawn.spec.bands.map((spec, k): Shape => {
    const band = drawn.bands[k];
    const { scale, offset } = drawn.left.conversion;
    const boxes: number[] = [];
    for (let i = 0; i < band.length; i++) {
      const top = to.y(scale * band.high[i] + offset, drawn.left);
      const bottom = to.y(scale * band.low[i] + offset, drawn.left);
      boxes.push(to.x(band.x0[i]), top, to.x(band.x1[i]) - to.x(band.x0[i]), bottom - top);
    }
    return { kind: 'boxes', boxes, colour: spec.colour(palette), alpha: spec.alpha(drawn.view) };
  });
}

function curves({ drawn, palette }: ChartPicture, to: Placing): Shape[] {
  return drawn.spec.lines.map((spec, i): Shape => {
    const range = (spec.isRight ? drawn.right : null) ?? drawn.left;
    return {
      kind: 'line',
      strokes: strokesOf(
        drawn.lines[i],
        range.conversion,
        (timeS) => to.x(timeS),
        (shown) => to.y(shown, range),
      ),
      colour: spec.colour(palette),
      width: spec.width,
      ...(spec.dash === undefined ? {} : { dash: spec.dash }),
      alpha: spec.alpha?.() ?? 1,
    };
  });
}

/** A NaN ends a stroke; a lone point is given the width of a pen. */
export function strokesOf(
  line: Pick<Polyline, 'x' | 'y' | 'length'>,
  { scale, offset }: AxisValue,
  x: (timeS: number) => number,
  y: (shown: number) => number,
): number[][] {
  const strokes: number[][] = [];
  let stroke: number[] = [];
  const end = (): void => {
    if (stroke.length === 2) stroke.push(stroke[0] + 1, stroke[1]);
    if (stroke.length > 0) strokes.push(stroke);
    stroke = [];
  };
  for (let i = 0; i < line.length; i++) {
    if (Number.isNaN(line.y[i])) end();
    else stroke.push(x(line.x[i]), y(scale * line.y[i] + offset));
  }
  end();
  return strokes;
}

/** What lies over the curves: lane, silence, marks, cursors. */
function over(picture: ChartPicture, to: Placing): Shape[] {
  return [...lane(picture, to), ...silences(picture, to), ...marks(picture, to), ...cursorRules(picture, to)];
}

function lane({ drawn, palette }: ChartPicture, to: Placing): Shape[] {
  const { lane: spec } = drawn.spec;
  if (spec === undefined) return [];
  const { x, y, width, height } = to.box;
  const boxes: number[] = [];
  spec.forEachIn(drawn.view, (fromS, toS) => {
    boxes.push(to.x(fromS), y + height - LANE_PX, Math.max(1, to.x(toS) - to.x(fromS) - 1), LANE_PX);
  });
  return [
    { kind: 'boxes', boxes: [x, y + height - LANE_PX, width, LANE_PX], colour: palette.grid },
    { kind: 'boxes', boxes, colour: spec.colour(palette) },
  ];
}

function silences({ silences: list, palette }: ChartPicture, to: Placing): Shape[] {
  const { y, height } = to.box;
  return list.map(([fromS, toS]): Shape => {
    const left = Math.max(to.box.x, to.x(fromS));
    const width = Math.max(1, Math.min(to.box.x + to.box.width, to.x(toS)) - left);
    const strokes: number[][] = [];
    for (let x = left - height; x < left + width; x += HATCH_PX) strokes.push([x, y + height, x + height, y]);
    const ground: Shape = {
      kind: 'boxes',
      boxes: [left, y, width, height],
      colour: palette.hatch,
      alpha: 0.12,
    };
    const lines: Shape = { kind: 'line', strokes, colour: palette.hatch, width: 1, alpha: 0.45 };
    return { kind: 'window', box: { x: left, y, width, height }, shapes: [ground, lines] };
  });
}

function marks({ marks: list, palette, widthOf }: ChartPicture, to: Placing): Shape[] {
  const { y, height } = to.box;
  const placed = placedWords(
    list,
    (timeS) => to.x(timeS),
    (words) => widthOf(words, SIZE.mark) + 10,
  );
  return placed.flatMap(({ x, words }): Shape[] => [
    rule([[x, y, x, y + height]], palette.mark),
    {
      kind: 'words',
      x: x + 6,
      y: y + 12,
      words,
      colour: palette.mark,
      size: SIZE.mark,
      halo: palette.ground,
    },
  ]);
}

function cursorRules({ cursors, palette }: ChartPicture, to: Placing): Shape[] {
  const { y, height } = to.box;
  return cursors.flatMap((timeS, i): Shape[] => [
    rule([[to.x(timeS), y, to.x(timeS), y + height]], palette.coldIn, 1.5),
    {
      kind: 'words',
      x: to.x(timeS) + 4,
      y: y + height - 8,
      words: i === 0 ? 'A' : 'B',
      colour: palette.coldIn,
      size: SIZE.mark,
      isBold: true,
      halo: palette.ground,
    },
  ]);
}
